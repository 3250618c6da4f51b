"""Tells the address when the app answers there: `python -m app.cli.announce HOST PORT SHOWN [COMMAND…]`.

Runs beside the server, and then turns into the command of `naerblik` that is named, so as not to slow the start down.
"""

import http.client
import os
import sys
import time


def main(host: str, port: int, shown: str) -> bool:
    """Ask until the app answers, then print its address and give True; False when the server is gone before."""
    server = os.getppid()
    while os.getppid() == server:
        connection = http.client.HTTPConnection(host, port, timeout=1)
        try:
            connection.request("GET", "/healthz")
            if connection.getresponse().status == http.client.OK:
                print(f"Nærblik is ready at http://{shown}:{port}", flush=True)
                return True
        except (OSError, http.client.HTTPException):
            time.sleep(0.05)
        finally:
            connection.close()
    return False


if __name__ == "__main__":
    answers = main(sys.argv[1], int(sys.argv[2]), sys.argv[3])
    if answers and sys.argv[4:]:
        os.execv(sys.executable, [sys.executable, "-P", "-m", "app", *sys.argv[4:]])  # noqa: S606 - no shell is wanted
