"""The whole story in words of one language, and two ways of pressing: by touch and by keyboard."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Locator, expect

from tests.browser.phone import Phone

Press = Callable[[Locator], None]


@dataclass(frozen=True)
class Words:
    """What the story looks for on the screen."""

    language: str
    prefix: str
    today: str
    medication: str
    appointments: str
    consents: str
    more: str
    write: str
    field: str
    question: str
    save: str
    remove: str
    really: str
    change: str
    again: str
    coming: str
    given: str
    answered: str
    asked: str
    log: str
    log_out: str


DANISH = Words(
    language="Dansk",
    prefix="",
    today="I dag",
    medication="Medicin",
    appointments="Aftaler",
    consents="Samtykker",
    more="Mere",
    write="Skriv en note",
    field="Din note",
    question="Et spørgsmål til næste besøg",
    save="Gem",
    remove="Slet noten",
    really="Ja, slet noten",
    change="Ret dit svar",
    again="Svar igen",
    coming="Jeg kommer",
    given="Du har svaret, at du kommer.",
    answered="Besvaret",
    asked="Det vil du spørge om",
    log="Hvem har kigget",
    log_out="Log ud",
)
ENGLISH = Words(
    language="English",
    prefix="en-",
    today="Today",
    medication="Medicine",
    appointments="Appointments",
    consents="Consents",
    more="More",
    write="Write a note",
    field="Your note",
    question="A question for the next visit",
    save="Save",
    remove="Delete the note",
    really="Yes, delete the note",
    change="Change your answer",
    again="Answer again",
    coming="I am coming",
    given="You answered that you are coming.",
    answered="Answered",
    asked="You want to ask about",
    log="Who has looked",
    log_out="Log out",
)


def by_touch(target: Locator) -> None:
    """Tap it."""
    target.tap()


def by_keyboard(target: Locator) -> None:
    """Go on with the Tab key until it has the focus, as somebody without a mouse does, and press it."""
    target.wait_for()
    page = target.page
    for _ in range(150):
        if target.evaluate("each => each === document.activeElement"):
            page.keyboard.press("Space" if target.evaluate("each => each.matches('input, button')") else "Enter")
            return
        # Radio buttons of one group share a place in the order; the arrows choose among them.
        is_beside = "each => each.type === 'radio' && document.activeElement.name === each.name"
        page.keyboard.press("ArrowDown" if target.evaluate(is_beside) else "Tab")
    raise AssertionError(f"the keyboard never comes to {target}")


class Story:
    """One telling of it, step by step."""

    def __init__(self, phone: Phone, words: Words, press: Press) -> None:
        self._phone, self._page, self._words, self._press = phone, phone.page, words, press

    def at_the_door(self) -> None:
        """The first page, in the language of this telling."""
        self._phone.open()
        other = self._page.get_by_role("button", name=self._words.language, exact=True)
        if other.count():
            self._press(other)
            other.wait_for(state="detached")

    def today(self) -> None:
        """I dag, which opens after the login."""
        self._phone.bar().locator("a[aria-current=page]", has_text=self._words.today).wait_for()
        self._check("03-i-dag-i-historien")

    def _check(self, name: str) -> None:
        self._phone.check(self._words.prefix + name)

    def go(self, name: str) -> None:
        """To a place of the bottom bar."""
        self._press(self._phone.place(name))
        self._phone.bar().locator("a[aria-current=page]", has_text=name).wait_for()
        self._phone.settle()

    def medicine_with_a_question(self, medicine: str, question: str) -> None:
        """From the card into a medicine, and a question for the next visit on it."""
        page, words = self._page, self._words
        self.go(words.medication)
        self._press(page.get_by_role("link", name=re.compile(medicine)).first)
        expect(page.get_by_role("heading", level=1)).to_contain_text(medicine)
        self._press(page.get_by_role("button", name=words.write))
        page.get_by_label(words.field).fill(question)
        self._press(page.get_by_label(words.question))
        self._press(page.get_by_role("button", name=words.save, exact=True))
        expect(page.get_by_text(question)).to_be_visible()
        self._check("06-medicin-med-note")

    def answered_appointment(self, appointment: str, question: str, *, to_the_end: bool) -> None:
        """From the appointments into one, the questions for it, and an answer that arrives."""
        page, words = self._page, self._words
        self.go(words.appointments)
        self._press(page.get_by_role("link", name=re.compile(appointment)).first)
        expect(page.get_by_role("heading", name=words.asked)).to_be_visible()
        expect(page.get_by_text(question)).to_be_visible()
        again = page.get_by_role("button", name=re.compile(f"{words.change}|{words.again}"))
        coming = page.get_by_role("button", name=words.coming, exact=True)
        again.or_(coming).first.wait_for()
        if again.count():
            self._press(again)
        self._press(coming)
        expect(page.get_by_role("heading", name=words.given)).to_be_visible()
        if to_the_end:
            expect(page.get_by_text(words.answered, exact=True)).to_be_visible(timeout=60_000)
        self._check("08-aftale-besvaret")

    def taken_back_question(self, medicine: str) -> None:
        """The question goes again."""
        page, words = self._page, self._words
        self.go(words.medication)
        self._press(page.get_by_role("link", name=re.compile(medicine)).first)
        self._press(page.get_by_role("button", name=words.remove).first)
        self._press(page.get_by_role("button", name=words.really))
        expect(page.get_by_role("button", name=words.really)).to_have_count(0)

    def consents_and_log(self) -> None:
        """A consent, and who has looked."""
        page, words = self._page, self._words
        self.go(words.consents)
        self._press(page.locator("main ul.rows a").first)
        self._check("09-samtykke")
        self.go(words.more)
        self._press(page.get_by_role("main").get_by_role("link", name=re.compile(words.log)))
        self._check("12-hvem-har-kigget")

    def out(self) -> None:
        """Out, and nothing of the person left on the screen."""
        self._press(self._page.get_by_role("button", name=self._words.log_out, exact=True).first)
        self._phone.bar().wait_for(state="detached")
        self._phone.settle()
