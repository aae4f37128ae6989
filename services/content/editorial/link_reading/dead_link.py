"""When a link counts as dead: two readings, apart in time, found it surely so."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import cache
from importlib.resources import files
from typing import Annotated, NamedTuple

import yaml
from pydantic import BaseModel, ConfigDict, Field

from shared.contracts.dead_links import LinkFound

Count = Annotated[int, Field(ge=1)]
NO_REST = timedelta()
SERVER_FAULT = 500

DEAD = frozenset(
    {LinkFound.GONE, LinkFound.UNKNOWN_HOST, LinkFound.REFUSED, LinkFound.BAD_CERTIFICATE}
)
UNHEARD = DEAD - {LinkFound.GONE}
"""What a fault of our own network could make us find as well."""

NEEDS_WITNESS = UNHEARD | {LinkFound.OWN_FAULT}


class Figures(BaseModel):
    """How links are read."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    confirm_minutes: Count
    doubt_hours: Count
    dead_hours: Count
    alive_days: Count
    host_seconds: Count
    longest_rest_hours: Count
    redirects: Count
    links_of_a_text: Count
    longest_address: Count
    gone: frozenset[int]
    doubtful: frozenset[int]

    @property
    def apart(self) -> timedelta:
        """Return how far apart the two readings are that make a link dead."""
        return timedelta(minutes=self.confirm_minutes)

    @property
    def of_host(self) -> timedelta:
        """Return how long a host is left alone after each reading."""
        return timedelta(seconds=self.host_seconds)


@cache
def figures() -> Figures:
    """Return how links are read."""
    return Figures.model_validate(
        yaml.safe_load(files(__package__).joinpath("reading.yaml").read_text("utf-8"))
    )


class Reading(NamedTuple):
    """What one reading of a link found, and how long its host asks to be left alone."""

    found: LinkFound
    status: int | None = None
    rest: timedelta = NO_REST


class Known(NamedTuple):
    """What is known of a link: since when it was found dead without a break, and how often."""

    dead_from: datetime | None = None
    times_dead: int = 0
    confirmed_at: datetime | None = None


class DeadLink(NamedTuple):
    """What made a link dead, when that was first found, and when confirmed."""

    found: LinkFound
    status: int | None
    since: datetime
    confirmed_at: datetime


def read_status(status: int) -> LinkFound:
    """Return what a status says of a link; who is kept out, as robots are, has found it there."""
    if status in figures().gone:
        return LinkFound.GONE
    if status in figures().doubtful or status >= SERVER_FAULT:
        return LinkFound.DOUBTFUL
    return LinkFound.ANSWERED


def read_rest(asked: str | None, now: datetime) -> timedelta:
    """Return how long a Retry-After asks us to wait, within reason; nonsense asks nothing."""
    if asked is None:
        return NO_REST
    try:
        seconds = int(asked) if asked.isdecimal() else (_moment(asked) - now).total_seconds()
    except ValueError:
        return NO_REST
    longest = timedelta(hours=figures().longest_rest_hours)
    return timedelta(seconds=min(max(seconds, 0), longest.total_seconds()))


def _moment(text: str) -> datetime:
    moment = parsedate_to_datetime(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def weigh(reading: Reading, url: str, others: Iterable[tuple[str, Reading]]) -> Reading:
    """Return what a reading tells of the link, and not of our own network.

    Silence is believed only beside another host that answered at the same time, and a bad
    certificate only beside a good one. A lookup that failed while others went well is doubt.
    """
    if reading.found not in NEEDS_WITNESS:
        return reading
    needed = "https:" if reading.found is LinkFound.BAD_CERTIFICATE else "http"
    is_witnessed = any(
        other.status is not None and witness.startswith(needed)
        for witness, other in others
        if witness != url
    )
    if not is_witnessed:
        return Reading(LinkFound.OWN_FAULT)
    return reading if reading.found in UNHEARD else Reading(LinkFound.DOUBTFUL)


def learn(known: Known, found: LinkFound, now: datetime) -> Known:
    """Return what is known after a reading; what is doubtful neither confirms nor clears."""
    if found is LinkFound.ANSWERED:
        return Known()
    if found not in DEAD:
        return known
    first = known.dead_from or now
    is_confirmed = now - first >= figures().apart
    confirmed_at = known.confirmed_at or (now if is_confirmed else None)
    return Known(first, known.times_dead + 1, confirmed_at)


def next_reading(known: Known, found: LinkFound, now: datetime) -> datetime:
    """Return when a link is read again."""
    if found is LinkFound.ANSWERED:
        return now + timedelta(days=figures().alive_days)
    if known.confirmed_at is not None:
        return now + timedelta(hours=figures().dead_hours)
    if found is LinkFound.DOUBTFUL:
        return now + timedelta(hours=figures().doubt_hours)
    return now + figures().apart
