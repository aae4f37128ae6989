"""Keeping what the page of a repost was found to show, and judging the site by two readings."""

from hashlib import sha256
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select

from services.content.syndication.directives import queries
from services.content.syndication.directives.directive import CLAIMED
from services.content.syndication.directives.models import Claim, Obligation
from services.content.syndication.verification.figures import figures
from services.content.syndication.verification.matching import Found
from services.content.syndication.verification.models import PageHost, PageReading
from services.content.syndication.verification.queries import next_due
from services.content.syndication.verification.receipt import (
    STATES,
    Answered,
    Known,
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


async def record(uow: UnitOfWork, host: str, read: Read | None = None) -> None:
    """Keep the reading of a page of a host as evidence, and let the host rest."""
    rest = figures().of_host
    if read is not None:
        rest = max(rest, read.answered.rest)
        await _judge(uow, read)  # first, as whoever claims locks the obligation first
    question = select(PageHost).where(PageHost.host == host).with_for_update()
    row = await uow.session.scalar(question)
    if row is None:
        return
    row.leased_until, row.rests_until = None, uow.now + rest
    await uow.session.flush()
    due = await next_due(uow.session, host)
    row.due_at = None if due is None else max(due, row.rests_until)


async def _judge(uow: UnitOfWork, read: Read) -> None:
    obligation = await queries.obligation(uow.session, read.obligation_id)
    claim = obligation.claim if obligation else None
    if obligation is None or claim is None or obligation.state not in CLAIMED:
        return
    if read.url != claim.url and not claim.follows_repost:
        return  # the site has claimed another page since
    claim.url = read.url
    reading = _evidence(uow, read)
    uow.session.add(reading)
    known = _learn(uow, claim, reading)
    if known.judged is None or STATES[known.judged] is obligation.state:
        return
    obligation.state = STATES[known.judged]
    await uow.session.flush()
    _announce(uow, obligation, reading)


def _evidence(uow: UnitOfWork, read: Read) -> PageReading:
    answered, found = read.answered, read.found
    return PageReading(
        obligation_id=read.obligation_id,
        url=answered.url,
        read_at=uow.now,
        verdict=found.verdict,
        fault=found.fault,
        status=answered.status,
        seconds=answered.seconds,
        body_hash=sha256(answered.body).hexdigest() if answered.body else None,
        content_hash=found.content_hash,
        matched=found.matched,
        marks=found.marks.model_dump() if found.marks else None,
        differences=[one.model_dump() for one in found.differences],
    )


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
