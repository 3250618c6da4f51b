"""What of delegation is sealed, for whoever seals it anew."""

from app.delegation import invitations
from app.delegation.models import InvitationRow
from app.vault.resealing import Sealed

SEALED = (
    Sealed(
        InvitationRow,
        lambda _session, holder: InvitationRow.citizen_id == holder,
        {"sealed": lambda row: (invitations.NAMESPACE, row.id)},
    ),
)
