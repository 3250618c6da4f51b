"""What of consents is sealed, for whoever seals it anew."""

from app.consent import ledger, questions, requests
from app.consent.models import ConsentEventRow, ConsentQuestionRow, ConsentRequestRow
from app.vault.resealing import Sealed

SEALED = (
    Sealed(
        ConsentEventRow,
        lambda _session, holder: ConsentEventRow.citizen_id == holder,
        {
            "sealed": lambda row: (ledger.NAMESPACE, row.seq),
            "receipt": lambda row: (f"{ledger.NAMESPACE} receipt", row.seq),
        },
    ),
    Sealed(
        ConsentRequestRow,
        lambda _session, holder: ConsentRequestRow.citizen_id == holder,
        {"sealed": lambda row: (requests.NAMESPACE, row.id)},
    ),
    Sealed(
        ConsentQuestionRow,
        lambda session, holder: ConsentQuestionRow.asker == questions.asker_of(session, holder),
        {"sealed": lambda row: (questions.NAMESPACE, row.id)},
    ),
)
