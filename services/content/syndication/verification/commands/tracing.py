"""Following copies of what was withdrawn or corrected until they are gone, and after."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from services.content.syndication.verification import queries
from services.content.syndication.verification.absence import (
    STANDING,
    next_look,
    stands,
    state_of,
)
from services.content.syndication.verification.matching import Found
from services.content.syndication.verification.models import Copy, CopyReading
from services.content.syndication.verification.receipt import (
    Answered,
    Known,
    evidence,
    learn,
    next_reading,
)
from shared.contracts.recalls import CopyJudged, CopyLate, CopyState
from shared.contracts.receipts import PageVerdict
from shared.ids import new_id
from shared.uow import UnitOfWork


class ReadCopy(NamedTuple):
    """A page that was searched for a copy, and what came of it."""

    copy_id: UUID
    answered: Answered
    found: Found


async def judge_copy(uow: UnitOfWork, read: ReadCopy) -> None:
    """Keep a reading as evidence; two that agree prove that a copy is gone, or back."""
    copy = await queries.copy(uow.session, read.copy_id)
    if copy is None or copy.due_at is None:
        return  # a later change of the item has taken its place
    told = evidence(read.answered, read.found, uow.now)
    reading = CopyReading(id=new_id(), copy_id=copy.id, **told)
    uow.session.add(reading)
    known = _learn(uow, copy, reading)
    state = copy.state
    if known.judged is not None:
        state = state_of(known.judged, copy.state, wanted=copy.wanted_hash is not None)
    if state is not copy.state:
        copy.state, copy.certificate_id = state, None
        copy.version += 1
        uow.announce(_judged(copy, reading))
    copy.due_at = _next(copy, known, reading.verdict, uow.now)
    if uow.now >= copy.deadline and still_stands(copy):
        mark_late(uow, copy)


def still_stands(copy: Copy) -> bool:
    """Say whether the last reading that got through met the copy."""
    return stands(copy.suspected, wanted=copy.wanted_hash is not None)


def mark_late(uow: UnitOfWork, copy: Copy) -> None:
    """Note once that a copy still stood when its deadline had passed."""
    if copy.late or copy.state is not CopyState.OWED:
        return
    copy.late = True
    copy.version += 1
    uow.announce(
        CopyLate(
            copy_id=copy.id,
            recall_id=copy.recall_id,
            item_id=copy.item_id,
            site_code=copy.site_code,
            url=copy.url,
            deadline=copy.deadline,
        )
    )


def _learn(uow: UnitOfWork, copy: Copy, reading: CopyReading) -> Known:
    before = Known(copy.suspected, copy.suspected_since, copy.judged, copy.judged_at)
    known = learn(before, reading.verdict, uow.now)
    copy.suspected, copy.suspected_since, copy.judged, copy.judged_at = known
    copy.read_at, copy.verdict, copy.fault = uow.now, reading.verdict, reading.fault
    copy.status = reading.status
    is_unread = reading.verdict is PageVerdict.UNREAD
    copy.unread_since = (copy.unread_since or uow.now) if is_unread else None
    copy.seen = copy.seen or reading.verdict in STANDING
    return known


def _next(copy: Copy, known: Known, found: PageVerdict, now: datetime) -> datetime:
    if found is PageVerdict.UNREAD:
        return next_reading(known, found, now, copy.unread_since)
    return next_look(known, copy.state, copy.deadline, now)


def _judged(copy: Copy, reading: CopyReading) -> CopyJudged:
    return CopyJudged(
        copy_id=copy.id,
        recall_id=copy.recall_id,
        item_id=copy.item_id,
        site_code=copy.site_code,
        state=copy.state,
        verdict=reading.verdict,
        url=reading.url,
        late=copy.late,
        reading_id=reading.id,
        body_hash=reading.body_hash,
    )
