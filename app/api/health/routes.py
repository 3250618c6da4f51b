"""Whether the app lives and is ready, and how to report a weakness."""

from datetime import timedelta

import flask

from app import clock
from app.api import current
from app.db import installation, migrate
from app.errors import NotReady


def install(app: flask.Flask) -> None:
    """Add the addresses that need no login and tell nothing about anybody."""
    blueprint = flask.Blueprint("health", __name__)
    app.extensions.setdefault("public_blueprints", set()).add("health")

    @blueprint.get("/healthz")
    def healthz() -> dict[str, str]:
        """The process answers."""
        return {"status": "ok"}

    @blueprint.get("/readyz")
    def readyz() -> dict[str, str]:
        """The database answers, stands at the newest migration and is of this mode."""
        database = current.database()
        if migrate.current(database.engine) != migrate.head():
            raise NotReady("The database is not at the newest migration. Run: naerblik db upgrade")
        with database.reading() as session:
            installation.check_database(session, current.config().mode)
        return {"status": "ready"}

    @blueprint.get("/.well-known/security.txt")
    def security_txt() -> flask.Response:
        """Where to report a weakness, RFC 9116."""
        base = current.config().base_url
        expires = clock.utc_text(current.now().replace(hour=0, minute=0, second=0) + timedelta(days=180))
        lines = [
            f"Contact: {current.config().security_contact}",
            f"Expires: {expires}",
            "Preferred-Languages: da, en",
            f"Canonical: {base}/.well-known/security.txt",
        ]
        return flask.Response("\n".join(lines) + "\n", mimetype="text/plain")

    app.register_blueprint(blueprint)
