"""Public items in numbers, copied from one that was released as people do it."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import inspect, select

from services.content.release.models import Change, Live
from shared.db import Sessions
from shared.ids import new_id


async def copies(
    sessions: Sessions, item_id: str, count: int, *, apart: timedelta = timedelta(minutes=1)
) -> list[UUID]:
    """Put `count` copies of a public item beside it, each older than the one before."""
    async with sessions.begin() as session:
        live = (await session.scalars(select(Live).where(Live.item_id == UUID(item_id)))).one()
        step = (await session.scalars(select(Change).where(Change.item_id == UUID(item_id)))).one()
        first = await session.scalar(select(Change.seq).order_by(Change.seq.desc()).limit(1)) or 0
        made = []
        for number in range(1, count + 1):
            row, change = Live(**_columns(live)), Change(**_columns(step))
            row.item_id = change.item_id = new_id()
            row.release_seq = change.seq = first + number
            row.first_public_at = live.first_public_at - number * apart
            row.answer = live.answer.replace(item_id.encode(), str(row.item_id).encode())
            session.add_all([row, change])
            made.append(row.item_id)
    return made


def _columns(row: Any) -> dict[str, Any]:
    named = inspect(type(row)).column_attrs
    return {column.key: getattr(row, column.key) for column in named if column.key != "tokens"}
