"""`keys init`, `keys rotate`, `keys shred` and `keys list`: the keys above all others, and those under them."""

import argparse
from typing import Any

from app.cli import operator, renewing, shredding
from app.cli.installation import Installation
from app.db.session import Database
from app.vault import keys, signing_keys


def add(commands: Any) -> None:
    """The command and its verbs."""
    parser = commands.add_parser("keys", help="the installation's keys")
    verbs = parser.add_subparsers(required=True, metavar="VERB")
    verbs.add_parser("init", help="make the first key").set_defaults(command=init)
    verbs.add_parser("rotate", help="make newer keys, and seal everything anew under them").set_defaults(command=rotate)
    shredding.add(verbs)
    verbs.add_parser("list", help="list the keys, never their secrets").set_defaults(command=list_keys)


def init(_arguments: argparse.Namespace, installation: Installation) -> int:
    """Make the key file; an existing one is never overwritten."""
    installation.prepare_directory()
    keys.init_file(installation.key_file(), installation.now())
    return list_keys(_arguments, installation)


def rotate(_arguments: argparse.Namespace, installation: Installation) -> int:
    """Add a newer key, give everybody newer data keys under it, and seal all anew, while serving goes on.

    Then the key that signs retires for a new one, sealed under the newer key.
    """
    parts = installation.parts()
    keys.add_key(installation.key_file(), installation.now())
    vault = parts.vault
    vault.provider.reload()
    # As the role that owns the tables: who serves may change no entry of a log and no event, not even its seal.
    owner = Database(parts.config.owner_database_url, {"vault": vault})
    try:
        done = renewing.renew(owner, installation.now)
        with owner.transaction() as session:
            kid = signing_keys.rotate(session, installation.now())
    finally:
        owner.close()
    operator.print_json({"key": vault.provider.current(), **done, "signing_key": kid})
    return 0


def list_keys(_arguments: argparse.Namespace, installation: Installation) -> int:
    """Print the keys' ids and when they were made; the last one wraps."""
    operator.print_json({"keys": keys.FileKeys(installation.key_file()).listing})
    return 0
