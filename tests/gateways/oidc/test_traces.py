"""What a login leaves in the browser, in addresses and in the database, and that it leaves no more than that."""

import threading
from pathlib import Path

import pytest
from sqlalchemy import text

from app.identity import citizens, logins
from tests.conftest import NOW
from tests.gateways.oidc.conftest import environ
from tests.gateways.oidc.journey import START, Journey
from tests.house import house_in
from tests.openid_provider import BODIL, CPR


@pytest.mark.parametrize(
    "path",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/medicin//evil.example",
        "/\t/evil.example",
        "/ /evil.example",
        "javascript:alert(1)",
        "evil.example",
        "",
        "/api/v1/login/oidc",
        "/" + "x" * 600,
        "/medicin\r\nSet-Cookie: a=b",
        "/medicin\n",
    ],
)
def test_no_address_but_a_path_of_the_app_is_returned_to(light: Journey, path: str) -> None:
    response = light.client.get(START, query_string={"return_to": path})

    assert (response.status_code, response.get_json()["code"]) == (422, "invalid")
    assert "Set-Cookie" not in response.headers


def test_the_attempts_cookie_is_lax_short_and_out_of_reach_of_scripts(light: Journey) -> None:
    response = light.client.get(START)

    cookie = response.headers["Set-Cookie"]
    assert cookie.startswith("naerblik-login=")
    for part in ("HttpOnly", "SameSite=Lax", "Max-Age=600", "Path=/"):
        assert part in cookie
    assert response.headers["Cache-Control"] == "no-store"


def test_the_way_back_takes_the_attempts_cookie_away_and_is_kept_by_nobody(light: Journey) -> None:
    response = light.back(light.at_provider(light.leave()))

    assert light.client.get_cookie("naerblik-login") is None
    assert any(
        "SameSite=Strict" in cookie and "HttpOnly" in cookie for cookie in response.headers.getlist("Set-Cookie")
    )
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert response.data == b""


def test_over_https_the_cookies_names_bind_them_to_this_host(tmp_path: Path, light: Journey) -> None:
    https = ("NAERBLIK_BASE_URL", "https://naerblik.example")
    url = light.house.config.database_url
    with house_in(tmp_path / "data", url, NOW, [*environ(light.provider), https]) as house:
        way_out = house.client().get(START).headers["Set-Cookie"]

    assert way_out.startswith("__Host-naerblik-login=")
    assert "Secure" in way_out
    assert "Domain" not in way_out


def test_neither_attempt_nor_account_stands_in_clear(light: Journey) -> None:
    light.leave(return_to="/medicin/hemmelig")
    light.log_in()

    with light.house.database.reading() as session:
        kept = [*session.execute(text("SELECT * FROM account")), *session.execute(text("SELECT * FROM login_attempt"))]

    assert len(kept) == 2
    assert not any(word in str(kept) for word in (BODIL["sub"], BODIL[CPR], "hemmelig"))


def test_expired_attempts_and_sessions_are_swept(journey: Journey) -> None:
    journey.leave()
    journey.another_browser().log_in()
    journey.house.at += logins.ABSOLUTE

    journey.log_in()

    with journey.house.database.reading() as session:
        counts = [
            session.scalar(text(f"SELECT count(*) FROM {table}"))  # noqa: S608  names of ours
            for table in ("login_attempt", "login_session")
        ]
    assert counts == [0, 1]


def test_a_database_that_fails_is_told_at_the_door_too(light: Journey) -> None:
    with light.house.database.transaction() as session:
        session.execute(text("DROP TABLE login_attempt"))

    assert light.client.get(START).headers["Location"] == "/?login=unreachable"


def at_once(*acts: object) -> list[str]:
    """Where each of these ends when all begin in the same moment."""
    gate, ends = threading.Barrier(len(acts)), []

    def run(act: object) -> None:
        gate.wait()
        ends.append(act())  # type: ignore[operator]  # what the cases hold are calls

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return ends


def test_of_two_that_bring_the_same_answer_at_once_one_is_let_in(journey: Journey) -> None:
    answer = journey.at_provider(journey.leave())
    cookie = journey.client.get_cookie("naerblik-login")
    assert cookie is not None
    browsers = [journey.another_browser() for _ in range(4)]
    for browser in browsers:
        browser.client.set_cookie("naerblik-login", cookie.value)

    ends = at_once(*(lambda each=each: each.back(answer).headers["Location"] for each in browsers))

    assert sorted(ends) == ["/", *["/?login=expired"] * 3]


def test_one_who_is_new_and_logs_in_at_two_browsers_at_once_is_one_citizen(journey: Journey) -> None:
    browsers = [journey.another_browser() for _ in range(4)]
    answers = [each.at_provider(each.leave()) for each in browsers]

    ends = at_once(
        *(
            lambda each=each, answer=answer: each.back(answer).headers["Location"]
            for each, answer in zip(browsers, answers, strict=True)
        )
    )

    assert ends == ["/"] * 4
    with journey.house.database.reading() as session:
        assert len(citizens.all_ids(session)) == 1
