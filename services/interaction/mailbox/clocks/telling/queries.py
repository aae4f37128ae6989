"""Questions about who is to be called."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from services.interaction.duty.queries import presence
from services.interaction.mailbox.clocks.telling.watch import Watch


async def on_watch(session: AsyncSession, unit: str, at: datetime) -> Watch:
    """Return who is on duty at a unit at a moment, and who leads it, as its roster tells."""
    there = await presence.on_duty(session, unit, at)
    leaders = await presence.leaders(session, unit, at)
    return Watch(there.person_id if there else None, tuple(leader.person_id for leader in leaders))
