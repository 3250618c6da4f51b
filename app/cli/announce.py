"""Tells the address when the app answers there: `python -m app.cli.announce HOST PORT SHOWN`, beside the server."""

import http.client
import os
import sys
import time


def main(host: str, port: int, shown: str) -> None:
    """Ask until the app answers, then print its address; give up silently when the server is gone."""
    server = os.getppid()
    while os.getppid() == server:
        connection = http.client.HTTPConnection(host, port, timeout=1)
        try:
            connection.request("GET", "/healthz")
            if connection.getresponse().status == http.client.OK:
                print(f"Nærblik is ready at http://{shown}:{port}", flush=True)
                return
        except (OSError, http.client.HTTPException):
            time.sleep(0.05)
        finally:
            connection.close()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3])
