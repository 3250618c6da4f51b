"""What every answer tells the browser about safety."""

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

import flask

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

API_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'"
# The worker fetches the shell, and nothing else: no script of anybody's, not even our own.
WORKER_POLICY = "default-src 'none'; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'"
# What stretches a PIN is WASM, which pages may not run: its worker may, and nothing else.
ARGON2_POLICY = "default-src 'none'; script-src 'wasm-unsafe-eval'; base-uri 'none'; frame-ancestors 'none'"
PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
    # One policy, made once at the start: it lets the addresses of our own workers through, and nothing else.
    "require-trusted-types-for 'script'; trusted-types naerblik-worker"
)
PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"


ALWAYS = (
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Permissions-Policy", PERMISSIONS),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("X-Frame-Options", "DENY"),
)
HTTPS_ONLY = ("Strict-Transport-Security", "max-age=63072000; includeSubDomains; preload")
# What a view may say otherwise for its own answer.
POLICY, CACHING = "content-security-policy", "cache-control"


def install(app: flask.Flask, *, secure: bool) -> None:
    """Put the headers on every answer, errors included, whatever made it: below everything that could forget them."""
    inner = app.wsgi_app
    always = [*ALWAYS, HTTPS_ONLY] if secure else [*ALWAYS]

    def protected(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], *exc_info: Any) -> Callable[[bytes], object]:
            return start_response(status, [*headers, *_missing(status, headers), *always], *exc_info)

        return inner(environ, start)

    app.wsgi_app = protected  # type: ignore[method-assign]  # Flask's own way to put something around an app


def _missing(status: str, headers: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    # "Not modified" says no more of what, and a browser puts it over what it holds: a page would lose its own policy.
    if status.startswith("304"):
        return
    said = {name.lower(): value for name, value in headers}
    if POLICY not in said:
        is_page = said.get("content-type", "").startswith("text/html")
        yield "Content-Security-Policy", PAGE_POLICY if is_page else API_POLICY
    if CACHING not in said:
        yield "Cache-Control", "no-store"
