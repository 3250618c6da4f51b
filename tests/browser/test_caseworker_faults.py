"""The caseworker's desk when something is lost, refused or over; what it keeps, and in English."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Route, expect

from tests.browser.desk import NOBODY, come_in, look_up, says, title
from tests.browser.phone import Phone, phone_on


@pytest.fixture
def one_desk(browser: Browser, server: str) -> Iterator[Phone]:
    """One look, where it makes no difference; what goes wrong on purpose is the test's to judge."""
    context, desk = phone_on(browser, server, "1280-light")
    yield desk
    context.close()


def test_the_signed_answer_is_kept_as_a_file(one_desk: Phone) -> None:
    come_in(one_desk)
    look_up(one_desk.page, NOBODY)
    says(one_desk.page, "Ikke gyldigt samtykke")

    with one_desk.page.expect_download() as told:
        one_desk.page.get_by_role("button", name="Gem underskrevet svar").click()

    text = told.value.path().read_text()
    assert re.fullmatch(r"[\w-]+\.[\w-]+\.[\w-]+\n", text)
    assert told.value.suggested_filename.startswith("svar-om-samtykke-")


def test_a_question_that_did_not_come_through_is_asked_again_as_the_same_one(one_desk: Phone) -> None:
    page, names = one_desk.page, []

    def lose_the_first(route: Route) -> None:
        names.append(route.request.post_data_json["nonce"])
        if len(names) == 1:
            route.abort()
        else:
            route.continue_()

    come_in(one_desk)
    page.route("**/consent-status", lose_the_first)
    look_up(page, NOBODY)
    expect(page.get_by_text("Det blev ikke gjort.")).to_be_visible()
    expect(page.get_by_label("CPR-nummer")).to_have_value(NOBODY)
    page.get_by_role("button", name="Slå status op").click()
    says(page, "Ikke gyldigt samtykke")
    look_up(page, NOBODY)
    expect(page.get_by_label("CPR-nummer")).to_have_value("")

    assert names[0] == names[1] != names[2]


@pytest.mark.parametrize(
    ("status", "code", "said"),
    [(429, "too_many", "mange gange"), (403, "not_allowed", "Din rolle"), (422, "invalid", "Se felterne efter")],
)
def test_what_the_server_refuses_is_said_in_words(one_desk: Phone, status: int, code: str, said: str) -> None:
    come_in(one_desk)
    body = f'{{"code": "{code}"}}'
    one_desk.page.route(
        "**/consent-status",
        lambda route: route.fulfill(status=status, content_type="application/problem+json", body=body),
    )
    look_up(one_desk.page, NOBODY)

    expect(one_desk.page.get_by_role("alert")).to_contain_text(said)


def test_a_session_that_has_ended_leads_back_to_the_door(one_desk: Phone) -> None:
    come_in(one_desk)
    one_desk.page.context.clear_cookies()
    look_up(one_desk.page, NOBODY)

    expect(title(one_desk)).to_have_text("Nærblik for sagsbehandlere")


def test_a_login_that_makes_nobody_a_caseworker_is_explained(one_desk: Phone) -> None:
    one_desk.open("/sagsbehandler?login=no_role")

    expect(one_desk.page.get_by_role("alert")).to_contain_text("Dit login giver dig ingen rolle her.")
    one_desk.check("23-sagsbehandler-ingen-rolle")
    assert "login=" not in one_desk.page.url


def test_a_citizen_never_fetches_the_desk_and_loses_their_session_to_a_login_there(small: Phone) -> None:
    karen = small
    karen.log_in("Karen")
    fetched = karen.page.evaluate("performance.getEntriesByType('resource').map(each => each.name)")
    assert [each for each in fetched if "/assets/index" in each]
    assert not [each for each in fetched if "desk" in each]
    karen.open("/sagsbehandler")
    expect(karen.page.get_by_text("Du er logget ind som borger.")).to_be_visible()
    karen.page.get_by_role("button", name="Birgit Nørlund").click()
    expect(title(karen)).to_have_text("Har borgeren givet samtykke?")
    karen.open("/medicin")

    expect(karen.page.get_by_role("button", name="Karen Mikkelsen Pensioneret")).to_be_visible()


def test_the_desk_speaks_english_too(one_desk: Phone) -> None:
    one_desk.open("/")
    one_desk.page.get_by_role("button", name="English").click()
    one_desk.page.get_by_role("link", name="For caseworkers").click()
    one_desk.page.get_by_role("button", name="Birgit Nørlund").click()
    expect(title(one_desk)).to_have_text("Has the citizen given consent?")
    one_desk.check("en-23-sagsbehandler")
