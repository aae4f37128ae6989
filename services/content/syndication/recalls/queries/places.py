"""Where copies of an item were claimed or made, while the group still knows."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.content.editorial.queries import items as drafts
from services.content.syndication.directives.directive import CLAIMED
from services.content.syndication.directives.models import Claim, Directive, Obligation
from services.content.syndication.recalls.models import Recall
from services.content.syndication.verification.absence import STANDING
from shared.contracts.binding import Ask
from shared.contracts.recalls import RecallCause


class Place(NamedTuple):
    """A page that shows an item, or leads to it, and who answers for it."""

    site_code: str
    sponsoring: str
    issuer: str | None
    repost_id: UUID | None
    url: str
    ask: Ask
    seen: bool
    content_hash: str | None
    title: str
    follows_repost: bool = True


async def claimed(session: AsyncSession, item_id: UUID) -> Sequence[Place]:
    """Return the claimed pages of an item, of the oldest directive first.

    Their obligations are locked: an answer under way then ends before its place is looked for.
    """
    met = or_(Claim.judged.in_(STANDING), Claim.suspected.in_(STANDING))
    question = (
        select(
            Obligation.site_code,
            Obligation.sponsoring,
            Directive.issuer,
            Obligation.repost_id,
            Claim.url,
            Directive.ask,
            func.coalesce(met, False),  # a value in SQL
            Directive.content_hash,
            Directive.title,
            Claim.follows_repost,
        )
        .join(Claim, Claim.obligation_id == Obligation.id)
        .join(Directive, Directive.id == Obligation.directive_id)
        .where(Directive.item_id == item_id, Obligation.state.in_(CLAIMED))
        .order_by(Obligation.id)
        .with_for_update(of=Obligation)
    )
    return [Place._make(row) for row in await session.execute(question)]


async def title_of(session: AsyncSession, item_id: UUID, content_hash: str | None) -> str:
    """Return what an edition of an item is called, if it was written here."""
    named = [(item_id, content_hash)] if content_hash else []
    return next((text.title for text in await drafts.editions(session, named)), "")


async def standing(session: AsyncSession, item_id: UUID) -> Recall | None:
    """Return the recall of an item that no later change has ended, if there is one."""
    question = select(Recall).where(Recall.item_id == item_id, Recall.ended_at.is_(None))
    return await session.scalar(question.order_by(Recall.seq.desc()).limit(1))


async def last_corrected(session: AsyncSession, item_id: UUID) -> str | None:
    """Return the edition that the copies of an item were last to be corrected to."""
    question = (
        select(Recall.wanted_hash)
        .where(Recall.item_id == item_id, Recall.cause == RecallCause.CORRECTED)
        .order_by(Recall.seq.desc())
        .limit(1)
    )
    return await session.scalar(question)
