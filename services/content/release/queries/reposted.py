"""Questions of sites about their reposts."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.content.release.models import Live
from shared.auth import Actor, Permission
from shared.authority import reached
from shared.contracts import reposting as contracts
from shared.contracts.page import Page
from shared.pagination import Asked, Listing

NEVER = "没有这篇转载。"
REPOSTS = Listing("reposts", contracts.Repost, [(Live.item_id, UUID)])


async def reposts(
    session: AsyncSession, actor: Actor, site_code: str | None, asked: Asked
) -> Page[contracts.Repost]:
    """Return one page of the public reposts of sites the actor may repost for."""
    question = select(Live).where(
        Live.origin_hash.is_not(None),
        reached(
            actor,
            Permission.REPOST,
            Live.sponsoring,
            site=Live.site_code,
            column=Live.column_id,
        ),
    )
    if site_code is not None:
        question = question.where(Live.site_code == site_code)
    return await REPOSTS.turn(session, question, asked)
