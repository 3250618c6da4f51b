"""A login of staff from beginning to end: by a client of its own, into a session that leads to no citizen."""

from datetime import datetime

from sqlalchemy.exc import IntegrityError

from app import errors
from app.config import StaffSettings
from app.db.session import Database
from app.gateways.oidc import demands, flow, staff_claims
from app.gateways.oidc.provider import Provider
from app.gateways.oidc.steps import Callback, LoggedIn, Sent
from app.gateways.oidc.token import Identity
from app.identity import accounts, attempts
from app.identity import staff as staffs

DESK = "/sagsbehandler"


class StaffOidc:
    """Login at the staff's provider, into this database."""

    def __init__(self, database: Database, provider: Provider, settings: StaffSettings) -> None:
        self._database, self._provider, self._settings = database, provider, settings

    def start(self, *, held: str | None, now: datetime) -> Sent:
        """Record an attempt and say where it goes on. Raises LoginFailed ``unreachable``; then nothing is kept."""
        attempt = attempts.new(DESK, fresh=False, held=held, now=now, door="staff")
        address = self._provider.address_for(attempt, fresh=False, now=now)
        with self._database.transaction() as session:
            attempts.record(session, attempt)
        return Sent(address, attempt.cookie)

    def finish(self, callback: Callback, held: str | None, now: datetime) -> LoggedIn:
        """Take the attempt, redeem the code, begin a session of staff; one that was held ends. Raises LoginFailed."""
        if not callback.cookie:
            raise errors.LoginFailed("expired", attempts.EXPIRED)
        with self._database.transaction() as session:
            attempt = attempts.take(session, callback.cookie, callback.state, now, "staff")
        flow.refuse_error(self._provider, callback, now)
        identity = self._provider.identify(callback.code, attempt, now)
        level = demands.demand_level(identity, self._provider.settings)
        authenticated_at = demands.demand_recent(identity, self._provider.settings, None, now)
        told = staff_claims.read(identity.claims, self._settings)
        self._settle(identity, now)
        with self._database.transaction() as session:
            flow.end_held(session, attempt, held)
            staff_id = staffs.id_of(session, identity.issuer, identity.subject)
            acting = told.as_staff(staff_id, level, (identity.name or "")[: flow.LONGEST_NAME])
            token = staffs.begin(session, acting, "oidc", authenticated_at, now)
        return LoggedIn(token, attempt.return_to)

    def _settle(self, identity: Identity, now: datetime) -> None:
        try:
            with self._database.transaction() as session:
                accounts.settle_staff(session, identity.issuer, identity.subject, now)
        except errors.NotAllowed as error:
            raise errors.LoginFailed("refused", error.detail) from error
        except IntegrityError:
            # The same person logged in for the first time at two browsers at once; by now they are known.
            with self._database.transaction() as session:
                accounts.settle_staff(session, identity.issuer, identity.subject, now)
