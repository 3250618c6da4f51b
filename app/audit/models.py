"""The log's rows: one head per citizen that orders and locks, and one sealed entry per access."""

from datetime import datetime

from sqlalchemy import BigInteger, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, Instant


class SubjectHead(Base):
    """How many entries a citizen's log has and the hash of its last one. Its row is the citizen's lock.

    ``in_tree``: how many of them are leaves of the tree; who has more is found by an index of those alone.
    """

    __tablename__ = "subject_head"
    __table_args__ = (
        Index(None, "citizen_id", sqlite_where=text("count > in_tree"), postgresql_where=text("count > in_tree")),
    )

    citizen_id: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int] = mapped_column(BigInteger)
    head: Mapped[bytes] = mapped_column(LargeBinary)
    in_tree: Mapped[int] = mapped_column(BigInteger, server_default="0")


class AccessEntryRow(Base):
    """One entry: sealed text, and in clear only what the chain and its order need."""

    __tablename__ = "access_entry"
    __table_args__ = (UniqueConstraint("citizen_id", "nonce"),)

    citizen_id: Mapped[str] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    nonce: Mapped[str]
    key_version: Mapped[int]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    prev: Mapped[bytes] = mapped_column(LargeBinary)
    leaf: Mapped[bytes] = mapped_column(LargeBinary)
    recorded_at: Mapped[datetime] = mapped_column(Instant)


class LogTree(Base):
    """One row, ``id`` 1: the tree over the entries of all logs, how many leaves it has, and under which name it signs.

    Whoever makes the tree grow holds it until they commit. ``origin`` is None until there is a first leaf; ``signed``
    is the size of the newest checkpoint, 0 where there is none.
    """

    __tablename__ = "log_tree"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    origin: Mapped[str | None]
    size: Mapped[int] = mapped_column(BigInteger)
    signed: Mapped[int] = mapped_column(BigInteger, server_default="0")


class LogLeaf(Base):
    """One leaf of the tree: the hash of an entry, and whose it is.

    When a citizen is shredded the hash stays, so that all proofs hold, and whose it was goes; ``shredded`` is then a
    keyed hash which shows that this was done here.
    """

    __tablename__ = "log_leaf"
    __table_args__ = (UniqueConstraint("citizen_id", "seq"),)

    position: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    citizen_id: Mapped[str | None]
    seq: Mapped[int | None] = mapped_column(BigInteger)
    hash: Mapped[bytes] = mapped_column(LargeBinary)
    shredded: Mapped[bytes | None] = mapped_column(LargeBinary)


class LogTile(Base):
    """256 hashes that stand side by side, and the root over them: of leaves at level 0, above that of tiles' roots.

    Only full ones are kept; what is not full yet is found from what lies below.
    """

    __tablename__ = "log_tile"

    level: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    hashes: Mapped[bytes] = mapped_column(LargeBinary)
    root: Mapped[bytes] = mapped_column(LargeBinary)


class CheckpointRow(Base):
    """What was signed of the tree when it had this size: its root, and the note as it is handed out.

    ``previous`` is the size of the checkpoint before it, 0 for the first, so that one that is taken out is missed.
    """

    __tablename__ = "checkpoint"

    size: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    previous: Mapped[int] = mapped_column(BigInteger, server_default="0")
    root: Mapped[bytes] = mapped_column(LargeBinary)
    note: Mapped[str]
    made_at: Mapped[datetime] = mapped_column(Instant)


class LogMap(Base):
    """One head map: where every log ended on a day. Its root is the leaf at ``position`` of the tree.

    ``size`` counts its leaves; ``root`` is over them.
    """

    __tablename__ = "log_map"

    day: Mapped[str] = mapped_column(primary_key=True)
    size: Mapped[int] = mapped_column(BigInteger)
    root: Mapped[bytes] = mapped_column(LargeBinary)
    position: Mapped[int] = mapped_column(BigInteger, unique=True)
    made_at: Mapped[datetime] = mapped_column(Instant)


class LogMapChunk(Base):
    """Up to 4,096 leaves of a head map, in the order of their tags, and the root over them; ``first`` is a tag."""

    __tablename__ = "log_map_chunk"

    day: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    first: Mapped[bytes] = mapped_column(LargeBinary)
    leaves: Mapped[bytes] = mapped_column(LargeBinary)
    root: Mapped[bytes] = mapped_column(LargeBinary)


class Cosignature(Base):
    """The line by which a witness cosigned the checkpoint of this size."""

    __tablename__ = "cosignature"

    size: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    witness: Mapped[str] = mapped_column(primary_key=True)
    line: Mapped[str]
    made_at: Mapped[datetime] = mapped_column(Instant)


class LogAlarm(Base):
    """A log whose counter and rows differ: since when that is known, what was counted, and what was found.

    ``settled_at`` None: it still is so, and nothing of the log is forgotten meanwhile.
    """

    __tablename__ = "log_alarm"

    id: Mapped[str] = mapped_column(primary_key=True)
    citizen_id: Mapped[str]
    raised_at: Mapped[datetime] = mapped_column(Instant)
    counted: Mapped[int] = mapped_column(BigInteger)
    found: Mapped[int] = mapped_column(BigInteger)
    settled_at: Mapped[datetime | None] = mapped_column(Instant)
