"""What stays of a shredded citizen's log: the hashes in the tree, without whose they are, so that every proof holds."""

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from app.audit import service
from app.audit.models import LogLeaf
from app.db.base import table_of
from app.vault import service as vault

_LEAF = table_of(LogLeaf)
_LET_GO = (
    update(_LEAF)
    .where(_LEAF.c.position == bindparam("at"))
    .values(citizen_id=None, seq=None, shredded=bindparam("sign"))
)


def let_go(session: Session, citizen_id: str) -> None:
    """Forget whose the leaves of a citizen's log are, before everything that names the citizen is deleted.

    As the role that owns the tables. Each leaf then bears a sign that only this installation can make.
    """
    service.lock_known(session, citizen_id)  # or the tree could grow by an entry of theirs meanwhile
    asked = select(_LEAF.c.position, _LEAF.c.hash).where(_LEAF.c.citizen_id == citizen_id)
    signs = [{"at": each.position, "sign": sign_of(session, *each)} for each in session.execute(asked)]
    if signs:
        session.execute(_LET_GO, signs)


def sign_of(session: Session, position: int, leaf: bytes) -> bytes:
    """The keyed hash which shows that this leaf was let go here."""
    return vault.of(session).own_rows.of("shredded leaf", position, leaf)
