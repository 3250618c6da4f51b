"""The OpenAPI document, and a page that a person can read it on without a script or a foreign server."""

import json
from html import escape
from typing import Any, cast

import flask
import flask_smorest

METHODS = ("get", "post", "put", "patch", "delete")


def install(app: flask.Flask, api: flask_smorest.Api) -> None:
    """Serve the document and its page without login."""
    blueprint = flask.Blueprint("docs", __name__)
    app.extensions.setdefault("public_blueprints", set()).add("docs")

    @blueprint.get("/api/v1/openapi.json")
    def openapi() -> flask.Response:
        """The OpenAPI 3.1 document."""
        return flask.Response(document(api), mimetype="application/json")

    @blueprint.get("/api/docs")
    def docs() -> flask.Response:
        """The document as a page."""
        return flask.Response(page(cast("dict[str, Any]", api.spec.to_dict())), mimetype="text/html")

    app.register_blueprint(blueprint)


def document(api: flask_smorest.Api) -> str:
    """The document as JSON with sorted keys, so that a change of it is a change of the API."""
    return json.dumps(api.spec.to_dict(), ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def page(spec: dict[str, Any]) -> str:
    """The document as HTML: each operation with its summary, parameters and answers, then each schema."""
    operations = [
        _operation(method, path, item[method])
        for path, item in spec["paths"].items()
        for method in METHODS
        if method in item
    ]
    schemas = [_schema(name, schema) for name, schema in spec["components"]["schemas"].items()]
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><title>Nærblik API</title></head><body>'
        f"<main><h1>{escape(spec['info']['title'])}</h1><p>{escape(spec['info']['description'])}</p>"
        '<p><a href="/api/v1/openapi.json">The document as JSON (OpenAPI 3.1)</a></p>'
        f"<h2>Operations</h2>{''.join(operations)}<h2>Schemas</h2>{''.join(schemas)}</main></body></html>"
    )


def _operation(method: str, path: str, operation: dict[str, Any]) -> str:
    asked = "".join(
        f"<li><code>{escape(each['name'])}</code> in {escape(each['in'])}</li>"
        for each in operation.get("parameters", [])
        if "name" in each
    )
    answers = "".join(
        f"<li><code>{escape(str(status))}</code> {escape(_answer(answer))}</li>"
        for status, answer in operation["responses"].items()
    )
    return (
        f"<section><h3><code>{method.upper()} {escape(path)}</code></h3><p>{escape(operation.get('summary', ''))}</p>"
        f"<p>{escape(operation.get('description', ''))}</p><ul>{asked}</ul><ul>{answers}</ul></section>"
    )


def _answer(answer: dict[str, Any]) -> str:
    content = answer.get("content", {}).get("application/json", {}).get("schema", {})
    name = str(content.get("$ref", "")).rpartition("/")[2]
    return f"{answer.get('description', '')} {name}".strip() or str(answer.get("$ref", "")).rpartition("/")[2]


def _schema(name: str, schema: dict[str, Any]) -> str:
    return (
        f"<section><h3>{escape(name)}</h3>"
        f"<pre>{escape(json.dumps(schema, ensure_ascii=False, indent=1))}</pre></section>"
    )
