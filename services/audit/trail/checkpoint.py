"""The signed head of the trail: a C2SP tlog-checkpoint, written as a signed note.

    origin
    size
    base64(root)

    — origin base64(key id + Ed25519 signature)

Any log tool that reads signed notes can check ours; lines added by witnesses are left alone.
"""

import re
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from hashlib import sha256
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from shared.problem import Unprocessable

ED25519 = b"\x01"
KEY_ID_LENGTH = 4

NAME = r"[^\s+\x00-\x1f\x7f\ud800-\udfff]+"
LINES = r"(?:[^\x00-\x1f\ud800-\udfff]+\n)*"
BODY = rf"({NAME})\n(0|[1-9][0-9]{{0,17}})\n([A-Za-z0-9+/]{{43}}=)\n({LINES})"
SIGNATURE = rf"— ({NAME}) ([A-Za-z0-9+/]+={{0,2}})\n"
VERIFIER_KEY = re.compile(rf"({NAME})\+[0-9a-f]{{8}}\+([A-Za-z0-9+/]{{44}})")
NOTE = re.compile(rf"(?P<body>{BODY})\n(?P<signatures>(?:{SIGNATURE})+)")


class MalformedCheckpoint(Unprocessable):
    """The text is not a checkpoint."""

    advice = "检查点的文本格式不正确，无法识别。"


class ForgedCheckpoint(Unprocessable):
    """The checkpoint is not signed by the key of the trail."""

    advice = "检查点的签名无效，不是由本存证目录的密钥签发。"


class MalformedKey(Unprocessable):
    """The line is not the public key of a trail."""

    advice = "公钥的格式不正确，无法识别。"


class Checkpoint(NamedTuple):
    """How long the trail of `origin` was, and the root over all of it."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()


class Signature(NamedTuple):
    """One signature line: who claims to have signed, with which key."""

    name: str
    key_id: bytes
    value: bytes


class SignedCheckpoint(NamedTuple):
    """A checkpoint as read, with nothing verified yet."""

    checkpoint: Checkpoint
    signatures: tuple[Signature, ...]


def body(checkpoint: Checkpoint) -> str:
    """Write the lines that are signed."""
    root = b64encode(checkpoint.root).decode()
    lines = (checkpoint.origin, str(checkpoint.size), root, *checkpoint.extensions)
    return "".join(f"{line}\n" for line in lines)


def key_id(name: str, key: Ed25519PublicKey) -> bytes:
    """Return the four bytes that tell keys of the same name apart."""
    named = name.encode() + b"\n" + ED25519 + key.public_bytes_raw()
    return sha256(named).digest()[:KEY_ID_LENGTH]


def verifier_key(name: str, key: Ed25519PublicKey) -> str:
    """Write the public key as signed-note tools expect to be given it."""
    encoded = b64encode(ED25519 + key.public_bytes_raw()).decode()
    return f"{name}+{key_id(name, key).hex()}+{encoded}"


def parse_verifier_key(line: str) -> tuple[str, Ed25519PublicKey]:
    """Read the name and the public key from a line that `verifier_key` wrote."""
    found = VERIFIER_KEY.fullmatch(line)
    if found is None:
        raise MalformedKey
    name, raw = found[1], b64decode(found[2])
    if raw[:1] != ED25519:
        raise MalformedKey
    key = Ed25519PublicKey.from_public_bytes(raw[1:])
    if verifier_key(name, key) != line:
        raise MalformedKey
    return name, key


def sign(checkpoint: Checkpoint, key: Ed25519PrivateKey) -> str:
    """Write the checkpoint as a note signed in the name of its origin."""
    text = body(checkpoint)
    signature = key_id(checkpoint.origin, key.public_key()) + key.sign(text.encode())
    note = f"{text}\n— {checkpoint.origin} {b64encode(signature).decode()}\n"
    if parse(note).checkpoint != checkpoint:
        raise MalformedCheckpoint
    return note


def parse(note: str) -> SignedCheckpoint:
    """Read a signed note, believing nothing of it yet."""
    found = NOTE.fullmatch(note)
    if found is None:
        raise MalformedCheckpoint
    origin, size, root, extensions = found.group(2, 3, 4, 5)
    lines_added = tuple(extensions.split("\n")[:-1])
    checkpoint = Checkpoint(origin, int(size), _decode(root), lines_added)
    lines = re.finditer(SIGNATURE, found["signatures"])
    return SignedCheckpoint(checkpoint, tuple(_signature(*line.groups()) for line in lines))


def verify(note: str, key: Ed25519PublicKey) -> Checkpoint:
    """Return the checkpoint that `key` signed in the name of its origin, or refuse the note."""
    checkpoint, signatures = parse(note)
    origin = checkpoint.origin
    ours = [s for s in signatures if (s.name, s.key_id) == (origin, key_id(origin, key))]
    if not ours:
        raise ForgedCheckpoint
    try:
        for signature in ours:
            key.verify(signature.value, body(checkpoint).encode())
    except InvalidSignature:
        raise ForgedCheckpoint from None
    return checkpoint


def _signature(name: str, encoded: str) -> Signature:
    raw = _decode(encoded)
    return Signature(name, raw[:KEY_ID_LENGTH], raw[KEY_ID_LENGTH:])


def _decode(encoded: str) -> bytes:
    # Only the one spelling that encoding gives back: the library forgives stray bits and padding.
    try:
        raw = b64decode(encoded, validate=True)
    except NotBase64:
        raise MalformedCheckpoint from None
    if b64encode(raw).decode() != encoded:
        raise MalformedCheckpoint
    return raw
