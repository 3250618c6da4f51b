"""What the demo's Karen was asked, said yes to and blocked: once, by the ordinary rules, and hers to change."""

from app import clock
from app.access import service as access
from app.cli import demo
from app.consent import giving, requests
from app.gateways.demo import agreed, people, today
from app.grant import Actor
from app.identity import citizens
from tests.house import CommandLine, House


def karen(house: House) -> str:
    with house.database.reading() as session:
        found = citizens.find(session, people.KAREN.number)
    assert found is not None
    return found


def standing(house: House) -> tuple[list[tuple[str, str]], list[tuple[str, str | None]]]:
    """What she gave and how it stands, and what she was asked and answered."""
    me = karen(house)
    with house.open(me, "consents:read", Actor(me, "citizen")) as (session, grant):
        own = [(each.concerns, each.state) for each in giving.read_standing(session, grant)]
        return own, [(each.template, each.answer) for each in requests.read_requests(session, grant)]


def test_karen_has_one_consent_one_block_and_one_question(light_house: House) -> None:
    demo.put_in(CommandLine(light_house))

    own, asked = standing(light_house)
    assert own == [("block", "now"), ("consent", "now")]
    assert asked == [("medicin-hjemmehjaelp", None), ("kvalitet-og-laering", "yes")]


def test_what_she_has_answered_since_stays_on_every_later_day(light_house: House) -> None:
    demo.put_in(CommandLine(light_house))
    me = karen(light_house)
    with light_house.open(me, "consents:refuse", Actor(me, "citizen")) as (session, grant):
        giving.refuse_request(session, grant, f"demo-{people.KAREN.id}-medicin-hjemmehjaelp")
    before = standing(light_house)

    for _ in range(2):
        light_house.wait(hours=24)
        demo.put_in(CommandLine(light_house))
        assert standing(light_house) == before


def test_the_block_shuts_the_year_it_names_and_the_hospital_may_use_the_consent(light_house: House) -> None:
    demo.put_in(CommandLine(light_house))
    me = karen(light_house)
    with light_house.database.reading() as session:
        decided = access.decide(session, agreed.HOSPITAL, me, "medication:read", "quality", light_house.at)
        unasked = access.decide(session, agreed.MUNICIPALITY, me, "medication:read", "casework", light_house.at)
    assert (decided.decision.reason, unasked.decision.reason) == ("grant", "default")
    assert agreed.BLOCKED.last is not None
    assert agreed.BLOCKED.last < today.of(light_house.at).on
    assert clock.civil_date(light_house.at).year > agreed.BLOCKED.last.year
