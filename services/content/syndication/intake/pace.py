"""When a feed is asked again, and when it counts as failing or quiet."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

from services.content.syndication.intake.figures import figures


def after_success(
    ttl_minutes: int | None, max_age: int | None, chance: float, *, has_more: bool = False
) -> timedelta:
    """Return when a feed that was read is asked again: as it asks itself, within limits."""
    told = figures()
    if has_more:
        return told.of_host
    asked = [minutes for minutes in (ttl_minutes, max_age and max_age // 60) if minutes]
    minutes = max(asked, default=told.usual_minutes)
    within = min(max(minutes, told.shortest_minutes), told.longest_hours * 60)
    return _spread(timedelta(minutes=within), chance)


def after_failure(failures: int, asked: timedelta, chance: float) -> timedelta:
    """Return when a feed that failed so often in a row is asked again, not before it asks."""
    told = figures()
    doubled = told.failure_minutes * 2 ** min(failures - 1, 20)
    pause = timedelta(minutes=min(doubled, told.failure_longest_hours * 60))
    return max(_spread(pause, chance), asked)


def is_failing(failures: int) -> bool:
    """Say whether a feed failed so often in a row that somebody should know."""
    return failures >= figures().failures


def usual_gap(published: Sequence[datetime]) -> timedelta | None:
    """Return the usual time between two entries, once there are enough to tell."""
    if len(published) < figures().rhythm_least:
        return None
    ordered = sorted(published)
    gaps = [(later - earlier).total_seconds() for earlier, later in pairwise(ordered)]
    return timedelta(seconds=median(gaps))


def is_quiet(newest: datetime | None, usual_hours: float | None, now: datetime) -> bool:
    """Say whether a feed brought nothing for far longer than is usual for it."""
    if newest is None or usual_hours is None:
        return False
    told = figures()
    patience = timedelta(hours=usual_hours * told.quiet_factor)
    return now - newest > max(patience, timedelta(days=told.quiet_least_days))


def page_pause(attempts: int) -> timedelta | None:
    """Return how long to wait for a page that could not be read; after the last try none."""
    pauses = figures().page_minutes
    return timedelta(minutes=pauses[attempts - 1]) if attempts <= len(pauses) else None


def _spread(pause: timedelta, chance: float) -> timedelta:
    """Return a pause spread by `chance` in [0, 1), so that feeds do not march in step."""
    return pause * (1 + figures().jitter * (2 * chance - 1))
