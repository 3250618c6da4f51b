"""What tests of marked doses share: a time of the day on the phone, and where on the page a dose and a message are."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import Locator, Page

from tests.browser.phone import Phone

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
ASKED = re.compile(r"^Har du taget")


def yesterday(hour: int, minute: int = 0) -> datetime:
    """A time of yesterday, so that the server never takes it for one to come."""
    day = datetime.now(COPENHAGEN) - timedelta(days=1)
    return day.replace(hour=hour, minute=minute, second=0, microsecond=0)


def turn_to(phone: Phone, at: datetime) -> None:
    """Let the page begin anew at that time."""
    phone.page.clock.set_fixed_time(at)
    phone.page.reload()
    phone.page.get_by_role("heading", level=1).wait_for()
    phone.settle()


def group_of(page: Page, heading: str) -> Locator:
    """The part of the day, or another section, under a heading that begins so."""
    return page.locator("section").filter(has=page.get_by_role("heading", name=re.compile(f"^{heading}"), level=2))


def toast(page: Page) -> Locator:
    """The short message about what was just done."""
    return page.locator(".toast")
