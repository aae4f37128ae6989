"""When surveys open, tell their counts and close."""

from collections.abc import Sequence
from datetime import datetime

from services.interaction.participation.surveys.commands import timing
from services.interaction.participation.surveys.models import SurveyClock, Tally
from shared.auth import system
from shared.db import Sessions
from shared.schedule import Task, claim
from shared.uow import BeginAs

CLOCK = system("surveys")


def tasks(sessions: Sessions, begin: BeginAs) -> Sequence[Task]:
    """Return the clocks of surveys."""

    async def keep_times(now: datetime) -> int:
        # One at a time: one with many answers must not make the others wait for its lease to end.
        due = await claim(sessions, SurveyClock, now, most=1)
        for clock in due:
            async with begin(CLOCK, f"survey:{clock.id}") as uow:
                await timing.come_due(uow, clock.id)
        return len(due)

    async def tell_live(now: datetime) -> int:
        due = await claim(sessions, Tally, now, most=1)
        for tally in due:
            async with begin(CLOCK, f"tally:{tally.id}") as uow:
                await timing.tell_live(uow, tally.id)
        return len(due)

    return [Task("keep-surveys-times", keep_times), Task("tell-live-tallies", tell_live)]
