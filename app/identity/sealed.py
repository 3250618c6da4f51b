"""What of people, staff and devices is sealed, for whoever seals it anew."""

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from app.identity import case_systems, devices, number, staff
from app.identity.models import CaseSystem, CitizenNumber, DeviceRow, LoginSession
from app.vault.resealing import Sealed


def _case_system(_session: Session, holder: str) -> ColumnElement[bool] | None:
    is_one = holder.startswith(case_systems.PREFIX)
    return CaseSystem.id == holder.removeprefix(case_systems.PREFIX) if is_one else None


SEALED = (
    Sealed(
        CitizenNumber,
        lambda _session, holder: CitizenNumber.citizen_id == holder,
        {"sealed": lambda row: (number.NAMESPACE, row.blind.hex())},
    ),
    Sealed(
        DeviceRow,
        lambda _session, holder: DeviceRow.citizen_id == holder,
        {"sealed": lambda row: (devices.NAMESPACE, row.id)},
    ),
    Sealed(
        LoginSession,
        lambda _session, holder: LoginSession.staff_id == holder,
        {"sealed": lambda row: (staff.NAMESPACE, row.token_hash.hex())},
    ),
    Sealed(CaseSystem, _case_system, {"sealed": lambda row: (case_systems.NAMESPACE, row.id)}),
)
