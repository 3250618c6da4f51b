"""Is everything that is sealed under a data key sealed anew when keys are renewed?"""

import ast
from pathlib import Path

from sqlalchemy import LargeBinary

from app.cli.renewing import TABLES
from app.db.base import Base

# Binary columns beside a key version that are not sealed: hashes, marks, chains and public keys.
UNSEALED = {
    "item": {"mark"},
    "access_entry": {"prev", "leaf"},
    "consent_event": {"prev", "hash"},
    "citizen_number": {"blind"},
    "invitation": {"code_hash"},
    "login_session": {"token_hash"},
    "case_system": {"secret_hash"},
    "device": {"seal_key", "sign_key", "challenge_hash", "nonce_seen"},
}


def test_every_table_with_a_key_version_has_its_job() -> None:
    found = sorted(name for name, table in Base.metadata.tables.items() if "key_version" in table.columns)

    assert found == sorted(each.table.__tablename__ for each in TABLES)


def test_every_binary_column_beside_a_key_version_is_sealed_anew_or_known_not_to_be() -> None:
    for each in TABLES:
        table = each.table.__table__
        binary = {column.name for column in table.columns if isinstance(column.type, LargeBinary)}
        assert binary - UNSEALED.get(table.name, set()) == set(each.columns), table.name


def test_only_the_vault_puts_another_seal_on_a_row() -> None:
    app = Path(__file__).parent.parent.parent / "app"
    sealed = {"key_version"}.union(*(each.columns for each in TABLES))
    found = [
        f"{path.relative_to(app)}:{node.lineno}"
        for path in sorted(app.rglob("*.py"))
        if path.parent.name != "vault"
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) and node.attr in sealed
    ]

    assert found == []
