"""The migration of ended epochs and outcomes, up and down with data in it."""

from sqlalchemy import inspect, text

from app.db import migrate
from app.db.session import Database

ALARM = "INSERT INTO shelf_alarm (id, citizen_id, epoch, raised_at) VALUES (:id, 'c', :epoch, :at)"
DEVICE = (
    "INSERT INTO device (id, citizen_id, suite, seal_key, sign_key, key_version, sealed, state, enrolled_at, seen_at, "
    "signed_in_at, nonce_high, nonce_seen, low_mid) "
    "VALUES ('d', 'c', 'x25519', :b, :b, 1, :b, 'active', :at, :at, :at, 0, :b, 0)"
)
ACT = (
    "INSERT INTO applied (device_id, mid, space, payload_hash, outcome, epoch, seq, chain, decided_at) "
    "VALUES ('d', 1, 'c', :b, 'applied', 7, 1, :b, :at)"
)


def test_the_twelfth_migration_keeps_which_epochs_are_over_and_what_was_answered(empty: Database) -> None:
    migrate.upgrade(empty.engine, "0011")
    row = {"b": b"x", "at": "2026-01-01 00:00:00"}
    with empty.transaction() as session:
        for number, epoch in enumerate([7, 7, None]):
            session.execute(text(ALARM), {"id": str(number), "epoch": epoch, "at": row["at"]})
        session.execute(text("INSERT INTO citizen (id, created_at) VALUES ('c', :at)"), row)
        session.execute(text(DEVICE), row)
        session.execute(text(ACT), row)
    migrate.upgrade(empty.engine, "0012")
    with empty.reading() as session:
        ended = [tuple(each) for each in session.execute(text("SELECT citizen_id, epoch FROM ended_epoch"))]
        acts = [tuple(each) for each in session.execute(text("SELECT mid, outcome FROM applied"))]
        alarms = session.execute(text("SELECT count(*) FROM shelf_alarm")).scalar()
    migrate.downgrade(empty.engine, "0011")
    columns = {each["name"] for each in inspect(empty.engine).get_columns("applied")}
    empty.close()

    assert (ended, acts, alarms) == ([("c", 7)], [(1, "applied")], 3)
    assert {"epoch", "seq", "chain"} <= columns
