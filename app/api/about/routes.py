"""Who runs this installation, over HTTP."""

from flask.views import MethodView

from app.api import current
from app.api.about.schemas import AboutSchema
from app.api.blueprint import Blueprint

blueprint = Blueprint("about", __name__, description="Who runs this installation.")


@blueprint.route("/about")
class AboutView(MethodView):
    """This installation."""

    @blueprint.response(200, AboutSchema)
    def get(self) -> dict[str, str | None]:
        """Who runs it and how to reach them, where they have said so."""
        config = current.config()
        return {"run_by": config.run_by, "contact": config.contact}
