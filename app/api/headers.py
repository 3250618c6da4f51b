"""What every answer tells the browser about safety."""

import flask

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


def install(app: flask.Flask, *, secure: bool) -> None:
    """Put the headers on every answer, errors included."""

    @app.after_request
    def protect(response: flask.Response) -> flask.Response:
        is_page = response.mimetype == "text/html"
        headers = response.headers
        headers.setdefault("Content-Security-Policy", PAGE_POLICY if is_page else API_POLICY)
        headers.setdefault("Cache-Control", "no-store")
        headers["X-Content-Type-Options"] = "nosniff"
        headers["Referrer-Policy"] = "no-referrer"
        headers["Permissions-Policy"] = PERMISSIONS
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
        headers["Cross-Origin-Resource-Policy"] = "same-origin"
        headers["X-Frame-Options"] = "DENY"
        if secure:
            headers["Strict-Transport-Security"] = "max-age=63072000; includeSubDomains; preload"
        return response
