"""Karen of the demo and those whom she may invite, each at a browser of their own."""

from typing import Any

from werkzeug.test import TestResponse

from app.access import service as access
from app.grant import Actor
from tests.house import House
from tests.sync.people import Somebody, with_demo

BORN = "1951-03-19"
TERMS: dict[str, Any] = {
    "name": "Henrik",
    "actions": ["medication:read", "medication:mark", "appointments:read", "offline:keep"],
    "last_day": "2027-06-30",
    "language": "da",
}


class Family:
    """Karen, her son Henrik, and Line, who is nobody to her."""

    def __init__(self, house: House) -> None:
        with_demo(house)
        self.house = house
        self.karen, self.henrik, self.line = Somebody(house), Somebody(house, 1), Somebody(house, 3)

    def invite(self, by: Somebody | None = None, **more: Any) -> TestResponse:
        """Let Karen, or somebody else, invite."""
        by = by or self.karen
        by.log_in_again()
        return by.client.post(f"/api/v1/citizens/{by.id}/invitations", json={**TERMS, **more}, headers=by.headers)

    def code(self, **more: Any) -> str:
        """The code of a new invitation of Karen's."""
        answer = self.invite(**more)
        assert answer.status_code == 201, answer.get_json()
        code: str = answer.get_json()["code"]
        return code

    def open(self, who: Somebody, code: str, born: str = BORN) -> TestResponse:
        """Let somebody open an invitation by two facts."""
        return who.client.post("/api/v1/invitations/opening", json={"code": code, "born": born}, headers=who.headers)

    def answer(self, who: Somebody, invitation_id: str, answer: str = "yes") -> TestResponse:
        """Let somebody answer an invitation."""
        said = {"answer": answer, "language": "da"}
        return who.client.put(f"/api/v1/invitations/{invitation_id}/answer", json=said, headers=who.headers)

    def accepted(self, who: Somebody | None = None, **more: Any) -> str:
        """Invite, open and accept; the id of the delegation."""
        who = who or self.henrik
        opened = self.open(who, self.code(**more)).get_json()
        assert self.answer(who, opened["id"]).status_code == 200
        return next(each["grant_id"] for each in self.own() if each["state"] == "now")

    def invitations(self) -> list[dict[str, Any]]:
        """Karen's invitations as she sees them."""
        listed = self.karen.client.get(f"/api/v1/citizens/{self.karen.id}/invitations")
        assert listed.status_code == 200
        found: list[dict[str, Any]] = listed.get_json()["invitations"]
        return found

    def withdraw(self, invitation_id: str, by: Somebody | None = None) -> TestResponse:
        """Take an invitation back."""
        by = by or self.karen
        path = f"/api/v1/citizens/{self.karen.id}/invitations/{invitation_id}"
        return by.client.delete(path, headers=by.headers)

    def own(self) -> list[dict[str, Any]]:
        """Karen's delegations as she sees them among her consents."""
        told = self.karen.client.get(f"/api/v1/citizens/{self.karen.id}/consents").get_json()["own"]
        return [each for each in told if each["concerns"] == "delegation"]

    def may(self, who: Somebody, action: str, of: Somebody | None = None) -> bool:
        """Whether somebody may do something with Karen's data now, as a relative."""
        with self.house.database.reading() as session:
            actor, citizen_id = Actor(who.id, "citizen"), (of or self.karen).id
            decided = access.decide(session, actor, citizen_id, action, "relative", self.house.at)
        return decided.decision.outcome == "permit"
