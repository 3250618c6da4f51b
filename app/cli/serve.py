"""`serve`: the app over HTTP under Granian."""

import argparse
import os
import socket
import subprocess
import sys
from typing import Any

from granian import Granian
from granian.constants import Interfaces

from app import errors
from app.cli import demo
from app.cli.installation import Installation
from app.environment import is_loopback

# Seconds that a worker gets to end its requests; one that was told to end before it could listen would never.
PATIENCE = 10

# Threads per worker process: a request waits for the database more than it computes.
THREADS = 8


def add(commands: Any) -> None:
    """The command and its arguments."""
    parser = commands.add_parser("serve", help="serve the app")
    parser.add_argument("--host", default="127.0.0.1", metavar="H")
    parser.add_argument("--port", type=int, metavar="P")
    parser.set_defaults(command=serve)


def serve(arguments: argparse.Namespace, installation: Installation) -> int:
    """Serve until stopped. The demo first migrates, makes keys and people; production only checks that all is there."""
    config = installation.config()
    port = arguments.port or config.port
    if config.is_demo and not is_loopback(arguments.host):
        raise errors.NotAllowed("The demo listens on this machine only. Leave --host out, or use 127.0.0.1.")
    installation.parts()
    if config.is_demo:
        demo.keep_current(installation)
    installation.parts().database.close()
    _demand_free(arguments.host, port)
    os.environ.setdefault("NAERBLIK_BASE_URL", f"http://localhost:{port}")
    # A process and not a thread: the server forks its workers, and a fork while a thread runs can inherit held locks.
    shown = "localhost" if is_loopback(arguments.host) else arguments.host
    # On one machine the worker comes with the server; with PostgreSQL it is started on its own, and more than once.
    then = ["worker", "--beside", str(os.getpid())] if config.database_url.startswith("sqlite") else []
    subprocess.Popen([sys.executable, "-P", "-m", "app.cli.announce", arguments.host, str(port), shown, *then])
    Granian(
        "app.factory:wsgi",
        address=arguments.host,
        port=port,
        interface=Interfaces.WSGI,
        workers=os.cpu_count() or 1,
        blocking_threads=THREADS,
        factory=True,
        log_enabled=False,
        websockets=False,
        workers_kill_timeout=PATIENCE,
    ).serve()
    return 0


def _demand_free(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise errors.NotReady(f"Port {port} is taken. Choose another with --port or NAERBLIK_PORT.") from error
