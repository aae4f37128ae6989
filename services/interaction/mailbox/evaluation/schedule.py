"""What is done about answers that nobody evaluated in time."""

from datetime import datetime, timedelta
from functools import partial

from services.interaction.mailbox.clocks import queries as clocks
from services.interaction.mailbox.evaluation.commands import evaluating
from shared.auth import system
from shared.business_day import business_date
from shared.contracts.letter_clocks import LetterClockStep
from shared.contracts.letters import LetterState
from shared.db import Sessions
from shared.schedule import Task
from shared.uow import BeginAs

CLERK = system("interaction")
AT_ONCE = 50


def tasks(sessions: Sessions, begin: BeginAs) -> list[Task]:
    """Return the one task: answers whose time of evaluation is over."""
    default = partial(evaluate_by_default, sessions, begin)
    return [Task("default-evaluations", default, timedelta(minutes=10))]


async def evaluate_by_default(sessions: Sessions, begin: BeginAs, now: datetime) -> int:
    """Take writers who said nothing in time as satisfied; return how many."""
    async with sessions() as session:
        passed = await clocks.passed(
            session, LetterClockStep.EVALUATION, LetterState.ANSWERED, business_date(now), AT_ONCE
        )
    for letter_id in passed:
        async with begin(CLERK, f"evaluation:{letter_id}") as uow:
            await evaluating.evaluate_by_default(uow, letter_id)
    return len(passed)
