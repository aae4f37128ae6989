"""What release does when time has passed."""

from collections.abc import Sequence
from datetime import datetime

from services.content.release.commands import marking, readdressing, scheduling
from services.content.release.models import Expiry, Readdressing, ScheduledRelease
from shared.auth import system
from shared.db import Sessions
from shared.schedule import Task, claim
from shared.telemetry import LATENESS
from shared.uow import BeginAs

CLOCK = system("release")


def tasks(sessions: Sessions, begin: BeginAs) -> Sequence[Task]:
    """Return the clocks of release: bundles whose time has come, policies that expire, domains."""

    async def release_scheduled(now: datetime) -> int:
        # One at a time: one that fails must not make the others wait for its lease to end.
        due = await claim(sessions, ScheduledRelease, now, most=1)
        for release in due:
            async with begin(CLOCK, f"scheduled:{release.id}") as uow:
                late = await scheduling.carry_out(uow, release.id)
            if late is not None:
                LATENESS.observe(late)
        return len(due)

    async def expire_policies(now: datetime) -> int:
        due = await claim(sessions, Expiry, now)
        for expiry in due:
            async with begin(CLOCK, f"expiry:{expiry.id}") as uow:
                await marking.expire(uow, expiry.id)
        return len(due)

    async def follow_domains(now: datetime) -> int:
        due = await claim(sessions, Readdressing, now, most=1)
        for changed in due:
            async with begin(CLOCK, f"readdressing:{changed.id}") as uow:
                await readdressing.follow_domain(uow, changed.id)
        return len(due)

    return [
        Task("release-scheduled", release_scheduled),
        Task("expire-policies", expire_policies),
        Task("follow-domains", follow_domains),
    ]
