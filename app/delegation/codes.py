"""The code of an invitation: fifty random bits that can be read aloud, and read back as people write them."""

import secrets

# Crockford's base 32: without I, L, O and U, so that no letter is taken for a digit, and no word comes about by chance.
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 10
HALF = LENGTH // 2
_READ = {**{letter: letter for letter in LETTERS}, "I": "1", "L": "1", "O": "0"}


def make() -> str:
    """A new code, as it is shown: two groups of five, as ``7KQ2M-9XD4T``."""
    letters = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
    return f"{letters[:HALF]}-{letters[HALF:]}"


def read(written: str) -> str | None:
    """The ten letters of a code as somebody wrote it, in any case, with or without its hyphen; None for no code."""
    letters = [_READ.get(letter) for letter in written.upper() if letter not in "- \t"]
    if len(letters) != LENGTH or None in letters:
        return None
    return "".join(letter for letter in letters if letter)
