"""What goes out about the session of this browser."""

from marshmallow import fields

from app.api.schema import Schema


class SessionCitizenSchema(Schema):
    """The citizen who is logged in."""

    id = fields.String(required=True, metadata={"example": "5f0c6a0f9d1b4f0e8a7c2d3b4e5f6a7b"})
    name = fields.String(required=True, allow_none=True, metadata={"example": "Karen Mikkelsen"})
    born = fields.String(required=True, allow_none=True, metadata={"example": "1951-03-14"})


class SessionStaffSchema(Schema):
    """The caseworker who is logged in."""

    name = fields.String(required=True, metadata={"example": "Birgit Nørlund"})
    organisation = fields.String(required=True, metadata={"example": "cvr:20202020"})
    organisation_name = fields.String(required=True, metadata={"example": "Bakkeby Kommune"})
    units = fields.List(
        fields.String(), required=True, metadata={"example": [], "description": "what parts of it the role is for"}
    )


class SessionSchema(Schema):
    """Whether somebody is logged in, and what the page must send along when it changes something."""

    logged_in = fields.Boolean(required=True, metadata={"example": True})
    mode = fields.String(required=True, metadata={"enum": ["demo", "production"], "example": "demo"})
    oidc = fields.Boolean(
        required=True, metadata={"description": "Whether one can log in at `/api/v1/login/oidc`.", "example": True}
    )
    csrf = fields.String(
        required=True,
        allow_none=True,
        metadata={
            "description": "Send it as X-CSRF-Token with every request that changes something.",
            "example": "9f…",
        },
    )
    authenticated_at = fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "When the citizen showed who they are.", "example": "2026-11-25T09:30:00Z"},
    )
    citizen = fields.Nested(SessionCitizenSchema, required=True, allow_none=True)
    staff = fields.Nested(
        SessionStaffSchema,
        required=True,
        allow_none=True,
        metadata={"description": "A caseworker who is logged in; then nobody is logged in as a citizen."},
    )
    staff_oidc = fields.Boolean(
        required=True,
        metadata={"description": "Whether staff can log in at `/api/v1/login/staff`.", "example": True},
    )
    has_device = fields.Boolean(
        required=True,
        metadata={
            "description": "Whether this browser was made a device of the citizen's that is in use.",
            "example": False,
        },
    )
    helps = fields.Boolean(
        required=True,
        metadata={
            "description": "Whether somebody ever let this citizen help them; who does now is at `/api/v1/helped`.",
            "example": False,
        },
    )
