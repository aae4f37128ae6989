"""Keeping what a page was found to show, and judging the site by two readings."""

from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select

from services.content.syndication.directives import queries
from services.content.syndication.directives.directive import CLAIMED
from services.content.syndication.directives.models import Claim, Obligation
from services.content.syndication.verification.commands.tracing import ReadCopy, judge_copy
from services.content.syndication.verification.figures import figures
from services.content.syndication.verification.matching import Found
from services.content.syndication.verification.models import PageHost, PageReading
from services.content.syndication.verification.queries import next_due
from services.content.syndication.verification.receipt import (
    STATES,
    Answered,
    Known,
    evidence,
    learn,
    next_reading,
)
from shared.contracts.directives import ObligationJudged
from shared.contracts.receipts import PageVerdict
from shared.uow import UnitOfWork


class Read(NamedTuple):
    """A page that was read: for which obligation, where it was asked for, what came of it."""

    obligation_id: UUID
    url: str
    answered: Answered
    found: Found


async def record(uow: UnitOfWork, host: str, read: Read | ReadCopy | None = None) -> None:
    """Keep the reading of a page of a host as evidence, and let the host rest."""
    rest = figures().of_host
    if read is not None:
        rest = max(rest, read.answered.rest)
        # First, as whoever claims or reports locks the obligation or the copy first.
        await (judge_copy(uow, read) if isinstance(read, ReadCopy) else _judge(uow, read))
    question = select(PageHost).where(PageHost.host == host).with_for_update()
    row = await uow.session.scalar(question)
    if row is None:
        return
    # Asked for once the host is locked, so that no page claimed meanwhile is overlooked.
    due = await next_due(uow.session, host)
    row.leased_until, row.rests_until = None, uow.now + rest
    row.due_at = None if due is None else max(due, row.rests_until)


async def _judge(uow: UnitOfWork, read: Read) -> None:
    obligation = await queries.obligation(uow.session, read.obligation_id)
    claim = obligation.claim if obligation else None
    if obligation is None or claim is None or obligation.state not in CLAIMED:
        return
    if read.url != claim.url and not claim.follows_repost:
        return  # the site has claimed another page since
    claim.url = read.url
    told = evidence(read.answered, read.found, uow.now)
    reading = PageReading(obligation_id=read.obligation_id, **told)
    uow.session.add(reading)
    known = _learn(uow, claim, reading)
    if known.judged is None or STATES[known.judged] is obligation.state:
        return
    obligation.state = STATES[known.judged]
    await uow.session.flush()
    _announce(uow, obligation, reading)


def _learn(uow: UnitOfWork, claim: Claim, reading: PageReading) -> Known:
    known = learn(
        Known(claim.suspected, claim.suspected_since, claim.judged, claim.judged_at),
        reading.verdict,
        uow.now,
    )
    claim.suspected, claim.suspected_since, claim.judged, claim.judged_at = known
    claim.read_at, claim.verdict, claim.fault = uow.now, reading.verdict, reading.fault
    claim.status, claim.matched = reading.status, reading.matched
    is_unread = reading.verdict is PageVerdict.UNREAD
    claim.unread_since = (claim.unread_since or uow.now) if is_unread else None
    claim.due_at = next_reading(known, reading.verdict, uow.now, claim.unread_since)
    return known


def _announce(uow: UnitOfWork, obligation: Obligation, reading: PageReading) -> None:
    uow.announce(
        ObligationJudged(
            obligation_id=obligation.id,
            directive_id=obligation.directive_id,
            item_id=obligation.item_id,
            site_code=obligation.site_code,
            state=obligation.state,
            url=reading.url,
            matched=reading.matched,
            content_hash=reading.content_hash,
            reading_id=reading.id,
        )
    )
