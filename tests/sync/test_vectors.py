"""The known answers of docs/protocol.md, by the app and the headless device; static/src/vault reads the same file."""

import json
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import load_der_private_key

from app import errors
from app.vault import device as device_keys
from app.vault import envelope, padding
from tests.cases.make_sync_vectors import FILE, made
from tests.device import Device, Keys, NotAccepted, mark_of, unb64

VECTORS: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
ANSWERS = pytest.mark.parametrize("answer", VECTORS["answers"], ids=[each["suite"] for each in VECTORS["answers"]])


def _never(*_: Any) -> Any:
    raise AssertionError("nothing is to be sent")


def _device(answer: dict[str, Any]) -> Device:
    device = Device(_never, answer["suite"])
    device.keys.private = load_der_private_key(unb64(answer["seal_private"]), None)
    device.id, device.server_key = answer["device"], unb64(answer["server_key"])
    return device


def test_contexts_and_lengths() -> None:
    for each in VECTORS["contexts"]:
        assert envelope.context(*each["parts"]).hex() == each["hex"]
    for each in VECTORS["lengths"]:
        assert len(padding.pad(bytes(each["content"]))) == each["padded"]


def test_marks_and_their_digest() -> None:
    view, folded = VECTORS["view"], 0
    for row in view["rows"]:
        mark = mark_of(unb64(view["mark_key"]), row["collection"], row["key"], row["body"].encode())
        assert mark.hex() == row["mark"]
        folded ^= int.from_bytes(mark, "big")
    assert f"{folded:032x}" == view["digest"]


@ANSWERS
def test_an_answer_opens_for_its_request_and_for_no_other(answer: dict[str, Any]) -> None:
    device, request, nonce = _device(answer), answer["request"].encode(), unb64(answer["nonce"])
    sealed = unb64(answer["sealed"])

    head, rows = device.accept(sealed, answer["path"], nonce, request)

    assert (head, b"\n".join(rows).decode()) == (answer["head"], answer["rows"])
    flipped = bytes([*sealed[:-1], sealed[-1] ^ 1])
    for content, path, spoken, body in [
        (flipped, answer["path"], nonce, request),
        (sealed, "/api/v1/sync/push", nonce, request),
        (sealed, answer["path"], bytes(16), request),
        (sealed, answer["path"], nonce, request + b" "),
    ]:
        with pytest.raises(NotAccepted):
            device.accept(content, path, spoken, body)


@ANSWERS
def test_a_request_is_signed_by_its_device(answer: dict[str, Any]) -> None:
    public, signature = unb64(answer["sign_public"]), unb64(answer["request_signature"])
    device_keys.verify(answer["suite"], public, signature, bytes.fromhex(answer["signed"]))
    with pytest.raises(errors.NotVerified):
        device_keys.verify(answer["suite"], public, signature, bytes.fromhex(answer["signed"]) + b"\0")


def test_the_file_is_of_the_form_that_is_written_now() -> None:
    fresh = made()
    assert fresh["contexts"] == VECTORS["contexts"]
    assert fresh["lengths"] == VECTORS["lengths"]
    assert fresh["view"] == VECTORS["view"]
    assert [sorted(each) for each in fresh["answers"]] == [sorted(each) for each in VECTORS["answers"]]


def test_keys_of_the_vectors_are_of_the_suites_named() -> None:
    for answer in VECTORS["answers"]:
        keys = Keys(answer["suite"])
        assert (len(keys.seal_key), len(keys.sign_key)) == (
            len(unb64(answer["seal_public"])),
            len(unb64(answer["sign_public"])),
        )
