"""What of the log is sealed, for whoever seals it anew."""

from app.audit.models import AccessEntryRow
from app.vault.resealing import Sealed

SEALED = (
    Sealed(
        AccessEntryRow,
        lambda _session, holder: AccessEntryRow.citizen_id == holder,
        {"sealed": lambda row: ("log", row.seq)},
    ),
)
