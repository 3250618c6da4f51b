from pathlib import Path

import pytest

from app import errors
from app.vault import envelope, keys
from tests.conftest import NOW


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "keys.json"
    keys.init_file(path, NOW)
    return path


def test_only_the_owner_may_read_the_key_file(path: Path) -> None:
    assert path.stat().st_mode & 0o777 == 0o600


def test_keys_that_others_may_read_are_refused(path: Path) -> None:
    path.chmod(0o640)

    with pytest.raises(errors.NotReady, match="chmod 600"):
        keys.FileKeys(path)


def test_missing_keys_name_the_command_that_makes_them(tmp_path: Path) -> None:
    with pytest.raises(errors.NotReady, match="naerblik keys init"):
        keys.FileKeys(tmp_path / "none.json")


def test_existing_keys_are_never_overwritten(path: Path) -> None:
    before = path.read_bytes()

    with pytest.raises(errors.Conflict):
        keys.init_file(path, NOW)

    assert path.read_bytes() == before


def test_a_rotated_key_wraps_and_the_old_one_still_opens(path: Path) -> None:
    old = keys.FileKeys(path)
    wrapped = old.wrap(old.current(), b"d" * 32, b"here")

    keys.add_key(path, NOW)
    new = keys.FileKeys(path)

    assert new.current() != old.current()
    assert new.unwrap(old.current(), wrapped, b"here") == b"d" * 32
    assert new.derive("blind index") == old.derive("blind index")
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_process_that_serves_learns_of_a_key_added_meanwhile(path: Path) -> None:
    serving = keys.FileKeys(path)
    keys.add_key(path, NOW)
    rotated = keys.FileKeys(path)

    wrapped = rotated.wrap(rotated.current(), b"d" * 32, b"here")

    assert serving.unwrap(rotated.current(), wrapped, b"here") == b"d" * 32


def test_an_unknown_key_opens_nothing(path: Path) -> None:
    with pytest.raises(envelope.NotOpened):
        keys.FileKeys(path).unwrap("none", b"w" * 60, b"")


def test_secrets_for_different_purposes_differ(path: Path) -> None:
    provider = keys.FileKeys(path)

    assert provider.derive("one") != provider.derive("two")
    assert len(provider.derive("one")) == 32
