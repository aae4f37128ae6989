"""Which rendition of an attachment the public may be shown, if a person so decides."""

from typing import NamedTuple

from services.interaction.citizens.redaction import redact
from services.interaction.mailbox.attachments import place
from services.interaction.mailbox.letters.writing import Writing
from shared.contracts.assets import AssetKind, Family
from shared.contracts.attachments import AttachmentState
from shared.files.kind import TEXTS, decoded, rules
from shared.problem import Conflict, Unprocessable


class NotJudged(Conflict):
    """The file was not looked into yet, or was refused; nobody is given its bytes."""

    advice = "附件尚未通过安全检查，暂不能查看。"


class NeedsRedaction(Conflict):
    """A document of this kind is shown to the public only as a copy that a person redacted."""

    advice = "此类附件不能直接公开，请上传去标识化后的副本，或不予公开。"


class NotRedacted(Unprocessable):
    """The redacted copy still holds personal data, or cannot be searched for it."""

    advice = "去标识化副本中仍有个人信息，不能公开。"


class Judged(NamedTuple):
    """A file as far as it was judged."""

    state: AttachmentState
    kind: AssetKind | None
    size: int
    text_complete: bool | None

    @property
    def is_image(self) -> bool:
        """Whether it is shown in forms made of its pixels."""
        return self.kind is not None and rules()[self.kind].family is Family.IMAGE


class Rendition(NamedTuple):
    """What a rendition is made of: which stored form, and whether its text is masked."""

    redacted: bool
    what: str
    kind: AssetKind
    is_masked: bool = False


def for_readers(file: Judged) -> str:
    """Return which form those read who may read the file: images without all that is no pixel."""
    if file.state is not AttachmentState.READY:
        raise NotJudged
    return place.READING if file.is_image else place.ORIGINAL


def rendition(original: Judged, redacted: Judged | None, most_masked: int) -> Rendition:
    """Return what the public would be shown: a person's copy first, else one made of the file."""
    for file in filter(None, (redacted, original)):
        if file.state is not AttachmentState.READY or file.kind is None:
            raise NotJudged
        if file.is_image:
            return Rendition(file is redacted, place.PAGE, file.kind)
        if file.kind in TEXTS and file.size <= most_masked:
            return Rendition(file is redacted, place.ORIGINAL, file.kind, is_masked=True)
        if file is redacted:
            if not file.text_complete:
                raise NotRedacted("去标识化副本中有无法检查的内容（如扫描件），请改传图片。")
            return Rendition(file is redacted, place.ORIGINAL, file.kind)
    raise NeedsRedaction


def masked(data: bytes, writing: Writing) -> bytes:
    """Return a text file as everyone may read it."""
    return redact(decoded(data, whole=True) or "", writing).encode()


def check_redacted(text: str, writing: Writing) -> None:
    """Refuse a redacted copy in which the writer, or anybody else's data, can still be found."""
    if redact(text, writing) != text:
        raise NotRedacted
