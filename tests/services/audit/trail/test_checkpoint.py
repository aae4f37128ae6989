from base64 import b64decode, b64encode
from dataclasses import dataclass
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from services.audit.trail import checkpoint as checkpoints
from services.audit.trail.checkpoint import Checkpoint, ForgedCheckpoint, MalformedCheckpoint

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = KEY.public_key()
STRANGER = Ed25519PrivateKey.from_private_bytes(bytes(32))
HEAD = Checkpoint("trail.bengbu.example", 42, sha256(b"root").digest())
NOTE = checkpoints.sign(HEAD, KEY)


def test_a_checkpoint_is_laid_out_as_a_signed_note() -> None:
    lines = NOTE.split("\n")
    assert lines[:2] == ["trail.bengbu.example", "42"]
    assert b64decode(lines[2]) == HEAD.root
    assert lines[3] == ""
    assert lines[4].startswith("— trail.bengbu.example ")
    assert lines[5:] == [""]


def test_the_signature_covers_the_body_and_names_its_key() -> None:
    raw = b64decode(NOTE.split(" ")[-1])
    named = b"trail.bengbu.example\n\x01" + PUBLIC.public_bytes_raw()
    assert raw[:4] == sha256(named).digest()[:4]
    PUBLIC.verify(raw[4:], NOTE[: NOTE.index("\n\n") + 1].encode())


def test_the_verifier_key_tells_name_key_id_and_key() -> None:
    name, key_id, key = checkpoints.verifier_key(HEAD.origin, PUBLIC).split("+", 2)
    assert name == HEAD.origin
    assert bytes.fromhex(key_id) == checkpoints.key_id(HEAD.origin, PUBLIC)
    assert b64decode(key) == b"\x01" + PUBLIC.public_bytes_raw()


@given(
    st.integers(0, 10**18 - 1),
    st.binary(min_size=32, max_size=32),
    st.lists(st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1), max_size=2),
)
def test_what_was_signed_is_what_verifies(size: int, root: bytes, extensions: list[str]) -> None:
    head = Checkpoint("政埠.example", size, root, tuple(extensions))
    assert checkpoints.verify(checkpoints.sign(head, KEY), PUBLIC) == head


@given(st.integers(0, len(NOTE) - 1), st.characters(min_codepoint=0x20, max_codepoint=0x7E))
def test_no_character_can_be_changed(position: int, character: str) -> None:
    changed = NOTE[:position] + character + NOTE[position + 1 :]
    if changed != NOTE:
        with pytest.raises((MalformedCheckpoint, ForgedCheckpoint)):
            checkpoints.verify(changed, PUBLIC)


def test_another_key_is_refused() -> None:
    with pytest.raises(ForgedCheckpoint):
        checkpoints.verify(NOTE, STRANGER.public_key())


def test_another_key_under_our_key_id_is_refused() -> None:
    forged = STRANGER.sign(checkpoints.body(HEAD).encode())
    signature = b64encode(checkpoints.key_id(HEAD.origin, PUBLIC) + forged).decode()
    note = f"{checkpoints.body(HEAD)}\n— {HEAD.origin} {signature}\n"
    with pytest.raises(ForgedCheckpoint):
        checkpoints.verify(note, PUBLIC)


def test_our_key_under_another_name_is_refused() -> None:
    with pytest.raises(ForgedCheckpoint):
        checkpoints.verify(NOTE.replace("— trail", "— other"), PUBLIC)


def test_lines_of_witnesses_are_left_alone() -> None:
    witnessed = f"{NOTE}— witness.example {b64encode(bytes(80)).decode()}\n"
    assert checkpoints.verify(witnessed, PUBLIC) == HEAD
    assert [s.name for s in checkpoints.parse(witnessed).signatures][-1] == "witness.example"


@dataclass(frozen=True)
class Slip:
    written: str
    instead_of: str


@pytest.mark.parametrize(
    "slip",
    [
        Slip("042\n", "42\n"),
        Slip("-1\n", "42\n"),
        Slip("٤٢\n", "42\n"),
        Slip("9" * 5000, "42"),
        Slip("\n", "\n\n"),
        Slip("- ", "— "),
        Slip("trail.bengbu example\n", "trail.bengbu.example\n"),
        Slip("\r\n", "\n"),
        Slip("trail\udc80", "trail"),
        Slip("=\n\udc80\n", "=\n"),
        Slip("=\nno\tsuch line\n", "=\n"),
        Slip("— trail.bengbu.example A", "— trail.bengbu.example "),
    ],
    ids=repr,
)
def test_sloppy_writing_is_not_read(slip: Slip) -> None:
    note = NOTE.replace(slip.instead_of, slip.written, 1)
    assert note != NOTE
    with pytest.raises(MalformedCheckpoint):
        checkpoints.parse(note)


def test_a_root_has_only_one_spelling() -> None:
    zeros = checkpoints.sign(Checkpoint("trail", 1, bytes(32)), KEY)
    with pytest.raises(MalformedCheckpoint):
        checkpoints.parse(zeros.replace("A=\n", "B=\n", 1))


@pytest.mark.parametrize(
    "head",
    [
        HEAD._replace(origin="two words"),
        HEAD._replace(origin="a+b"),
        HEAD._replace(origin=""),
        HEAD._replace(size=-1),
        HEAD._replace(root=b"short"),
        HEAD._replace(extensions=("",)),
        HEAD._replace(extensions=("two\nlines",)),
    ],
    ids=repr,
)
def test_a_head_that_could_not_be_read_back_is_not_signed(head: Checkpoint) -> None:
    with pytest.raises(MalformedCheckpoint):
        checkpoints.sign(head, KEY)
