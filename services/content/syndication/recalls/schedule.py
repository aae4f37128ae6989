"""When deadlines of recalls pass, and when what is proved is certified."""

from collections.abc import Sequence
from datetime import datetime

from joserfc.jwk import OKPKey

from services.content.syndication.recalls.commands import certifying, missing
from services.content.syndication.recalls.models import Recall
from shared.auth import system
from shared.db import Sessions
from shared.schedule import Task, claim
from shared.uow import BeginAs

CLOCK = system("syndication")


def tasks(sessions: Sessions, begin: BeginAs, key: OKPKey) -> Sequence[Task]:
    """Return the clocks of recalls."""

    async def miss_deadlines(now: datetime) -> int:
        due = await claim(sessions, Recall, now)
        for recall in due:
            async with begin(CLOCK, f"recall:{recall.id}") as uow:
                await missing.miss_deadline(uow, recall.id)
        return len(due)

    async def certify(_: datetime) -> int:
        async with begin(CLOCK, "certificates") as uow:
            return await certifying.certify(uow, key)

    return [Task("miss-recalls", miss_deadlines), Task("certify-copies", certify)]
