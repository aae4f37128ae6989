"""When a site's rules look at what it owes."""

from collections.abc import Sequence
from datetime import datetime

from services.content.syndication.reposting.commands import accepting
from services.content.syndication.reposting.models import Acceptance
from shared.auth import system
from shared.db import Sessions
from shared.schedule import Task, claim
from shared.uow import BeginAs

CLOCK = system("syndication")


def tasks(sessions: Sessions, begin: BeginAs) -> Sequence[Task]:
    """Return the clock of the sites' own rules."""

    async def accept_by_rule(now: datetime) -> int:
        # One at a time: one that fails must not make the others wait for its lease to end.
        due = await claim(sessions, Acceptance, now, most=1)
        for acceptance in due:
            async with begin(CLOCK, f"acceptance:{acceptance.id}") as uow:
                await accepting.act_by_rule(uow, acceptance.id)
        return len(due)

    return [Task("accept-by-rule", accept_by_rule)]
