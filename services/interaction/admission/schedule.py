"""What is done about admission when time has passed."""

from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import delete

from services.interaction.admission.models import UsedProof
from shared.db import Sessions
from shared.schedule import Task


def tasks(sessions: Sessions) -> list[Task]:
    """Return the one task: proofs that have expired."""
    forget = partial(forget_used_proofs, sessions)
    return [Task("forget-used-proofs", forget, timedelta(minutes=5))]


async def forget_used_proofs(sessions: Sessions, now: datetime) -> int:
    """Delete proofs that nobody could show again; return how many."""
    async with sessions.begin() as session:
        over = delete(UsedProof).where(UsedProof.until <= now).returning(UsedProof.digest)
        return len((await session.execute(over)).all())
