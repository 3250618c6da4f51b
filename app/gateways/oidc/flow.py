"""A login from beginning to end. No transaction is open while the provider is waited for."""

import hmac
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app import errors
from app.access import service as access
from app.db.session import Database
from app.gateways.oidc import demands
from app.gateways.oidc.provider import Provider
from app.gateways.oidc.steps import Callback, LoggedIn, Sent
from app.gateways.oidc.token import REFUSED, Identity
from app.grant import Actor
from app.identity import accounts, attempts, logins, people
from app.identity.attempts import Attempt
from app.identity.person import Person
from app.records import service as records

LONGEST_NAME = 200


class OidcLogin:
    """Login at the citizens' provider, into this database."""

    def __init__(self, database: Database, provider: Provider) -> None:
        self._database, self._provider = database, provider

    def start(self, return_to: str, *, fresh: bool, held: str | None, now: datetime) -> Sent:
        """Record an attempt and say where it goes on.

        ``held`` is the session token that the browser has. Raises LoginFailed ``unreachable``; then nothing is kept.
        """
        attempt = attempts.new(return_to, fresh=fresh, held=held, now=now)
        address = self._provider.address_for(attempt, fresh=fresh, now=now)
        with self._database.transaction() as session:
            attempts.record(session, attempt)
        return Sent(address, attempt.cookie)

    def finish(self, callback: Callback, held: str | None, now: datetime) -> LoggedIn:
        """Take the attempt, redeem the code, settle the citizen and begin their session; one that was held ends.

        Raises LoginFailed. One that is about a known citizen is in their access log.
        """
        if not callback.cookie:
            raise errors.LoginFailed("expired", attempts.EXPIRED)
        with self._database.transaction() as session:
            attempt = attempts.take(session, callback.cookie, callback.state, now)
        refuse_error(self._provider, callback, now)
        identity = self._provider.identify(callback.code, attempt, now)
        try:
            demands.demand_level(identity, self._provider.settings)
            since = attempt.started_at if attempt.fresh else None
            authenticated_at = demands.demand_recent(identity, self._provider.settings, since, now)
            citizen_id = self._settle(identity, now)
        except errors.LoginFailed:
            self._record_refusal(identity, now)
            raise
        with self._database.transaction() as session:
            end_held(session, attempt, held)
            token = _begin(session, citizen_id, identity, authenticated_at, now)
        return LoggedIn(token, attempt.return_to)

    def _settle(self, identity: Identity, now: datetime) -> str:
        number = demands.demand_cpr(identity)
        try:
            with self._database.transaction() as session:
                return accounts.settle(session, identity.issuer, identity.subject, number, now)
        except (errors.Conflict, errors.NotAllowed) as error:
            raise errors.LoginFailed("refused", error.detail) from error
        except IntegrityError:
            # The same person logged in for the first time at two browsers at once; by now they are known.
            with self._database.transaction() as session:
                return accounts.settle(session, identity.issuer, identity.subject, number, now)

    def _record_refusal(self, identity: Identity, now: datetime) -> None:
        with self._database.transaction() as session:
            citizen_id = accounts.citizen_of(session, identity.issuer, identity.subject)
            if citizen_id is not None:
                access.record_refusal(session, access.refusal_of(citizen_id, "login:begin", now), now)


def _begin(session: Session, citizen_id: str, identity: Identity, authenticated_at: datetime, now: datetime) -> str:
    grant = access.open_record(session, Actor(citizen_id, "citizen"), citizen_id, "login:begin", "self", now)
    if identity.name:
        person = Person((), name=identity.name[:LONGEST_NAME])
        records.write(session, grant, people.changes_of("login", person, ()), now)
    return logins.begin(session, grant, "oidc", authenticated_at)


def refuse_error(provider: Provider, callback: Callback, now: datetime) -> None:
    """Raise LoginFailed when the browser came back from another provider, or with an error instead of a code."""
    issuer = provider.settings.issuer
    named = callback.issuer or ("" if provider.names_itself(now) else issuer)
    if not hmac.compare_digest(named.encode(errors="replace"), issuer.encode()):
        raise errors.LoginFailed("refused", REFUSED)  # the answer of another provider (RFC 9207)
    if callback.error == "access_denied":
        raise errors.LoginFailed("cancelled", "You did not log in. Nothing was changed.")
    if callback.error in ("server_error", "temporarily_unavailable"):
        raise errors.LoginFailed("unreachable", "The login service is out of order. Try again in a moment.")
    if callback.error:
        raise errors.LoginFailed("refused", REFUSED)


def end_held(session: Session, attempt: Attempt, held: str | None) -> None:
    """End the session that the browser had before, a citizen's or staff's."""
    # Browsers keep the session's strict cookie back on the way from the provider, so the attempt knows it too.
    if attempt.held is not None:
        logins.end_marked(session, attempt.held)
    if held is not None:
        logins.end(session, held)
