"""What kind of file some bytes are; the name of a file is only held against it."""

import codecs
import re
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from functools import cache
from importlib.resources import files

import puremagic
import yaml
from pydantic import BaseModel, ConfigDict

from shared.contracts.assets import AssetKind, Family
from shared.files.limits import MIB
from shared.problem import Problem, Unprocessable

HEAD = 4096
"""How many first bytes are enough to tell what a file may be."""

MARKUP = re.compile(
    r"\s*(?:<\?xml\b.*?\?>|<!--.*?-->|\s)*<(?:!doctype|html|head|body|svg|script|iframe|math)\b",
    re.IGNORECASE | re.DOTALL,
)
NOT_TEXT = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
TEXTS = frozenset({AssetKind.CSV, AssetKind.TXT})
ENCODINGS = ("utf-8-sig", "gb18030")
EBML, WEBM = b"\x1a\x45\xdf\xa3", b"\x42\x82\x84webm"
RIFFS = {b"WEBP": AssetKind.WEBP, b"WAVE": AssetKind.WAV}
BRANDS = {b"qt  ": AssetKind.MOV, b"M4A ": AssetKind.M4A, b"M4B ": AssetKind.M4A}
OTHER_BRANDS = (b"avif", b"avis", b"heic", b"heix", b"mif1", b"msf1", b"crx ", b"jp2 ")
MPEG_SYNC = 0xFF
MPEG_MASK, MPEG_LAYER_III = 0xE6, 0xE2  # of a frame's second byte
SHORTEST_PROOF = 3


class UnacceptedKind(Unprocessable):
    """The bytes are of no kind of file that is taken in."""

    advice = "不接受此类文件。"


class OtherExtension(Unprocessable):
    """The file's name promises another kind of file than its bytes are."""

    advice = "文件扩展名与实际内容不符，请改正后重新上传。"


class FileTooLarge(Problem):
    """The file is larger than files of its kind may be."""

    status = 413
    advice = "文件过大。"


class KindRule(BaseModel):
    """How one kind of file is known, named, served and bounded."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    family: Family
    mime: str
    magic: frozenset[str]
    extensions: frozenset[str]
    most_mib: int

    @property
    def most_bytes(self) -> int:
        """How large a file of the kind may be."""
        return self.most_mib * MIB


@cache
def rules() -> Mapping[AssetKind, KindRule]:
    """Return what is known of each accepted kind."""
    listed = yaml.safe_load(files(__package__).joinpath("kinds.yaml").read_text("utf-8"))
    return {AssetKind(kind): KindRule.model_validate(rule) for kind, rule in listed.items()}


def largest() -> int:
    """Return how large a file of the most generous kind may be."""
    return max(rule.most_bytes for rule in rules().values())


def possible(head: bytes) -> frozenset[AssetKind]:
    """Return the kinds a file may be that begins so; none if it is of no accepted kind."""
    if not head:
        return frozenset()
    if (told := _signed(head)) is not None:
        return frozenset(told)
    named = _named(head)
    known = frozenset(kind for kind, rule in rules().items() if rule.magic & named)
    if known:
        return known
    text = decoded(head, whole=False)
    return TEXTS if text is not None and not MARKUP.match(text) else frozenset()


def _signed(head: bytes) -> tuple[AssetKind, ...] | None:
    """Return the kind within a family of formats that puremagic only guesses at."""
    if head[4:8] == b"ftyp":
        brand = head[8:12]
        return () if brand in OTHER_BRANDS else (BRANDS.get(brand, AssetKind.MP4),)
    if head.startswith(b"RIFF"):
        return tuple(kind for form, kind in RIFFS.items() if head[8:12] == form)
    if head.startswith(EBML):
        return (AssetKind.WEBM,) if WEBM in head[:128] else ()
    if len(head) > 1 and head[0] == MPEG_SYNC and head[1] & MPEG_MASK == MPEG_LAYER_III:
        return (AssetKind.MP3,)
    return None


def _named(head: bytes) -> AbstractSet[str]:
    """Return what puremagic calls a file that begins so; two bytes alone prove nothing."""
    try:
        found = puremagic.magic_string(head)
    except puremagic.PureError:
        return set()
    return {match.extension for match in found if len(match.byte_match) >= SHORTEST_PROOF}


def decoded(data: bytes, *, whole: bool) -> str | None:
    """Return the bytes as text; none if they are none. A part may end within a character."""
    for encoding in ENCODINGS:
        decoder = codecs.getincrementaldecoder(encoding)()
        try:
            text = decoder.decode(data, final=whole)
        except UnicodeDecodeError:
            continue
        return None if NOT_TEXT.search(text) else text
    return None


def admit(
    name: str, head: bytes, among: AbstractSet[AssetKind] = frozenset(AssetKind)
) -> frozenset[AssetKind]:
    """Return what the file may be, or refuse it for its first bytes or its extension."""
    kinds = possible(head) & among
    if not kinds:
        listed = sorted({ext for kind in among for ext in rules()[kind].extensions})
        raise UnacceptedKind(f"不接受此类文件，只接受：{'、'.join(listed)}。", accepted=listed)
    if not any(fits(name, kind) for kind in kinds):
        meant = sorted({ext for kind in kinds for ext in rules()[kind].extensions})
        raise OtherExtension(
            f"文件扩展名与实际内容不符，按内容应为 {'、'.join(meant)}。", extensions=meant
        )
    return kinds


def most_bytes(kinds: AbstractSet[AssetKind]) -> int:
    """Return how large a file of these kinds may be."""
    return max(rules()[kind].most_bytes for kind in kinds)


def fits(name: str, kind: AssetKind) -> bool:
    """Say whether a file of this kind may be called so."""
    _, dot, extension = name.rpartition(".")
    return bool(dot) and extension.lower() in rules()[kind].extensions
