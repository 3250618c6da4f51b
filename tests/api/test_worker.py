"""How the service worker and the files that it keeps are served."""

from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from app import config
from app.api import headers
from tests.house import House

FILES = {
    "index.html": "<!doctype html><title>page</title>",
    "sw.js": "const SHELL = {};",
    "sw-off.js": "void 0;",
    "assets/index-abc.js": "void 1;",
    "manifest.webmanifest": "{}",
}


@pytest.fixture
def pages(light_house: House, tmp_path: Path) -> House:
    """A house with a small front end of its own."""
    folder = tmp_path / "dist"
    for name, content in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content)
    light_house.settings = replace(light_house.settings, static_dir=folder)
    return light_house


@pytest.fixture
def client(pages: House) -> FlaskClient:
    return pages.client()


def test_the_worker_is_a_script_that_is_asked_for_anew_and_may_only_fetch_from_us(client: FlaskClient) -> None:
    answer = client.get("/sw.js", buffered=True)

    assert answer.get_data(as_text=True) == FILES["sw.js"]
    assert answer.mimetype == "text/javascript"
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.headers["Content-Security-Policy"] == headers.WORKER_POLICY
    assert "default-src 'none'; connect-src 'self'" in headers.WORKER_POLICY
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_switched_off_its_address_answers_the_worker_that_ends_all_workers(pages: House) -> None:
    pages.settings = replace(pages.settings, has_worker=False)

    answer = pages.client().get("/sw.js", buffered=True)

    assert answer.get_data(as_text=True) == FILES["sw-off.js"]
    assert (answer.mimetype, answer.headers["Cache-Control"]) == ("text/javascript", "no-cache")


def test_the_page_may_have_one_worker_and_name_no_other_script(client: FlaskClient) -> None:
    policy = client.get("/medicin", buffered=True).headers["Content-Security-Policy"]

    assert "worker-src 'self'" in policy
    assert "require-trusted-types-for 'script'; trusted-types naerblik-worker" in policy


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("/", "no-cache"),
        ("/aftaler", "no-cache"),
        ("/index.html", "no-cache"),
        ("/manifest.webmanifest", "no-cache"),
        ("/assets/index-abc.js", "public, max-age=31536000, immutable"),
    ],
)
def test_only_what_carries_its_hash_in_its_name_is_kept_for_ever(client: FlaskClient, path: str, kept: str) -> None:
    assert client.get(path, buffered=True).headers["Cache-Control"] == kept


def test_the_switch_is_on_or_off_and_on_unless_it_is_set() -> None:
    assert config.from_environ({}).has_worker
    assert config.from_environ({"NAERBLIK_WORKER": "on"}).has_worker
    assert not config.from_environ({"NAERBLIK_WORKER": "off"}).has_worker
    with pytest.raises(config.NotConfigured, match="NAERBLIK_WORKER must be on or off"):
        config.from_environ({"NAERBLIK_WORKER": "nej"})


def test_only_the_worker_that_stretches_codes_may_run_wasm(pages: House) -> None:
    (pages.settings.static_dir / "argon2.js").write_text("void 2;")

    answer = pages.client().get("/argon2.js", buffered=True)

    assert answer.headers["Content-Security-Policy"] == headers.ARGON2_POLICY
    assert "'wasm-unsafe-eval'" in headers.ARGON2_POLICY
    assert "wasm" not in headers.PAGE_POLICY + headers.WORKER_POLICY + headers.API_POLICY
