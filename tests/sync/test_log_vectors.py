"""The known answers about a log: by the app, by the headless device, and as they are defined."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from app.audit import checkpoint as checkpoints
from app.audit import entry as entries
from app.audit import head_map, signed_note, tree
from app.audit.head_map import MapLeaf, MapRoot
from tests.cases.make_log_vectors import FILE, made
from tests.device import unb64
from tests.log_keeper import Broken, LogKeeper

VECTORS: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
FIRST, SECOND = VECTORS["answers"]


def test_the_file_is_what_is_defined() -> None:
    assert made() == VECTORS


def test_the_device_checks_both_answers_in_their_order_and_not_the_second_alone() -> None:
    keeper = LogKeeper()
    for answer in VECTORS["answers"]:
        assert keeper.request() == answer["request"]
        keeper.take(answer["head"], [each.encode() for each in answer["rows"]])

    assert keeper.leaves == [unb64(each) for each in VECTORS["leaves"]]
    with pytest.raises(Broken):
        LogKeeper().take(SECOND["head"], [each.encode() for each in SECOND["rows"]])
    with pytest.raises(Broken):
        keeper.take(FIRST["head"], [])


def test_the_app_hashes_entries_alike() -> None:
    prev = entries.EMPTY
    rows = [row.encode() for answer in VECTORS["answers"] for row in answer["rows"]]
    for seq, (row, expected) in enumerate(zip(rows, VECTORS["leaves"], strict=True), start=1):
        prev = entries.leaf_of(row, unb64(VECTORS["tag"]), seq, prev)
        assert prev == unb64(expected)


def test_the_app_reads_both_checkpoints_and_the_witness() -> None:
    key, witness = signed_note.key(VECTORS["log_key"]), signed_note.key(VECTORS["witness_key"])
    old, new = (checkpoints.read(each["head"]["checkpoint"].encode(), key) for each in VECTORS["answers"])
    leaves = [unb64(each) for each in VECTORS["tree"]]
    path = [unb64(each) for each in SECOND["head"]["consistency"]]

    assert new.checkpoint.root == tree.root(len(leaves), tree.node_over(leaves))
    assert path == tree.consistency(old.checkpoint.size, len(leaves), tree.node_over(leaves))
    assert tree.is_consistent(old.checkpoint.size, old.checkpoint.root, len(leaves), new.checkpoint.root, path)
    at = checkpoints.cosigned_at(new.note.text, signed_note.of_key(new.note.lines, witness), witness)
    assert at == datetime.fromtimestamp(VECTORS["cosigned_at"], UTC)


@pytest.mark.parametrize("answer", VECTORS["answers"])
def test_the_app_checks_the_maps(answer: dict[str, Any]) -> None:
    told = answer["head"]["map"]
    of = MapRoot(told["day"], told["size"], unb64(told["root"]))
    leaf = MapLeaf(unb64(told["tag"]), told["count"], unb64(told["head"]))
    seen = checkpoints.read(answer["head"]["checkpoint"].encode(), signed_note.key(VECTORS["log_key"])).checkpoint
    inclusion = [unb64(each) for each in told["inclusion"]]

    assert head_map.is_proved(leaf, told["index"], [unb64(each) for each in told["path"]], of)
    assert tree.is_included(of.leaf(), told["position"], seen.size, inclusion, seen.root)
