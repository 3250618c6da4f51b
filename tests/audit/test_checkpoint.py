"""Checkpoints and cosignatures: values from elsewhere, and every bit counts."""

import base64
import hashlib
from datetime import UTC, datetime

import pytest

from app import errors
from app.audit import checkpoint as checkpoints
from app.audit import signed_note
from app.audit.checkpoint import Checkpoint
from app.vault import note_keys
from app.vault.note_keys import NoteSigner

# RFC 8032, 7.1, tests 1 and 2.
SECRET = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
PUBLIC = bytes.fromhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
OTHER = bytes.fromhex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")
LOG, WITNESS = NoteSigner(SECRET), NoteSigner(OTHER)
AT = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
SAID = Checkpoint("naerblik.example/log", 7, hashlib.sha256(b"root").digest())
KEY = checkpoints.log_key(SAID.origin, LOG)
SIGNED = checkpoints.sign(SAID, LOG).to_bytes()


def test_a_note_that_others_signed_is_read_and_verified() -> None:
    # The example of Go's package note.
    key = signed_note.key("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")
    text = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
    line = (
        "\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNX"
        "gKvqfqdngotpRZb6KE6RyyBwJnAM="
    )

    read = signed_note.read(f"{text}\n{line}\n".encode())

    assert (read.text, key.text()) == (text, "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")
    note_keys.verify(key.public, signed_note.of_key(read.lines, key).signature, read.text.encode())


def test_a_checkpoint_is_written_as_by_hand() -> None:
    text = "naerblik.example/log\n7\nSBNJTRN+FjG7owHVrKtue7eqdM4RhdRWVl71HXN2d7I=\n"
    key_id = hashlib.sha256(b"naerblik.example/log\n\x01" + PUBLIC).digest()[:4]
    whole, line = SIGNED.decode().split("\n\n")

    assert LOG.public_key == PUBLIC
    assert f"{whole}\n" == text
    assert line.startswith("\u2014 naerblik.example/log ")
    made = base64.b64decode(line.split(" ")[2])
    assert made[:4] == key_id
    note_keys.verify(PUBLIC, made[4:], text.encode())


def test_the_log_s_own_checkpoint_is_read_back() -> None:
    assert checkpoints.read(SIGNED, KEY).checkpoint == SAID


def test_every_flipped_bit_of_a_checkpoint_is_refused() -> None:
    for at in range(8 * len(SIGNED)):
        spoiled = bytearray(SIGNED)
        spoiled[at // 8] ^= 1 << at % 8
        with pytest.raises(errors.NotVerified):
            checkpoints.read(bytes(spoiled), KEY)


@pytest.mark.parametrize(
    "text",
    [
        "naerblik.example/log\n07\n{root}\n",
        "naerblik.example/log\n7\n{root}\nmore\n",
        "naerblik.example/log\n-7\n{root}\n",
        "naerblik.example/log\n7\n\n",
        "naerblik.example/log\n7\n",
        "naerblik.example/log\n٧\n{root}\n",
        "other.example/log\n7\n{root}\n",
    ],
)
def test_what_is_signed_and_written_otherwise_is_no_checkpoint(text: str) -> None:
    text = text.format(root=base64.b64encode(SAID.root).decode())
    signed = signed_note.SignedNote(text, (signed_note.Line(KEY.name, KEY.id, LOG.sign(text.encode())),)).to_bytes()

    with pytest.raises(errors.NotVerified):
        checkpoints.read(signed, KEY)


def test_a_checkpoint_that_nobody_or_somebody_else_signed_is_refused() -> None:
    unsigned = SIGNED[: SIGNED.index(b"\n\n") + 2]
    others = checkpoints.sign(SAID, WITNESS).to_bytes()
    renamed = signed_note.SignedNote(
        SAID.text(), (signed_note.Line(KEY.name, KEY.id, WITNESS.sign(SAID.text().encode())),)
    ).to_bytes()

    for content in (b"", b"\n\n", b"\xff", unsigned, others, renamed, SIGNED[:-1], SIGNED + b"\n"):
        with pytest.raises(errors.NotVerified):
            checkpoints.read(content, KEY)


def test_a_cosignature_names_its_time_and_every_bit_of_it_counts() -> None:
    key = checkpoints.witness_key("witness.example", WITNESS)
    line = checkpoints.cosign(SAID.text(), "witness.example", WITNESS, AT)
    signed = f"cosignature/v1\ntime 1795599000\n{SAID.text()}".encode()

    assert (AT.timestamp(), line.signature[:8]) == (1795599000, (1795599000).to_bytes(8, "big"))
    note_keys.verify(WITNESS.public_key, line.signature[8:], signed)
    assert checkpoints.cosigned_at(SAID.text(), signed_note.line(line.text()), key) == AT
    content = line.text().encode()
    for at in range(8 * len(content)):
        spoiled = bytearray(content)
        spoiled[at // 8] ^= 1 << at % 8
        with pytest.raises((errors.NotVerified, UnicodeDecodeError)):
            checkpoints.cosigned_at(SAID.text(), signed_note.line(bytes(spoiled).decode()), key)


def test_a_cosignature_is_of_one_text_and_no_log_s_signature() -> None:
    key = checkpoints.witness_key("witness.example", WITNESS)
    line = checkpoints.cosign(SAID.text(), "witness.example", WITNESS, AT)
    plain = signed_note.Key("witness.example", signed_note.SIGNATURE, WITNESS.public_key)

    assert key.id != plain.id
    for text, by in ((SAID.text() + "x", key), (SAID.text(), plain), (SAID.text(), KEY)):
        with pytest.raises(errors.NotVerified):
            checkpoints.cosigned_at(text, line, by)


def test_a_key_that_was_mistyped_is_none() -> None:
    text = KEY.text()
    assert signed_note.key(text) == KEY
    for spoiled in ("", "a+b", text[:-1], text.replace("+", " "), text.replace("naerblik", "naerblok"), f"{text}=="):
        with pytest.raises(errors.NotVerified):
            signed_note.key(spoiled)
