"""The citizen's network over HTTP."""

from typing import Any

from flask.views import MethodView

from app import errors
from app.access import network as access
from app.api import current
from app.api.blueprint import Blueprint
from app.api.delegation.network_schemas import ContactSchema, NetworkSchema
from app.consent import giving
from app.delegation import network
from app.delegation.network import Contact
from app.grant import Grant

blueprint = Blueprint("network", __name__, description="Who helps a citizen, and with what.")
LONGEST_ID = 64


@blueprint.route("/citizens/<citizen_id>/network")
class NetworkView(MethodView):
    """The people who help a citizen."""

    @blueprint.response(200, NetworkSchema)
    def get(self, citizen_id: str) -> dict[str, Any]:
        """All of them to the citizen. Whoever helps sees those who help with what they may see themselves."""
        actor = current.actor()
        if actor.id == citizen_id:
            return _own(current.open_record(citizen_id, "network:read"))
        found = access.read_for(current.session(), actor, citizen_id, current.now())
        return {"people": [{**_said(each), "person": None, "has_access": None} for each in found]}


@blueprint.route("/citizens/<citizen_id>/network/<contact_id>")
class ContactView(MethodView):
    """One of them, under an id that its maker made."""

    @blueprint.arguments(ContactSchema)
    @blueprint.response(200, NetworkSchema)
    def put(self, given: dict[str, Any], citizen_id: str, contact_id: str) -> dict[str, Any]:
        """Write somebody down, or what is new about them. It gives them no access."""
        if len(contact_id) > LONGEST_ID:
            raise errors.Invalid("The id of somebody in the network has at most 64 characters.")
        grant = current.open_record(citizen_id, "network:write")
        person, subjects = given.pop("person"), frozenset(given.pop("subjects"))
        contact = Contact(id=contact_id, subjects=subjects, person_id=person, **given)
        network.keep(current.session(), grant, contact)
        return _own(grant)

    @blueprint.response(200, NetworkSchema)
    def delete(self, citizen_id: str, contact_id: str) -> dict[str, Any]:
        """Take somebody away. What they were let do is ended by itself, not here."""
        grant = current.open_record(citizen_id, "network:write")
        network.remove(current.session(), grant, contact_id)
        return _own(grant)


def _own(grant: Grant) -> dict[str, Any]:
    session = current.session()
    standing = giving.read_standing(session, grant)
    helping = {
        each.terms.event.grantee.id
        for each in standing
        if each.concerns == "delegation" and each.state == "now" and each.terms.event.grantee is not None
    }
    return {
        "people": [
            {**_said(each), "person": each.person_id, "has_access": each.person_id in helping}
            for each in network.read_own(session, grant)
        ]
    }


def _said(contact: Contact) -> dict[str, Any]:
    return {
        "id": contact.id,
        "name": contact.name,
        "relation": contact.relation,
        "phone": contact.phone,
        "helps": contact.helps,
        "subjects": sorted(contact.subjects),
    }
