"""What of the shelf is sealed, for whoever seals it anew."""

from app.records.models import Item
from app.vault.resealing import Sealed

SEALED = (
    Sealed(
        Item,
        lambda _session, holder: Item.citizen_id == holder,
        {"sealed": lambda row: ("item", row.collection, row.key, row.seq)},
    ),
)
