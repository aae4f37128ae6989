"""What is proved of copies, and what is certified."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.content.editorial.queries import items as drafts
from services.content.syndication.recalls.certificate import Certified
from services.content.syndication.recalls.models import Certificate, Recall
from services.content.syndication.verification.models import Copy, CopyReading
from shared.contracts.recalls import CopyState

MOST = 200


async def uncertified(session: AsyncSession) -> Sequence[Copy]:
    """Return some copies that are proved and not certified, locked, whoever else certifies."""
    question = (
        select(Copy)
        .where(Copy.state == CopyState.PROVED, Copy.certificate_id.is_(None))
        .order_by(Copy.id)
        .limit(MOST)
        .with_for_update(skip_locked=True)
    )
    return (await session.scalars(question)).all()


async def recalls_locked(session: AsyncSession, ids: Collection[UUID]) -> Mapping[UUID, Recall]:
    """Return these recalls, locked until the transaction ends."""
    question = select(Recall).where(Recall.id.in_(ids)).order_by(Recall.id).with_for_update()
    return {recall.id: recall for recall in await session.scalars(question)}


async def proofs(
    session: AsyncSession, copies: Sequence[Copy]
) -> Mapping[UUID, Sequence[CopyReading]]:
    """Return the readings that judged each copy: all that agree, since the first of them."""
    question = (
        select(CopyReading)
        .join(Copy, Copy.id == CopyReading.copy_id)
        .where(
            Copy.id.in_([copy.id for copy in copies]),
            CopyReading.verdict == Copy.judged,
            CopyReading.read_at >= Copy.suspected_since,
        )
        .order_by(CopyReading.id)
    )
    found = defaultdict(list)
    for reading in await session.scalars(question):
        found[reading.copy_id].append(reading)
    return found


async def editions(session: AsyncSession, ids: Collection[UUID]) -> Mapping[UUID, set[str]]:
    """Return the hash of every text these items ever had."""
    found = defaultdict(set)
    for text in await drafts.texts_of(session, ids):
        found[text.item_id].add(text.content_hash)
    return found


async def proved_wholly(session: AsyncSession, recall_id: UUID) -> datetime | None:
    """Return since when every copy of a recall is proved and certified, if that is so."""
    lacking = func.count().filter(
        or_(Copy.state != CopyState.PROVED, Copy.certificate_id.is_(None))
    )
    question = select(lacking, func.max(Copy.judged_at)).where(Copy.recall_id == recall_id)
    lacks, since = (await session.execute(question)).one()
    return None if lacks else since


async def certified(session: AsyncSession, recall_id: UUID) -> Sequence[Certified]:
    """Return every place of a recall with what certifies it now."""
    question = (
        select(Copy.id, Certificate.id, Copy.url, Certificate.digest)
        .join(Certificate, Certificate.id == Copy.certificate_id)
        .where(Copy.recall_id == recall_id)
        .order_by(Copy.id)
    )
    return [Certified(*row) for row in await session.execute(question)]
