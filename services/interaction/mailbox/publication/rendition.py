"""What of a letter is proposed to the public: every field masked, whoever wrote it."""

from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict

from services.interaction.citizens.redaction import redact
from services.interaction.mailbox.letters.writing import Writing
from shared.contracts.attachments import PublicAttachment
from shared.contracts.published_letters import RenditionText


class Masked(BaseModel):
    """Title, text, answer and files as everyone may read them."""

    model_config = ConfigDict(frozen=True)

    title: str
    text: str
    answer: str
    attachments: tuple[PublicAttachment, ...] = ()


def rendition(
    wrote: Writing,
    answers: Sequence[str],
    said: RenditionText,
    shown: Sequence[PublicAttachment] = (),
) -> Masked:
    """Return what was said, or else the letter and its answers, without personal data.

    Its files were decided upon one by one.
    """
    return Masked(
        title=redact(said.title or wrote.title, wrote),
        text=redact(said.text or wrote.text, wrote),
        answer=redact(said.answer or "\n\n".join(answers), wrote),
        attachments=tuple(shown),
    )
