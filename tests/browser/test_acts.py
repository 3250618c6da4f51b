"""What a person writes is never lost, and what they send says how far it has come, also when things go wrong."""

import re
from datetime import datetime

from playwright.sync_api import Route, expect

from tests.browser.phone import Phone

WORDS = "Spørg om hævede ankler."


def in_medicine(phone: Phone, name: str = "Metformin") -> None:
    phone.log_in("Karen")
    phone.go("Medicin")
    phone.page.get_by_role("link", name=re.compile(name)).first.click()
    phone.page.get_by_role("heading", level=1, name=re.compile(name)).wait_for()


def in_appointment(phone: Phone, name: str) -> None:
    phone.go("Aftaler")
    phone.page.get_by_role("link", name=re.compile(name)).first.click()
    phone.page.get_by_role("heading", name="Om aftalen").wait_for()


def test_a_note_that_could_not_be_saved_stays_in_its_field_and_is_saved_later(small: Phone) -> None:
    page = small.page
    in_medicine(small)
    page.route("**/notes/*", lambda route: route.abort())
    page.get_by_role("button", name="Skriv en note").click()
    page.get_by_label("Din note").fill(WORDS)
    page.get_by_role("button", name="Gem", exact=True).click()
    expect(page.get_by_role("heading", name="Noten er ikke gemt. Dine ord står her endnu.")).to_be_visible()
    small.check("06-note-ikke-gemt")

    small.go("Aftaler")
    small.go("Medicin")
    page.get_by_role("link", name=re.compile("Metformin")).first.click()
    expect(page.get_by_label("Din note")).to_have_value(WORDS)

    page.unroute("**/notes/*")
    page.get_by_role("button", name="Gem", exact=True).click()
    expect(page.get_by_text("Noten er gemt.")).to_be_visible()
    expect(page.get_by_text(WORDS)).to_be_visible()


def test_a_note_is_changed_and_nothing_empty_is_saved(small: Phone) -> None:
    page = small.page
    in_medicine(small, "Furosemid|Metoprolol")
    page.get_by_role("button", name="Skriv en note").click()
    page.get_by_role("button", name="Gem", exact=True).click()
    expect(page.get_by_text("Skriv noget, før du gemmer.")).to_be_visible()
    page.get_by_label("Din note").fill("Ligger i skabet.")
    page.get_by_role("button", name="Gem", exact=True).click()
    page.get_by_role("button", name="Ret noten").click()
    page.get_by_label("Din note").fill("Ligger i skuffen.")
    page.get_by_role("button", name="Gem", exact=True).click()

    expect(page.get_by_text("Ligger i skuffen.")).to_be_visible()
    expect(page.get_by_text("Ligger i skabet.")).to_have_count(0)


def test_an_answer_that_was_not_sent_says_so_and_is_sent_again_under_the_same_id(small: Phone) -> None:
    page = small.page
    sent: list[str] = []

    def fail(route: Route) -> None:
        sent.append(route.request.post_data_json["message_id"])
        route.abort()

    small.log_in("Karen")
    in_appointment(small, "Træning på hold")
    page.route("**/answer", fail)
    page.get_by_role("button", name="Jeg kan ikke komme").click()
    expect(page.get_by_role("heading", name="Dit svar er ikke sendt.")).to_be_visible()
    small.check("08-svar-ikke-sendt")
    page.get_by_role("button", name="Prøv igen nu").click()
    page.wait_for_function("() => true")
    expect(page.get_by_role("heading", name="Dit svar er ikke sendt.")).to_be_visible()
    page.unroute("**/answer")
    page.get_by_role("button", name="Prøv igen nu").click()

    expect(page.get_by_role("heading", name="Du har svaret, at du ikke kan komme.")).to_be_visible()
    assert len(set(sent)) == 1


def test_a_wish_for_another_time_carries_the_persons_words(small: Phone) -> None:
    page = small.page
    small.log_in("Henrik")
    in_appointment(small, "Aftale hos praktiserende læge")
    page.get_by_role("button", name="Bed om en anden tid").click()
    page.get_by_label("Hvornår passer det bedre?").fill("Helst en formiddag.")
    small.check("08-anden-tid")
    page.get_by_role("button", name="Send ønsket").click()

    expect(page.get_by_role("heading", name="Du har bedt om en anden tid.")).to_be_visible()
    expect(page.get_by_text("Helst en formiddag.")).to_be_visible()
    expect(page.get_by_text("Modtaget", exact=True)).to_be_visible(timeout=30_000)
    small.check("08-aftale-modtaget")


def test_an_appointment_that_changed_meanwhile_is_shown_anew(small: Phone) -> None:
    page = small.page
    small.log_in("Oskar")
    in_appointment(small, "Kontrol af astma")
    problem = '{"type": "x", "title": "Conflict", "status": 409, "detail": "x", "code": "stale"}'
    page.route(
        "**/answer", lambda route: route.fulfill(status=409, body=problem, content_type="application/problem+json")
    )
    page.get_by_role("button", name="Jeg kommer", exact=True).click()

    expect(page.get_by_text("Det, du så, er ændret siden.")).to_be_visible()
    page.get_by_role("button", name="Prøv igen nu").click()
    expect(page.get_by_role("button", name="Jeg kommer", exact=True)).to_be_visible()


def test_a_new_prescription_is_asked_for_and_answered(small: Phone) -> None:
    page = small.page
    in_medicine(small, "Spiriva|Metformin")
    page.get_by_role("button", name="Bed om ny recept").click()
    page.get_by_label("Besked til lægen").fill("Jeg har til en uge.")
    small.check("06-forny-recept")
    page.get_by_role("button", name="Send ønsket").click()

    expect(page.get_by_role("heading", name="Du har bedt om en ny recept")).to_be_visible()
    expect(page.get_by_text("Besvaret", exact=True)).to_be_visible(timeout=60_000)
    small.check("06-recept-besvaret")


def test_an_appointment_goes_into_the_phones_calendar(small: Phone) -> None:
    small.log_in("Karen")
    in_appointment(small, "Kontrol af KOL")

    with small.page.expect_download() as download:
        small.page.get_by_role("link", name="Læg i kalender").click()

    assert download.value.suggested_filename == "aftale.ics"
    assert b"BEGIN:VEVENT" in download.value.path().read_bytes()


def test_a_map_and_a_telephone_are_one_press_away(small: Phone) -> None:
    small.log_in("Karen")
    in_appointment(small, "Kontrol af KOL")

    place = small.page.get_by_role("link", name="Vis på kort")
    expect(place).to_have_attribute("href", re.compile(r"^https://www\.openstreetmap\.org/search\?query="))
    expect(place).to_have_attribute("rel", "noreferrer noopener")
    expect(small.page.get_by_role("link", name=re.compile("Ring 70"))).to_have_attribute("href", re.compile("^tel:70"))


def test_a_video_visit_opens_when_it_is_time_and_not_before(small: Phone) -> None:
    page = small.page
    small.log_in("Karen")
    in_appointment(small, "Samtale om vejrtrækning")
    expect(page.get_by_text(re.compile(r"Du kan åbne mødet .* fra kl\.\s13\.45"))).to_be_visible()
    expect(page.get_by_role("link", name="Åbn videomødet")).to_have_count(0)
    small.check("08-video-for-tidligt")

    held = page.evaluate("fetch(`/api/v1/session`).then(each => each.json())")["citizen"]["id"]
    listed = page.evaluate("id => fetch(`/api/v1/citizens/${id}/appointments`).then(each => each.json())", held)
    start = next(datetime.fromisoformat(each["start"]) for each in listed["appointments"] if each["video_url"])
    page.clock.install(time=start)
    page.clock.resume()
    page.reload()
    expect(page.get_by_role("link", name="Åbn videomødet")).to_have_attribute("href", re.compile("^https://"))
    small.check("08-video-aabent")


def test_paper_shows_the_card_and_nothing_to_press(small: Phone) -> None:
    page = small.page
    in_medicine(small)
    page.emulate_media(media="print")

    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_text("Sådan står der på dit medicinkort")).to_be_visible()
    expect(page.get_by_text(re.compile(r"Karen Mikkelsen\. Udskrevet fra Nærblik\s.*\s20\d\d"))).to_be_visible()
    for name in ("Udskriv", "Skriv en note", "Læs højt", "Log ud"):
        expect(page.get_by_role("button", name=name).first).to_be_hidden()
    expect(small.bar()).to_be_hidden()
    small.shoot("06-medicin-papir")
    page.emulate_media(media="screen")


def test_notes_that_cannot_be_fetched_leave_the_medicine_in_sight(small: Phone) -> None:
    small.page.route("**/notes", lambda route: route.fulfill(status=503, body="{}"))
    in_medicine(small)

    expect(small.page.get_by_role("heading", name="Vi kunne ikke hente dine noter.")).to_be_visible()
    expect(small.page.get_by_text("Sådan står der på dit medicinkort")).to_be_visible()
    small.check("06-noter-fejl")
    small.page.unroute("**/notes")
    small.page.get_by_role("button", name="Prøv igen nu").click()
    expect(small.page.get_by_role("button", name="Skriv en note")).to_be_visible()


def test_who_logs_out_is_not_asked_about_any_more_while_the_server_takes_its_time(small: Phone) -> None:
    page, asked, ends = small.page, [], []
    answer = {"message_id": "m" * 22, "appointment_key": "k", "version": "1", "said": "coming", "wish": None}
    delivery = {"status": "sent", "at": "2026-03-03T10:00:00+01:00", "outcome": None, "reply": None}
    under_way = {**answer, "made_at": "2026-03-03T10:00:00+01:00", "delivery": delivery}

    def count(route: Route) -> None:
        asked.append(len(ends))
        route.fulfill(json={"answers": [under_way]})

    page.route("**/citizens/*/answers", count)
    page.route(
        "**/session", lambda route: ends.append(route) if route.request.method == "DELETE" else route.continue_()
    )
    small.log_in("Karen")
    small.settle()
    page.get_by_role("button", name="Log ud", exact=True).first.click()
    page.wait_for_timeout(4_000)  # longer than the first two waits between the page's own looks
    [end] = ends
    end.continue_()
    small.bar().wait_for(state="detached")

    assert asked
    assert 1 not in asked
    assert small.complaints == []
