"""Questions about published letters, which never touch the originals."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.interaction.citizens.sealing import WritingKey
from services.interaction.mailbox.letters.models import Letter
from services.interaction.mailbox.publication.models import PublishedLetter, Rendition
from services.interaction.mailbox.publication.rendition import Masked
from shared.contracts.letters import LetterKind
from shared.contracts.page import Page
from shared.contracts.published_letters import ProposedRendition, PublicLetter
from shared.pagination import Asked, Listing
from shared.problem import NotFound

PUBLISHED = Listing("published-letters", PublicLetter, [(PublishedLetter.id, UUID)])


async def published_letters(
    session: AsyncSession, site_code: str | None, kind: LetterKind | None, asked: Asked
) -> Page[PublicLetter]:
    """Return one page of published renditions, the latest first."""
    question = select(PublishedLetter)
    if site_code is not None:
        question = question.where(PublishedLetter.site_code == site_code)
    if kind is not None:
        question = question.where(PublishedLetter.kind == kind)
    return await PUBLISHED.turn(session, question, asked)


async def quoting(
    session: AsyncSession, phrases: Collection[str], asked: Asked
) -> Page[PublicLetter]:
    """Return one page of published letters in which one of these stands, the latest first.

    Letters that were not published lie sealed, and nobody looks through them.
    """
    texts = (PublishedLetter.title, PublishedLetter.text, PublishedLetter.answer)
    met = [text.contains(phrase, autoescape=True) for text in texts for phrase in phrases]
    return await PUBLISHED.turn(session, select(PublishedLetter).where(or_(*met)), asked)


async def published_letter(session: AsyncSession, number: str) -> PublicLetter:
    """Return the rendition published under this number, or refuse."""
    question = select(PublishedLetter).where(PublishedLetter.number == number)
    found = await session.scalar(question)
    if found is None:
        raise NotFound("没有公开过这封来信。")
    return PublicLetter.model_validate(found, from_attributes=True)


async def proposed(session: AsyncSession, letter: Letter, key: WritingKey) -> ProposedRendition:
    """Return what is proposed to the public of a letter, or what was decided of it."""
    found = await session.get(Rendition, letter.id, populate_existing=True)
    if found is None:
        raise NotFound("没有拟公开的内容。")
    masked = Masked.model_validate_json(key.open(found.sealed, "rendition"))
    reason = found.sealed_reason
    return ProposedRendition(
        letter_id=letter.id,
        **masked.model_dump(),
        rendition_hash=found.rendition_hash,
        proposed_by=found.proposed_by,
        proposed_at=found.proposed_at,
        verdict=found.verdict,
        reviewer=found.reviewer,
        decided_at=found.decided_at,
        reason=reason and key.open(reason, "reason"),
    )
