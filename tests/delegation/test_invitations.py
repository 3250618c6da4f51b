"""The stories of an invitation over HTTP: made, opened by two facts, accepted or refused, taken back, run out."""

import pytest
from sqlalchemy import text

from tests.delegation.family import BORN, Family
from tests.house import House
from tests.sync.people import Somebody, logged


@pytest.fixture
def family(house: House) -> Family:
    return Family(house)


@pytest.fixture
def light_family(light_house: House) -> Family:
    return Family(light_house)


def test_a_citizen_invites_and_the_relative_may_from_their_yes_what_was_offered_and_no_more(family: Family) -> None:
    code = family.code()
    opened = family.open(family.henrik, code.lower().replace("-", " "))

    assert opened.status_code == 200
    told = opened.get_json()
    assert (told["citizen_name"], told["state"], told["last_day"]) == ("Karen Mikkelsen", "opened", "2027-06-30")
    assert told["texts"]["da"]["actions"]["medication:read"] == "Se din medicin"
    assert "misses" not in told
    assert not family.may(family.henrik, "medication:read")

    answered = family.answer(family.henrik, told["id"])
    assert (answered.status_code, answered.get_json()["state"]) == (200, "accepted")
    assert {each for each in told["actions"] if family.may(family.henrik, each)} == set(told["actions"])
    for other in ("consents:read", "log:read", "appointments:respond", "reminders:receive"):
        assert not family.may(family.henrik, other)
    assert not family.may(family.line, "medication:read")
    [own] = family.own()
    assert (own["state"], own["last_day"], own["grantee"]["name"]) == ("now", "2027-06-30", "Henrik")
    assert [(each["kind"], each["by"]) for each in own["events"]] == [("grant", "self"), ("accept", "grantee")]
    assert all(each["receipt"] for each in own["events"])
    assert [each["state"] for each in family.invitations()] == ["accepted"]


def test_everything_about_it_stands_in_the_citizens_log_once(family: Family) -> None:
    code = family.code()
    family.open(family.henrik, code, "1951-03-20")
    told = family.open(family.henrik, code).get_json()
    for _ in range(3):
        assert family.answer(family.henrik, told["id"]).status_code == 200
    karen, henrik = family.karen.id, family.henrik.id

    assert logged(family.house, karen, "delegation:invite") == [(karen, "permitted")]
    assert logged(family.house, karen, "delegation:open") == [(henrik, "refused"), (henrik, "permitted")]
    assert logged(family.house, karen, "delegation:answer") == [(henrik, "permitted")]
    assert len(family.own()) == 1


def test_every_wrong_pair_reads_alike_and_the_fifth_closes_the_invitation(family: Family) -> None:
    code = family.code()
    wrong = [family.open(family.henrik, "00000-00000")]
    wrong += [family.open(family.henrik, code, f"1951-03-0{day}") for day in range(1, 6)]
    wrong.append(family.open(family.line, code, BORN))  # it is closed by now, also for who has both

    assert {(each.status_code, each.get_data()) for each in wrong} == {(404, wrong[0].get_data())}
    assert wrong[0].get_json()["code"] == "invitation_unknown"
    [invitation] = family.invitations()
    assert (invitation["state"], invitation["misses"]) == ("closed", 5)


def test_a_wrong_pair_counts_for_whom_it_is_of_and_no_other(light_family: Family) -> None:
    first, second = light_family.code(), light_family.code()
    light_family.open(light_family.henrik, first, "1951-03-20")

    assert {each["misses"] for each in light_family.invitations()} == {0, 1}
    assert light_family.open(light_family.henrik, second).status_code == 200


def test_whoever_comes_second_with_both_facts_learns_nothing(light_family: Family) -> None:
    code = light_family.code()
    told = light_family.open(light_family.henrik, code).get_json()

    assert light_family.open(light_family.line, code).get_json()["code"] == "invitation_unknown"
    assert light_family.answer(light_family.line, told["id"]).status_code == 404
    assert light_family.answer(light_family.henrik, told["id"]).status_code == 200
    assert not light_family.may(light_family.line, "medication:read")


def test_nobody_is_a_relative_by_their_own_invitation(light_family: Family) -> None:
    answer = light_family.open(light_family.karen, light_family.code())

    assert (answer.status_code, answer.get_json()["code"]) == (409, "invitation_own")
    assert [each["misses"] for each in light_family.invitations()] == [0]


def test_a_no_needs_no_reason_and_cannot_become_a_yes(light_family: Family) -> None:
    told = light_family.open(light_family.henrik, light_family.code()).get_json()

    assert light_family.answer(light_family.henrik, told["id"], "no").get_json()["state"] == "refused"
    assert light_family.answer(light_family.henrik, told["id"], "no").status_code == 200
    late = light_family.answer(light_family.henrik, told["id"])
    assert (late.status_code, late.get_json()["code"]) == (409, "invitation_refused")
    assert light_family.own() == []


def test_what_was_taken_back_or_has_run_out_opens_nothing(light_family: Family) -> None:
    first, second = light_family.code(), light_family.code()
    told = light_family.open(light_family.henrik, first).get_json()
    assert light_family.withdraw(told["id"], by=light_family.henrik).status_code == 403
    for _ in range(2):
        assert light_family.withdraw(told["id"]).status_code == 200

    assert light_family.answer(light_family.henrik, told["id"]).get_json()["code"] == "invitation_withdrawn"
    assert light_family.open(light_family.henrik, first).get_json()["code"] == "invitation_unknown"
    light_family.house.wait(days=7)
    light_family.henrik.log_in_again()
    light_family.karen.log_in_again()
    assert light_family.open(light_family.henrik, second).get_json()["code"] == "invitation_unknown"
    assert {each["state"] for each in light_family.invitations()} == {"expired", "withdrawn"}


def test_a_new_yes_between_the_same_two_replaces_what_stood(light_family: Family) -> None:
    light_family.accepted()
    light_family.house.wait(days=1)
    light_family.henrik.log_in_again()
    light_family.accepted(actions=["log:read"])

    assert [each["state"] for each in light_family.own()] == ["now", "replaced"]
    assert light_family.may(light_family.henrik, "log:read")
    assert not light_family.may(light_family.henrik, "medication:read")


def test_five_may_be_open_at_once_and_no_more(light_family: Family) -> None:
    codes = [light_family.code() for _ in range(5)]
    sixth = light_family.invite()
    assert (sixth.status_code, sixth.get_json()["code"]) == (409, "invitations_many")

    light_family.withdraw(light_family.invitations()[0]["id"])
    assert len({*codes, light_family.code()}) == 6


@pytest.mark.parametrize(
    "more", [{"actions": ["consents:give"]}, {"actions": []}, {"last_day": "2031-11-25"}, {"name": "  "}, {"more": 1}]
)
def test_what_cannot_be_offered_is_refused(light_family: Family, more: dict[str, object]) -> None:
    assert light_family.invite(**more).status_code == 422
    assert light_family.invitations() == []


def test_a_login_that_is_not_fresh_invites_nobody(light_family: Family) -> None:
    karen = light_family.karen
    light_family.house.wait(minutes=6)
    body = {"name": "Henrik", "actions": ["log:read"], "last_day": "2027-06-30", "language": "da"}
    answer = karen.client.post(f"/api/v1/citizens/{karen.id}/invitations", json=body, headers=karen.headers)

    assert (answer.status_code, answer.get_json()["code"]) == (403, "fresh_login_needed")


def test_nobody_invites_to_another_nor_sees_whom_they_invited(light_family: Family) -> None:
    light_family.accepted(actions=["medication:read", "consents:read", "log:read"])
    henrik, path = light_family.henrik, f"/api/v1/citizens/{light_family.karen.id}/invitations"
    body = {"name": "Line", "actions": ["log:read"], "last_day": "2027-06-30", "language": "da"}

    assert henrik.client.get(path).status_code == 403
    assert henrik.client.post(path, json=body, headers=henrik.headers).status_code == 403
    assert logged(light_family.house, light_family.karen.id, "delegation:read") == [(henrik.id, "refused")]


def test_who_tries_too_often_has_to_wait(light_family: Family) -> None:
    tried = [light_family.open(light_family.henrik, "00000-00000").status_code for _ in range(12)]

    assert tried == [404] * 10 + [429] * 2


def test_who_is_under_fifteen_invites_nobody(light_family: Family) -> None:
    oskar = Somebody(light_family.house, 2)
    answer = light_family.invite(oskar)

    assert (answer.status_code, answer.get_json()["code"]) == (409, "too_young")


def test_the_code_and_the_terms_stand_nowhere_in_clear(family: Family) -> None:
    code = family.code(name="KANARIENAVN")
    with family.house.database.reading() as session:
        rows = [tuple(row) for row in session.execute(text("SELECT * FROM invitation"))]
    kept = b" ".join(
        bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode() for value in rows[0]
    )

    for secret in (code, code.replace("-", ""), "KANARIENAVN", "medication", "2027-06-30"):
        assert secret.encode() not in kept
