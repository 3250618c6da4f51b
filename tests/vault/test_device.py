"""What is sealed to a device opens there alone; what a device signed is verified; tokens and heads are ours."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import errors
from app.vault import device, envelope
from app.vault.device import SUITES, SuiteName
from app.vault.heads import HeadSigner
from app.vault.keys import KEY_LENGTH
from app.vault.tokens import LONGEST, Tokens
from tests.device import Keys
from tests.device import context as context_again

PARTS = st.lists(st.one_of(st.text(max_size=20), st.integers(), st.binary(max_size=20)), max_size=5)


class Root:
    """A provider whose secrets come from one word."""

    def __init__(self, word: str = "root") -> None:
        self.word = word

    def derive(self, purpose: str) -> bytes:
        """A secret for the purpose."""
        return f"{self.word} {purpose}".encode().ljust(KEY_LENGTH, b"-")[:KEY_LENGTH]

    def current(self) -> str:
        """Not asked here."""
        raise NotImplementedError

    def reload(self) -> None:
        """Not asked here."""
        raise NotImplementedError

    def wrap(self, key_id: str, data_key: bytes, bound_to: bytes) -> bytes:
        """Not asked here."""
        raise NotImplementedError

    def unwrap(self, key_id: str, wrapped: bytes, bound_to: bytes) -> bytes:
        """Not asked here."""
        raise NotImplementedError


@given(PARTS)
def test_both_sides_join_the_parts_of_a_context_alike(parts: list[str | int | bytes]) -> None:
    assert envelope.context(*parts) == context_again(*parts)


@given(PARTS, PARTS)
def test_two_contexts_never_look_alike(one: list[str | int | bytes], other: list[str | int | bytes]) -> None:
    def plain(parts: list[str | int | bytes]) -> list[bytes]:
        return [part if isinstance(part, bytes) else str(part).encode() for part in parts]

    assert (envelope.context(*one) == envelope.context(*other)) == (plain(one) == plain(other))


@pytest.mark.parametrize("suite", SUITES)
def test_what_is_sealed_to_a_device_opens_with_its_key_and_the_same_info_alone(suite: SuiteName) -> None:
    keys, other = Keys(suite), Keys(suite)
    sealed = device.seal_to(suite, keys.seal_key, b"info", b"clear")

    assert keys.open(sealed, b"info") == b"clear"
    assert sealed != device.seal_to(suite, keys.seal_key, b"info", b"clear")
    flipped = [sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :] for place in range(len(sealed))]
    for holder, content, info in [
        (other, sealed, b"info"),
        (keys, sealed, b"inf0"),
        *((keys, f, b"info") for f in flipped),
    ]:
        with pytest.raises(Exception, match=r"^$"):
            holder.open(content, info)


@pytest.mark.parametrize("suite", SUITES)
def test_a_signature_is_verified_and_every_other_is_not(suite: SuiteName) -> None:
    keys = Keys(suite)
    signature = keys.sign(b"said")
    device.verify(suite, keys.sign_key, signature, b"said")

    wrong = [
        (keys.sign_key, signature, b"sa1d"),
        (Keys(suite).sign_key, signature, b"said"),
        (keys.sign_key, signature[:-1], b"said"),
        (keys.sign_key, signature + b"\x00", b"said"),
        (keys.sign_key, bytes(64), b"said"),
        (keys.sign_key, b"\xff" * 64, b"said"),
        (keys.sign_key, b"", b"said"),
        (b"", signature, b"said"),
    ]
    for key, made, signed in wrong:
        with pytest.raises(errors.NotVerified):
            device.verify(suite, key, made, signed)


@pytest.mark.parametrize("suite", SUITES)
def test_keys_are_taken_only_as_their_suite_writes_them(suite: SuiteName) -> None:
    keys = Keys(suite)
    device.demand_keys(suite, keys.seal_key, keys.sign_key)

    for seal, sign in [
        (keys.seal_key[:-1], keys.sign_key),
        (keys.seal_key, keys.sign_key + b"\x00"),
        (bytes(len(keys.seal_key)), keys.sign_key),
        (b"", keys.sign_key),
    ]:
        with pytest.raises(errors.Invalid):
            device.demand_keys(suite, seal, sign)


def test_a_head_is_signed_with_the_installations_own_key_in_a_namespace() -> None:
    signer, again = HeadSigner(Root()), HeadSigner(Root())
    signature = signer.sign(b"{}")

    assert signer.public_key == again.public_key != HeadSigner(Root("other")).public_key
    device.verify("x25519", signer.public_key, signature, envelope.context("naerblik/head/v1", b"{}"))
    with pytest.raises(errors.NotVerified):
        device.verify("x25519", signer.public_key, signature, b"{}")


@given(st.lists(st.one_of(st.text(max_size=30), st.integers(), st.none(), st.booleans()), max_size=6))
def test_a_token_says_what_it_was_given_and_only_as_its_kind(values: list[str | int | None]) -> None:
    tokens = Tokens(Root())
    token = tokens.seal("cursor", values)

    assert tokens.open("cursor", token) == values
    with pytest.raises(errors.Invalid):
        tokens.open("ack", token)
    with pytest.raises(errors.Invalid):
        Tokens(Root("other")).open("cursor", token)


@pytest.mark.parametrize("wrong", ["", "x", "æ", "A" * 40, "A" * (LONGEST + 1), "!!!!", "\ud800"])
def test_what_is_no_token_is_refused(wrong: str) -> None:
    with pytest.raises(errors.Invalid):
        Tokens(Root()).open("cursor", wrong)


def test_a_token_with_one_letter_changed_is_refused() -> None:
    tokens = Tokens(Root())
    token = tokens.seal("cursor", ["citizen", 17])
    for place in range(len(token) - 1):  # the last letter holds bits that stand for nothing
        changed = token[:place] + ("B" if token[place] == "A" else "A") + token[place + 1 :]
        with pytest.raises(errors.Invalid):
            tokens.open("cursor", changed)
