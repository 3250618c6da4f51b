"""Chooses the parts and joins them: the only place that knows them all."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import flask
from sqlalchemy import make_url

from app import clock, config, errors
from app.access import scope
from app.api.docs import document
from app.api.register import API_SETTINGS, api_of, register
from app.config import Config
from app.consent import shelved
from app.db import installation, migrate
from app.db.session import Database
from app.gateways import demo
from app.identity import citizens, decoys, people
from app.identity.person import Person
from app.records import marking
from app.records.source import Receiver, Source
from app.vault import keys, signing_keys
from app.vault.service import Vault

if TYPE_CHECKING:  # loaded only where a provider is set up
    from app.gateways.oidc.flow import OidcLogin
    from app.gateways.oidc.staff_flow import StaffOidc

KEY_FILE = "keys.json"
# What stands on the shelf of those who are nobody: as much as sources tell of most.
LIKENESS = Person((), "Ingen Ingensen", ("Ingen",), "Ingensen", date(1950, 1, 1))


@dataclass(frozen=True)
class Parts:
    """An installation, ready to work: its settings, its database with the vault, the sources it may ask and tell."""

    config: Config
    database: Database
    vault: Vault
    sources: tuple[Source, ...]
    receivers: tuple[Receiver, ...]


def create_app(settings: Config, parts: Parts | None = None, now: Callable[[], datetime] = clock.now) -> flask.Flask:
    """The WSGI app over an installation that is opened here unless it is given."""
    parts = parts or open_parts(settings, now())
    _check_witnesses(settings)
    logins = _oidc(settings, parts.database), _staff_oidc(settings, parts.database)
    return register(settings, parts.database, now, parts.receivers, *logins)


def wsgi() -> flask.Flask:
    """The app as the server's worker processes load it."""
    return create_app(config.from_environ(os.environ))


def openapi() -> str:
    """The OpenAPI document of an installation with the demo's addresses, made without a database."""
    app = flask.Flask("naerblik", static_folder=None)
    app.config.update(API_SETTINGS)
    return document(api_of(app, with_demo=True))


def open_parts(settings: Config, now: datetime) -> Parts:
    """Open the installation. The demo makes what is missing; production raises NotReady that names it."""
    if settings.is_demo:
        prepare_directory(settings)
        if not key_file(settings).exists():
            keys.init_file(key_file(settings), now)
        upgrade(settings, now)
    installation.check_directory(settings.data_dir, settings.mode)
    vault = _vault(settings)
    database = Database(settings.database_url, {"vault": vault})
    _check_database(database, settings)
    return Parts(settings, database, vault, _sources(settings), _receivers(settings))


def prepare_directory(settings: Config) -> None:
    """Make the data directory and stamp it with this mode; refuse one of the other."""
    installation.stamp_directory(settings.data_dir, settings.mode)


def key_file(settings: Config) -> Path:
    """Where the keys are."""
    return settings.data_dir / KEY_FILE


def upgrade(settings: Config, now: datetime) -> str:
    """Bring the database to the newest migration under the owning role, and stamp it; returns the revision.

    Where the keys are, it makes the first key that signs and the decoys, too: an older installation gets them so.
    """
    has_keys = key_file(settings).exists()
    owner = Database(settings.owner_database_url, {"vault": _vault(settings)} if has_keys else None)
    try:
        standing = migrate.current(owner.engine)
        if standing is not None:
            with owner.reading() as session:
                installation.refuse_other(session, settings.mode)
        revision = standing or ""
        if standing != migrate.head():
            revision = migrate.upgrade(owner.engine, serving_role=_serving_role(settings))
        with owner.transaction() as session:
            installation.stamp_database(session, settings.mode, now)
            if has_keys:
                signing_keys.prepare(session, now)
                decoys.prepare(session, now, people.changes_of("fmk", LIKENESS, ()))
        if has_keys:
            _mark_shelves(owner, now)
            if standing is not None and standing < "0011":
                _note_grantees(owner, now)
            _shelve_consents(owner, now)
    finally:
        owner.close()
    return revision


def _mark_shelves(owner: Database, now: datetime) -> None:
    """Mark what stands from before there were marks, a citizen at a time."""
    with owner.reading() as session:
        citizens = marking.unmarked(session)
    for citizen_id in citizens:
        with owner.transaction() as session:
            marking.prepare(session, citizen_id, now)


def _note_grantees(owner: Database, now: datetime) -> None:
    """Note who was granted something before that was noted, a citizen at a time."""
    with owner.reading() as session:
        everybody = citizens.all_ids(session)
    for citizen_id in everybody:
        with owner.transaction() as session:
            scope.note_grantees(session, citizen_id, now)


def _shelve_consents(owner: Database, now: datetime) -> None:
    """Put on shelves what was recorded about consents before that was put there, a citizen at a time."""
    with owner.reading() as session:
        missing = shelved.missing(session)
    for citizen_id in missing:
        with owner.transaction() as session:
            scope.shelve_consents(session, citizen_id, now)


def current_revision(settings: Config) -> str | None:
    """The migration at which the database stands."""
    owner = Database(settings.owner_database_url)
    try:
        return migrate.current(owner.engine)
    finally:
        owner.close()


def _vault(settings: Config) -> Vault:
    return Vault(keys.FileKeys(key_file(settings)))


def _sources(settings: Config) -> tuple[Source, ...]:
    if not settings.sources.fmk_url and not settings.sources.fhir_url:
        return ()
    # Loaded only where a source is asked: most installations on one machine have none.
    from app.gateways import http_source

    return http_source.configured(settings.sources)


def _receivers(settings: Config) -> tuple[Receiver, ...]:
    if settings.is_demo and not settings.sources.fhir_url:
        return demo.receivers()
    if not settings.sources.fhir_takes:
        return ()
    # As above.
    from app.gateways import http_source

    return http_source.receivers(settings.sources)


def _oidc(settings: Config, database: Database) -> "OidcLogin | None":
    if settings.oidc is None:
        return None
    # Loaded only where somebody can log in so: the demo needs none of it.
    from app.gateways.oidc.flow import OidcLogin
    from app.gateways.oidc.provider import Provider

    return OidcLogin(database, Provider(settings.oidc, f"{settings.base_url.rstrip('/')}/api/v1/login/oidc/callback"))


def _staff_oidc(settings: Config, database: Database) -> "StaffOidc | None":
    if settings.staff is None:
        return None
    # As above.
    from app.gateways.oidc.provider import Provider
    from app.gateways.oidc.staff_flow import StaffOidc

    back = f"{settings.base_url.rstrip('/')}/api/v1/login/staff/callback"
    return StaffOidc(database, Provider(settings.staff.oidc, back), settings.staff)


def _serving_role(settings: Config) -> str | None:
    serving, owner = make_url(settings.database_url), make_url(settings.owner_database_url)
    if serving.get_backend_name() != "postgresql" or serving.username in (None, owner.username):
        return None
    return serving.username


def _check_witnesses(settings: Config) -> None:
    if settings.witnesses:
        # As above.
        from app.audit import cosigning

        cosigning.known(settings.witnesses)


def _check_database(database: Database, settings: Config) -> None:
    with database.reading() as session:
        installation.check_database(session, settings.mode)
    if migrate.current(database.engine) != migrate.head():
        raise errors.NotReady("The database is not at the newest migration. Run: naerblik db upgrade")
    with database.reading() as session:
        signing_keys.demand_active(session)
