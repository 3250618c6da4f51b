"""`naerblik alarms`: whoever runs the installation sees who asked unusually much, and never about whom."""

import logging

import pytest

from app.consent.questions import MANY_NOES
from tests.api.desk import METTE, Desk
from tests.house import House
from tests.shell import Shell


def test_too_many_noes_raise_one_alarm_in_the_log_and_at_the_command_line(
    light_house: House, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    desk = Desk(light_house)
    caplog.set_level(logging.WARNING)
    numbers = [f"01016012{place:02}" for place in range(MANY_NOES + 3)]
    for number in numbers:
        assert desk.status(number).status_code == 200

    code, printed = Shell(light_house, capsys).run("alarms")

    assert code == 0
    (alarm,) = printed["alarms"]
    assert (alarm["actor"], alarm["organisation"], alarm["noes"]) == (METTE.id, METTE.organisation, MANY_NOES)
    told = [each.getMessage() for each in caplog.records if "Volume alarm" in each.getMessage()]
    assert len(told) == 1
    assert not any(number in str(printed) + told[0] for number in numbers)
