"""Serves the built front end: its files by name, its page for every address that is no file."""

from pathlib import Path

import flask
from werkzeug.exceptions import NotFound

from app import errors
from app.api import headers

# Vite puts a hash of the content into these names, so a browser may keep them for ever.
HASHED = "assets/"

# The service worker, and the one that stands in for it when workers are switched off: it clears up and leaves.
WORKER, WORKER_OFF = "sw.js", "sw-off.js"
# The worker that stretches PINs.
ARGON2 = "argon2.js"
SCRIPT = "text/javascript"


def install(app: flask.Flask, static_dir: Path, *, has_worker: bool) -> None:
    """Serve the page and its files without login: they hold nothing about anybody."""
    blueprint = flask.Blueprint("pwa", __name__)
    app.extensions.setdefault("public_blueprints", set()).add("pwa")

    @blueprint.get(f"/{WORKER}")
    def worker() -> flask.Response:
        """The service worker. A browser asks for it anew at least once a day, and so learns of a new one."""
        response = flask.send_from_directory(static_dir, WORKER if has_worker else WORKER_OFF, mimetype=SCRIPT)
        response.headers["Cache-Control"] = "no-cache"
        response.headers["Content-Security-Policy"] = headers.WORKER_POLICY
        return response

    @blueprint.get("/")
    @blueprint.get("/<path:path>")
    def page(path: str = "") -> flask.Response:
        """A file of the front end, else its page."""
        if path.startswith(("api/", ".well-known/")):
            raise NotFound
        if path and (static_dir / path).is_file():
            response = flask.send_from_directory(static_dir, path)
            kept = "public, max-age=31536000, immutable" if path.startswith(HASHED) else "no-cache"
            response.headers["Cache-Control"] = kept
            if path == ARGON2:
                response.headers["Content-Security-Policy"] = headers.ARGON2_POLICY
            return response
        if "." in path.rpartition("/")[2]:
            raise NotFound
        if not (static_dir / "index.html").is_file():
            raise errors.NotReady("The app's pages are not built yet. Run: ./run build")
        response = flask.send_from_directory(static_dir, "index.html")
        response.headers["Cache-Control"] = "no-cache"
        return response

    app.register_blueprint(blueprint)
