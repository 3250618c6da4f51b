"""As many requests a second as a server answers, from one thread that costs as little as it can.

Server and asker share the machine's processors, so whatever asking costs is missing from the rate.
"""

import selectors
import socket
import time
from collections.abc import Callable, Iterator, Sequence

CLIENTS = 8
MOST = 1 << 20


def request(method: str, path: str, headers: dict[str, str], body: bytes = b"") -> bytes:
    """A request as it goes over the wire."""
    lines = [f"{method} {path} HTTP/1.1", "Host: localhost", f"Content-Length: {len(body)}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def rate(port: int, status: int, asked: Sequence[Iterator[bytes]], seconds: float) -> float:
    """Answers a second on as many connections as there are streams of requests, each asked one after the other.

    It ends after these seconds, or when the first stream has no more. Raises RuntimeError for another status.
    """
    with selectors.DefaultSelector() as selector:
        clients = [_Client(port, f"HTTP/1.1 {status} ".encode(), requests) for requests in asked]
        try:
            for client in clients:
                selector.register(client.socket, selectors.EVENT_READ, client.take)
            begun = time.perf_counter()
            for client in clients:
                client.ask()
            answered = _ask_until(selector, begun + seconds)
            return answered / (time.perf_counter() - begun)
        finally:
            for client in clients:
                client.socket.close()


def _ask_until(selector: selectors.BaseSelector, deadline: float) -> int:
    answered = 0
    while time.perf_counter() < deadline:
        for key, _ in selector.select(1):
            take: Callable[[], bool | None] = key.data
            is_whole = take()
            if is_whole is None:
                return answered
            answered += is_whole
    return answered


class _Client:
    """One connection that stays open."""

    def __init__(self, port: int, expected: bytes, requests: Iterator[bytes]) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=10)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._expected = expected
        self._requests = requests
        self._got = b""

    def ask(self) -> bool:
        """Send the next request; False when there is none."""
        following = next(self._requests, None)
        if following is not None:
            self.socket.sendall(following)
        return following is not None

    def take(self) -> bool | None:
        """Read what came: whether that ended an answer, after which the next is asked; None when there is no next."""
        came = self.socket.recv(MOST)
        self._got += came
        if not came or not self._got.startswith(self._expected[: len(self._got)]):
            raise RuntimeError(f"The server answered {self._got[:400]!r}.")
        head, ended, body = self._got.partition(b"\r\n\r\n")
        if not ended or len(body) < _length(head):
            return False
        self._got = b""
        return True if self.ask() else None


def _length(head: bytes) -> int:
    _, _, after = head.lower().partition(b"\r\ncontent-length:")
    return int(after.partition(b"\r\n")[0] or 0)
