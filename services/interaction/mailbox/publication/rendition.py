"""What of a letter is proposed to the public: every field masked, whoever wrote it."""

from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict

from services.interaction.citizens.redaction import redact
from services.interaction.mailbox.letters.writing import Writing
from shared.contracts.published_letters import RenditionText


class Masked(BaseModel):
    """Title, text and answer as everyone may read them."""

    model_config = ConfigDict(frozen=True)

    title: str
    text: str
    answer: str


def rendition(wrote: Writing, answers: Sequence[str], said: RenditionText) -> Masked:
    """Return what was said, or else the letter and its answers, without personal data."""
    return Masked(
        title=redact(said.title or wrote.title, wrote),
        text=redact(said.text or wrote.text, wrote),
        answer=redact(said.answer or "\n\n".join(answers), wrote),
    )
