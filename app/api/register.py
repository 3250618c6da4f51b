"""The list of blueprints, and the Api that documents them."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import flask
import flask_smorest

from app.api import blueprint, docs, errors, headers, limits, pwa, unit_of_work
from app.api.about.routes import blueprint as about
from app.api.appointments.routes import blueprint as appointments
from app.api.caseworker.paper_routes import blueprint as paper
from app.api.caseworker.routes import blueprint as caseworker
from app.api.consent.routes import blueprint as consent
from app.api.delegation.network_routes import blueprint as network
from app.api.delegation.routes import blueprint as delegation
from app.api.delegation.terms_routes import blueprint as delegations
from app.api.demo.routes import blueprint as demo
from app.api.devices.routes import blueprint as devices
from app.api.health import routes as health
from app.api.keys import routes as keys
from app.api.log.routes import blueprint as log
from app.api.login.routes import blueprint as login
from app.api.medication.mark_routes import blueprint as dose_marks
from app.api.medication.routes import blueprint as medication
from app.api.notes.routes import blueprint as notes
from app.api.schema import ProblemSchema
from app.api.session.helped_routes import blueprint as helped
from app.api.session.routes import blueprint as session
from app.api.session.routes import everywhere
from app.api.sync.routes import asking as news
from app.api.sync.routes import blueprint as sync
from app.api.token.routes import blueprint as token
from app.api.tree import routes as tree
from app.config import Config
from app.db.session import Database
from app.records.source import Receiver

if TYPE_CHECKING:  # loaded only where a provider is set up
    from app.gateways.oidc.flow import OidcLogin
    from app.gateways.oidc.staff_flow import StaffOidc

# The largest body that any address reads.
MOST_BYTES = 1024 * 1024

API_SETTINGS = {"API_TITLE": "Nærblik", "API_VERSION": "v1", "OPENAPI_VERSION": "3.1.0"}


class OurApi(flask_smorest.Api):  # type: ignore[misc]  # flask-smorest ships no types
    """The Api with our error form. Errors are answered by app.api.errors alone."""

    ERROR_SCHEMA = ProblemSchema

    def _register_error_handlers(self) -> None:
        """Leave all errors to app.api.errors."""


def register(
    config: Config,
    database: Database,
    now: Callable[[], datetime],
    receivers: Sequence[Receiver] = (),
    oidc: "OidcLogin | None" = None,
    staff_oidc: "StaffOidc | None" = None,
) -> flask.Flask:
    """The whole of HTTP over this database.

    ``receivers`` are asked here only what they take; ``oidc`` and ``staff_oidc`` are logins at a provider, where one is
    set up.
    """
    app = flask.Flask("naerblik", static_folder=None)
    app.json.sort_keys = False  # type: ignore[attr-defined]  # the default provider has it
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.config.update(API_SETTINGS, MAX_CONTENT_LENGTH=MOST_BYTES, PROPAGATE_EXCEPTIONS=False)
    app.extensions["naerblik.config"] = config
    app.extensions["naerblik.database"] = database
    app.extensions["naerblik.now"] = now
    app.extensions["naerblik.takes"] = {each.name: each.takes for each in receivers}
    app.extensions["naerblik.oidc"] = oidc
    app.extensions["naerblik.staff_oidc"] = staff_oidc
    headers.install(app, secure=config.is_secure)
    unit_of_work.install(app)
    errors.install(app)
    blueprint.close_by_default(app)
    api = api_of(app, with_demo=config.is_demo)
    app.extensions["naerblik.api"] = api
    limits.install(app, config.asking)
    docs.install(app, api)
    health.install(app)
    keys.install(app)
    tree.install(app)
    pwa.install(app, config.static_dir, has_worker=config.has_worker)
    return app


def api_of(app: flask.Flask, *, with_demo: bool) -> flask_smorest.Api:
    """The documented part, with the demo's addresses only in the demo."""
    description = "What the app and other clients of Nærblik use. Errors are RFC 9457 problems with a stable code."
    api = OurApi(app, spec_kwargs={"info": {"description": description}})
    api.spec.components.security_scheme("session", {"type": "apiKey", "in": "cookie", "name": "naerblik"})
    bearer = {"type": "http", "scheme": "bearer", "description": "A case system's token, of `/api/v1/token`."}
    api.spec.components.security_scheme("bearer", bearer)
    own = [
        session,
        everywhere,
        helped,
        login,
        token,
        medication,
        dose_marks,
        appointments,
        notes,
        consent,
        delegation,
        delegations,
        network,
        log,
        devices,
        sync,
        news,
    ]
    blueprints = [*own, caseworker, paper, about]
    if with_demo:
        blueprints.append(demo)
    for each in blueprints:
        api.register_blueprint(each)
    for answer in api.spec.components.responses.values():
        # Errors have a media type of their own, which flask-smorest cannot be told.
        answer["content"] = {"application/problem+json": answer["content"].pop("application/json")}
    return api
