"""Questions about a directive's coverage."""

from collections.abc import AsyncIterator
from uuid import UUID

from sqlalchemy import select, true
from sqlalchemy.ext.asyncio import AsyncSession

from services.content.registry import queries as registry
from services.content.syndication.coverage.table import Covered, Evidence
from services.content.syndication.directives.models import Claim, Obligation
from services.content.syndication.verification.models import PageReading

AT_ONCE = 500


async def coverage(session: AsyncSession, directive_id: UUID) -> AsyncIterator[Covered]:
    """Yield what each site did, by the sites' codes, never all in memory at once."""
    owed = select(Obligation.site_code, Obligation.sponsoring).where(
        Obligation.directive_id == directive_id
    )
    bound = {row.site_code: row.sponsoring for row in await session.execute(owed)}
    sites = {code: one.name for code, one in (await registry.sites_coded(session, bound)).items()}
    offices = await registry.names(session, set(bound.values()))
    last = (
        select(*(getattr(PageReading, name) for name in Evidence._fields))
        .where(PageReading.obligation_id == Obligation.id)
        .order_by(PageReading.id.desc())
        .limit(1)
        .lateral()
    )
    question = (
        select(Obligation, Claim, *last.c)
        .outerjoin(Claim, Claim.obligation_id == Obligation.id)
        .outerjoin(last, true())
        .where(Obligation.directive_id == directive_id)
        .order_by(Obligation.site_code)
    )
    async for row in await session.stream(question.execution_options(yield_per=AT_ONCE)):
        one, claim, *found = row
        read = Evidence(*found)
        yield Covered(
            one.site_code,
            sites.get(one.site_code, ""),
            offices.get(one.sponsoring, one.sponsoring),
            one.state,
            one.late,
            one.deadline,
            one.settled_at,
            one.reason,
            claim and claim.url,
            claim and claim.claimed_at,
            claim and claim.judged,
            claim and claim.judged_at,
            read if found[0] is not None else None,
        )
