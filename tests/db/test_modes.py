from pathlib import Path

import pytest

from app import config, errors, factory
from app.db import installation, migrate
from app.db.session import Database
from app.vault import signing_keys
from tests.conftest import NOW

PRODUCTION = {
    "NAERBLIK_ENV": "production",
    "NAERBLIK_BASE_URL": "https://naerblik.example",
    "NAERBLIK_OIDC_ISSUER": "https://login.example",
    "NAERBLIK_OIDC_CLIENT_ID": "naerblik",
    "NAERBLIK_OIDC_CLIENT_SECRET": "a secret",
    "NAERBLIK_VAPID_SUBJECT": "mailto:drift@naerblik.example",
}


def environ(tmp_path: Path, **more: str) -> dict[str, str]:
    url = f"sqlite:///{tmp_path / 'naerblik.db'}"
    return {"NAERBLIK_DATA_DIR": str(tmp_path / "data"), "NAERBLIK_DATABASE_URL": url, **more}


@pytest.mark.parametrize("missing", config.REQUIRED_IN_PRODUCTION)
def test_production_names_the_setting_that_is_missing(tmp_path: Path, missing: str) -> None:
    settings = environ(tmp_path, **PRODUCTION)
    del settings[missing]

    with pytest.raises(config.NotConfigured, match=missing):
        config.from_environ(settings)


def test_production_demands_https(tmp_path: Path) -> None:
    with pytest.raises(config.NotConfigured, match="https"):
        config.from_environ(environ(tmp_path, **{**PRODUCTION, "NAERBLIK_BASE_URL": "http://naerblik.example"}))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("NAERBLIK_ENV", "staging"),
        ("NAERBLIK_PORT", "eighty"),
        ("NAERBLIK_PORT", "0"),
        ("NAERBLIK_FMK_URL", "ftp://fmk"),
        ("NAERBLIK_SOURCE_TIMEOUT", "-1"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(config.NotConfigured, match=name):
        config.from_environ(environ(tmp_path, **{name: value}))


OIDC = {name: PRODUCTION[name] for name in config.OIDC}


def test_the_demo_needs_no_login_provider(tmp_path: Path) -> None:
    assert config.from_environ(environ(tmp_path)).oidc is None


def test_the_login_provider_is_read_with_all_its_names(tmp_path: Path) -> None:
    named = {
        "NAERBLIK_OIDC_CPR_CLAIM": "dk_cpr",
        "NAERBLIK_OIDC_LOA_ACCEPTED": "Substantial, HIGH",
        "NAERBLIK_OIDC_ACR_VALUES": "idp:mitid loa:substantial",
        "NAERBLIK_OIDC_SCOPES": "openid ssn",
        "NAERBLIK_OIDC_MAX_AGE": "600",
    }
    oidc = config.from_environ(environ(tmp_path, **OIDC, **named)).oidc

    assert oidc == config.OidcSettings(
        issuer="https://login.example",
        client_id="naerblik",
        client_secret="a secret",
        cpr_claim="dk_cpr",
        loa_accepted=("substantial", "high"),
        acr_values=("idp:mitid", "loa:substantial"),
        scopes=("openid", "ssn"),
        max_age=600,
    )


@pytest.mark.parametrize("missing", config.OIDC)
def test_a_login_provider_is_set_up_whole_or_not_at_all(tmp_path: Path, missing: str) -> None:
    settings = environ(tmp_path, **OIDC)
    del settings[missing]

    with pytest.raises(config.NotConfigured, match=missing):
        config.from_environ(settings)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("NAERBLIK_OIDC_ISSUER", "http://login.example"),
        ("NAERBLIK_OIDC_ISSUER", "login.example"),
        ("NAERBLIK_OIDC_ISSUER", "https://login.example?x"),
        ("NAERBLIK_OIDC_ISSUER", "https://["),
        ("NAERBLIK_OIDC_SCOPES", "profile"),
        ("NAERBLIK_OIDC_MAX_AGE", "0"),
        ("NAERBLIK_OIDC_LOA_ACCEPTED", " , "),
    ],
)
def test_a_wrong_setting_of_the_login_is_named(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(config.NotConfigured, match=name):
        config.from_environ(environ(tmp_path, **{**OIDC, name: value}))


def test_production_neither_migrates_nor_makes_keys_by_itself(tmp_path: Path) -> None:
    settings = config.from_environ(environ(tmp_path, **PRODUCTION))

    with pytest.raises(errors.NotReady, match="naerblik keys init"):
        factory.open_parts(settings, NOW)

    assert not (tmp_path / "naerblik.db").exists()
    assert not (tmp_path / "data").exists()


def test_production_opens_once_keys_and_schema_were_made(tmp_path: Path) -> None:
    settings = config.from_environ(environ(tmp_path, **PRODUCTION))
    factory.prepare_directory(settings)
    factory.keys.init_file(factory.key_file(settings), NOW)
    with pytest.raises(errors.NotReady, match="naerblik db upgrade"):
        factory.open_parts(settings, NOW)

    factory.upgrade(settings, NOW)
    parts = factory.open_parts(settings, NOW)
    parts.database.close()

    assert parts.config.mode == "production"


def test_an_installation_from_before_there_were_signing_keys_gets_one_by_the_upgrade(tmp_path: Path) -> None:
    settings = config.from_environ(environ(tmp_path, **PRODUCTION))
    factory.prepare_directory(settings)
    factory.keys.init_file(factory.key_file(settings), NOW)
    before = Database(settings.database_url)
    migrate.upgrade(before.engine, "0003")
    with before.transaction() as session:
        installation.stamp_database(session, "production", NOW)
    before.close()
    with pytest.raises(errors.NotReady, match="naerblik db upgrade"):
        factory.open_parts(settings, NOW)

    factory.upgrade(settings, NOW)
    parts = factory.open_parts(settings, NOW)
    with parts.database.reading() as session:
        keys = signing_keys.public_keys(session)
    parts.database.close()

    assert len(keys) == 1


def test_a_database_that_was_migrated_where_no_keys_are_gets_its_signing_key_later(tmp_path: Path) -> None:
    settings = config.from_environ(environ(tmp_path, **PRODUCTION))
    factory.prepare_directory(settings)
    factory.upgrade(settings, NOW)
    factory.keys.init_file(factory.key_file(settings), NOW)
    with pytest.raises(errors.NotReady, match="no key to sign with"):
        factory.open_parts(settings, NOW)

    factory.upgrade(settings, NOW)

    factory.open_parts(settings, NOW).database.close()


def test_demo_and_production_refuse_each_others_data_directory(tmp_path: Path) -> None:
    demo = config.from_environ(environ(tmp_path))
    factory.open_parts(demo, NOW).database.close()
    production = config.from_environ(environ(tmp_path, **PRODUCTION))

    with pytest.raises(errors.NotReady, match="belongs to the mode demo"):
        factory.open_parts(production, NOW)


def test_demo_and_production_refuse_each_others_database(tmp_path: Path) -> None:
    factory.open_parts(config.from_environ(environ(tmp_path)), NOW).database.close()
    other = {**PRODUCTION, "NAERBLIK_DATA_DIR": str(tmp_path / "other")}
    production = config.from_environ({**environ(tmp_path), **other})
    factory.prepare_directory(production)
    factory.keys.init_file(factory.key_file(production), NOW)

    with pytest.raises(errors.NotReady, match="database belongs to the mode demo"):
        factory.upgrade(production, NOW)
    with pytest.raises(errors.NotReady, match="database belongs to the mode demo"):
        factory.open_parts(production, NOW)


def test_the_data_directory_is_its_owners_alone(tmp_path: Path) -> None:
    factory.open_parts(config.from_environ(environ(tmp_path)), NOW).database.close()

    assert (tmp_path / "data").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "data" / "keys.json").stat().st_mode & 0o777 == 0o600
