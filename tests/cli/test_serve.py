"""The server as somebody starts it: it says where it is, answers everybody, and ends when told to."""

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


def test_it_says_where_it_is_answers_on_all_workers_and_ends_quietly(tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "NAERBLIK_DATA_DIR": str(tmp_path / "data"), "NAERBLIK_ENV": "demo"}
    for name in ("NAERBLIK_DATABASE_URL", "NAERBLIK_OWNER_DATABASE_URL", "NAERBLIK_BASE_URL"):
        environment.pop(name, None)
    command = [sys.executable, "-m", "app", "serve", "--port", str(port)]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        announced = server.stdout.readline().strip()
        answers = []
        for _ in range(40):
            with urllib.request.urlopen(f"http://localhost:{port}/api/v1/session", timeout=20) as answer:
                answers.append(answer.status)
        server.send_signal(signal.SIGINT)
        code = server.wait(30)

    assert announced == f"Nærblik is ready at http://localhost:{port}"
    assert answers == [200] * 40
    assert code == 0
