import json
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from services.audit.trail import checkpoint as checkpoints
from services.audit.trail import merkle
from services.audit.trail.checkpoint import Checkpoint, MalformedKey, parse_verifier_key
from services.audit.trail.export import verify_files, write_line
from services.audit.trail.verification import Code, leaf_bytes

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
NAME = "trail.bengbu.example"
LINE = checkpoints.verifier_key(NAME, KEY.public_key())


def leaf(n: int) -> bytes:
    return leaf_bytes({"id": str(n), "data": {"title": "通知", "n": n}})


def export(size: int) -> list[str]:
    return [write_line(n, leaf(n), merkle.leaf_hash(leaf(n))).decode() for n in range(size)]


def note(size: int) -> str:
    root = merkle.root_of(merkle.leaf_hash(leaf(n)) for n in range(size))
    return checkpoints.sign(Checkpoint(NAME, size, root), KEY)


def changed(line: str, **members: Any) -> str:
    return json.dumps(json.loads(line) | members, ensure_ascii=False)


def test_an_intact_export_passes_however_its_lines_are_spaced() -> None:
    lines = export(5)
    spaced = [json.dumps(json.loads(line), indent=1).replace("\n", " ") for line in lines]
    assert verify_files(note(5), LINE + "\n", lines).accepted
    assert verify_files(note(5), LINE, spaced).accepted


@pytest.mark.parametrize(
    "line",
    ["", "{", "[]", "1", '{"sequence":2}', "[" * 100_000]
    + [
        changed(export(3)[2], **each)
        for each in (
            {"sequence": "2"},
            {"sequence": True},
            {"event": "x"},
            {"leaf_hash": "zz"},
            {"leaf_hash": None},
        )
    ],
)
def test_a_line_that_is_no_entry_is_named(line: str) -> None:
    verdict = verify_files(note(3), LINE, [*export(2), line])
    assert (verdict.code, verdict.row) == (Code.UNREADABLE_ROW, 2)


def test_a_name_given_twice_is_not_believed() -> None:
    lines = export(3)
    lines[1] = lines[1].replace('"n":1', '"n":7,"n":1')
    assert verify_files(note(3), LINE, lines).code is Code.UNREADABLE_ROW


def test_another_key_does_not_accept() -> None:
    other = checkpoints.verifier_key(NAME, OTHER.public_key())
    assert verify_files(note(3), other, export(3)).code is Code.BAD_SIGNATURE


def test_a_trail_of_another_name_is_not_accepted() -> None:
    renamed = checkpoints.verifier_key("elsewhere", KEY.public_key())
    assert verify_files(note(3), renamed, export(3)).code is Code.OTHER_ORIGIN


def test_a_key_is_read_as_it_was_written() -> None:
    name, key = parse_verifier_key(LINE)
    assert name == NAME
    assert key.public_bytes_raw() == KEY.public_key().public_bytes_raw()


@pytest.mark.parametrize("line", ["", LINE[:-1], LINE.replace("+", "-"), f"x{LINE}", f"{LINE}\n"])
def test_what_is_no_key_is_refused(line: str) -> None:
    with pytest.raises(MalformedKey):
        parse_verifier_key(line)


def test_what_is_no_key_is_said_to_be_none() -> None:
    assert verify_files(note(3), "no key", export(3)).code is Code.MALFORMED_KEY
