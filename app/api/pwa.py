"""Serves the built front end: its files by name, its page for every address that is no file."""

from pathlib import Path

import flask
from werkzeug.exceptions import NotFound

from app import errors

# Vite puts a hash of the content into these names, so a browser may keep them for ever.
HASHED = "assets/"


def install(app: flask.Flask, static_dir: Path) -> None:
    """Serve the page and its files without login: they hold nothing about anybody."""
    blueprint = flask.Blueprint("pwa", __name__)
    app.extensions.setdefault("public_blueprints", set()).add("pwa")

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
            return response
        if "." in path.rpartition("/")[2]:
            raise NotFound
        if not (static_dir / "index.html").is_file():
            raise errors.NotReady("The app's pages are not built yet. Run: ./run build")
        response = flask.send_from_directory(static_dir, "index.html")
        response.headers["Cache-Control"] = "no-cache"
        return response

    app.register_blueprint(blueprint)
