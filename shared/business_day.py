"""Business days and the instants at which they begin and end."""

from datetime import date, datetime, time, timedelta, timezone

BEIJING = timezone(timedelta(hours=8))
FURTHEST = timedelta(days=366)


def business_date(instant: datetime) -> date:
    """Return the day it is in China."""
    return instant.astimezone(BEIJING).date()


def start_of(day: date) -> datetime:
    """Return the first instant of `day`."""
    return datetime.combine(day, time(), BEIJING)


def end_of(day: date) -> datetime:
    """Return the first instant after `day`: what is due on it is late from then on."""
    return start_of(day + timedelta(days=1))


def lies_ahead(instant: datetime, now: datetime) -> bool:
    """Say whether an instant is still to come, and within a year: what may be set for later."""
    return now < instant <= now + FURTHEST
