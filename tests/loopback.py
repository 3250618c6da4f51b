"""A source on loopback that answers what a test laid out: in order, late, wrong, or not at all."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Loopback:
    """A source that answers what the test laid out, and remembers what it was asked."""

    url: str = ""
    answers: dict[str, list[tuple[int, bytes]]] = field(default_factory=dict)
    asked: list[tuple[str, str, bytes]] = field(default_factory=list)
    silent: threading.Event = field(default_factory=threading.Event)

    def lay(self, path: str, *bodies: str | bytes, status: int = 200) -> None:
        """Answers for a path, one after the other; the last one stays."""
        self.answers[path] = [(status, each.encode() if isinstance(each, str) else each) for each in bodies]


@contextmanager
def loopback() -> Iterator[Loopback]:
    """The source, listening until the block ends."""
    source = Loopback()

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            source.asked.append((self.command, self.path, body))
            laid = source.answers.get(self.path)
            if laid is None:
                source.silent.wait(30)
                return
            status, data = laid.pop(0) if len(laid) > 1 else laid[0]
            self.send_response(status)
            self.send_header("Content-Length", str(len(data)))
            self.send_header("Retry-After", "0")
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_POST = do_PUT = _answer  # noqa: N815  the server calls methods by these names

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    source.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield source
    finally:
        source.silent.set()
        server.shutdown()
        thread.join()
        server.server_close()
