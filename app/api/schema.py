"""Our Schema: unknown fields are errors, and fields keep the order in which they are written."""

import marshmallow


class Schema(marshmallow.Schema):
    """The base of every schema that goes in or out."""

    class Meta:
        """What is not named in a schema is refused."""

        unknown = marshmallow.RAISE


class ProblemSchema(Schema):
    """An error, RFC 9457."""

    type = marshmallow.fields.String(metadata={"example": "urn:naerblik:problem:not_logged_in"})
    title = marshmallow.fields.String(metadata={"example": "Unauthorized"})
    status = marshmallow.fields.Integer(metadata={"example": 401})
    detail = marshmallow.fields.String(metadata={"example": "You are not logged in. Log in and try again."})
    code = marshmallow.fields.String(metadata={"example": "not_logged_in"})
    errors = marshmallow.fields.Dict(metadata={"description": "What is wrong, by field."})
