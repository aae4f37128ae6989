"""Questions about terms."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.interaction.group import queries as group
from services.interaction.mailbox.clocks.terms.models import SiteTerms
from shared.auth import Actor, Permission
from shared.contracts.letter_terms import SiteLetterTerms
from shared.contracts.page import Page
from shared.pagination import Asked, Listing
from shared.problem import NotFound

EDITIONS = Listing("letter-terms", SiteLetterTerms, [(SiteTerms.edition, int)])
READERS = (Permission.ADMINISTER, Permission.DISPATCH, Permission.REVIEW_ANSWER)


async def latest(session: AsyncSession, site_code: str) -> SiteTerms | None:
    """Return the edition by which a site handles what it receives now, if it has one."""
    question = select(SiteTerms).where(SiteTerms.site_code == site_code)
    return await session.scalar(question.order_by(SiteTerms.edition.desc()).limit(1))


async def editions(
    session: AsyncSession, actor: Actor, site_code: str, asked: Asked
) -> Page[SiteLetterTerms]:
    """Return one page of the editions of a site within the actor's authority, latest first."""
    await sponsor(session, actor, site_code)
    question = select(SiteTerms).where(SiteTerms.site_code == site_code)
    return await EDITIONS.turn(session, question, asked)


async def sponsor(session: AsyncSession, actor: Actor, site_code: str) -> str:
    """Return who sponsors a site whose terms the actor may know, or refuse as if it were none."""
    found = await group.site(session, site_code)
    if found is None or not (
        actor.may(Permission.APPROVE_CHANGE, found.supervising)
        or any(actor.may(permission, found.sponsoring) for permission in READERS)
    ):
        raise NotFound("没有这个网站。")
    return found.sponsoring
