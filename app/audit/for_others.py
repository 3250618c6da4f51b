"""What a relative who may read a citizen's access log sees of it: never another relative, nor that one was invited."""

from sqlalchemy.orm import Session

from app.audit import service
from app.audit.entry import AccessEntry
from app.audit.service import LogPage
from app.grant import Grant


def read_page(session: Session, grant: Grant, before: int | None, limit: int) -> LogPage:
    """A part of the log as ``service.read_page`` gives it, without the entries about others whom the citizen lets in.

    A part is empty only where there is nothing older, so that its last entry always asks for the next one.
    """
    page = service.read_page(session, grant, before, limit)
    while True:
        kept = [each for each in page.entries if _is_open(each.entry, grant)]
        if kept or not page.more:
            return LogPage(kept, page.more)
        page = service.read_page(session, grant, page.entries[-1].seq, limit)


def _is_open(entry: AccessEntry, grant: Grant) -> bool:
    is_another = entry.role == "citizen" and entry.actor not in (grant.citizen_id, grant.actor.id)
    return not is_another and entry.category != "delegation"
