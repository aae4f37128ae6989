"""When a site is reminded of what it owes, and when its supervisor is told that it is late."""

from datetime import datetime

from services.content.syndication.directives.deadline import figures


def reminders(told_at: datetime, deadline: datetime) -> list[datetime]:
    """Return the instants at which a site that has not answered is reminded."""
    return [told_at + (deadline - told_at) * share for share in figures().reminding.shares]


def escalation(told_at: datetime, deadline: datetime) -> datetime:
    """Return the instant from which a site that has not answered is its supervisor's business."""
    return deadline + (deadline - told_at) * figures().escalating.share


def following(told_at: datetime, deadline: datetime, now: datetime) -> datetime | None:
    """Return the next of these instants; what passed unheard is not made up for."""
    ahead = [*reminders(told_at, deadline), escalation(told_at, deadline)]
    return next((at for at in ahead if at > now), None)
