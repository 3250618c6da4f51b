"""The commands about the installation itself: its people, schema, keys and address."""

import argparse

import pytest

from app.cli import demo
from app.cli import main as cli
from tests.house import CommandLine, House
from tests.shell import Shell


@pytest.fixture
def shell(light_house: House, capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(light_house, capsys)


def test_the_demos_people_come_in_once_a_day(shell: Shell) -> None:
    code, people = shell.run("demo")

    assert code == 0
    assert len(people["people"]) >= 4
    cpr = people["people"][0]["cpr"]
    before = shell.run("card", cpr)
    shell.run("demo")
    assert shell.run("card", cpr) == before


def test_a_start_puts_the_people_in_once_for_each_day_and_database(
    light_house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    installation, put_in = CommandLine(light_house), []
    light_house.settings.data_dir.mkdir(exist_ok=True)
    monkeypatch.setattr(demo, "put_in", put_in.append)

    demo.keep_current(installation)
    demo.keep_current(installation)
    light_house.wait(hours=24)
    demo.keep_current(installation)

    assert len(put_in) == 2


def test_every_command_is_known_alone_as_among_all() -> None:
    def names(parser: argparse.ArgumentParser) -> set[str]:
        [commands] = [each for each in parser._actions if isinstance(each, argparse._SubParsersAction)]
        return set(commands.choices)

    assert names(cli.parser()) == set(cli.MODULES)
    assert all(called in names(cli.parser(called)) for called in cli.MODULES)


def test_existing_keys_are_kept(shell: Shell) -> None:
    code, answer = shell.run("keys", "init")

    assert (code, answer["code"]) == (1, "conflict")


def test_the_schema_tells_where_it_stands(shell: Shell) -> None:
    assert shell.run("db", "current") == shell.run("db", "upgrade")


def test_refresh_without_sources_says_what_to_set(shell: Shell) -> None:
    code, answer = shell.run("refresh")

    assert (code, answer["code"]) == (1, "not_ready")
    assert "NAERBLIK_FMK_URL" in answer["detail"]


def test_the_api_describes_itself_without_a_database(shell: Shell) -> None:
    code, document = shell.run("openapi")

    assert code == 0
    assert document["openapi"] == "3.1.0"
    assert "/api/v1/citizens/{citizen_id}/card" in document["paths"]


def test_the_demo_serves_on_this_machine_only(shell: Shell) -> None:
    code, answer = shell.run("serve", "--host", "0.0.0.0")  # noqa: S104  that it is refused is what is tested

    assert (code, answer["code"]) == (1, "not_allowed")


def test_the_worker_does_what_is_due_once_and_says_how_much(shell: Shell) -> None:
    code, first = shell.run("worker", "--once")
    nothing = {"messages": 0, "outcomes": 0, "shelves": 0, "devices": 0}
    mapped = first["log"]["mapped"]  # the logs of those who are nobody
    later = shell.run("worker", "--once", "--now", "2026-12-01T08:00:00+01:00")
    again = shell.run("worker", "--once", "--now", "2026-12-01T08:00:00+01:00")

    assert mapped > 0
    assert (code, first) == (0, {**nothing, "log": {"entries": 0, "differing": 0, "mapped": mapped, "signed": 1}})
    assert later == (0, {**nothing, "log": {"entries": 0, "differing": 0, "mapped": mapped, "signed": 2}})
    assert again == (0, {**nothing, "log": {"entries": 0, "differing": None, "mapped": None, "signed": 2}})


def test_an_instant_without_an_offset_is_wrong_use(shell: Shell) -> None:
    with pytest.raises(SystemExit) as stopped:
        shell.run("worker", "--once", "--now", "2026-12-01T08:00:00")

    assert stopped.value.code == 2
