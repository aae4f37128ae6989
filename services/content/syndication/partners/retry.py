"""What an answer to a message means, and when what was not received is sent again."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import cache
from importlib.resources import files
from typing import Annotated, NamedTuple

import yaml
from pydantic import BaseModel, ConfigDict, Field

from shared.contracts.subscribing import GivenUp

Count = Annotated[int, Field(ge=1)]
SERVER_FAULT = 500
NO_REST = timedelta()


class Figures(BaseModel):
    """How messages are sent, and sent again."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    pauses_seconds: tuple[Count, ...]
    jitter: Annotated[float, Field(ge=0, lt=1)]
    answer_seconds: Count
    gone: int
    throttling: frozenset[int]
    throttling_seconds: Count
    passing: frozenset[int]
    refused_attempts: Count
    longest_rest_hours: Count
    breaker_failures: Count
    first_rest_seconds: Count
    longest_rest_seconds: Count
    failing_days: Count
    payload_bytes: Count

    @property
    def most_attempts(self) -> int:
        """Return how often a message is sent at most."""
        return len(self.pauses_seconds) + 1

    @property
    def patience(self) -> timedelta:
        """Return for how long a subscriber may fail before it is called no more."""
        return timedelta(days=self.failing_days)


class Reply(NamedTuple):
    """What came of sending a message: a status or why there is none, and how long it took."""

    status: int | None
    fault: str | None = None
    retry_after: str | None = None
    took: timedelta = NO_REST


@cache
def figures() -> Figures:
    """Return how messages are sent."""
    return Figures.model_validate(
        yaml.safe_load(files(__package__).joinpath("retrying.yaml").read_text("utf-8"))
    )


def is_received(status: int | None) -> bool:
    """Say whether the subscriber took the message."""
    return status is not None and status // 100 == 2  # noqa: PLR2004  # the class of success


def given_up(status: int | None, attempts: int) -> GivenUp | None:
    """Say why a message that failed so often is not sent again, if it is not."""
    told = figures()
    refused = status is not None and status < SERVER_FAULT and status not in told.passing
    if refused and attempts >= told.refused_attempts:
        return GivenUp.REFUSED
    return GivenUp.UNANSWERED if attempts >= told.most_attempts else None


def pause(attempts: int, chance: float) -> timedelta:
    """Return how long to wait after so many failures; `chance` in [0, 1) spreads it."""
    told = figures()
    whole = told.pauses_seconds[min(attempts, len(told.pauses_seconds)) - 1]
    return timedelta(seconds=whole * (1 + told.jitter * (2 * chance - 1)))


def asked_rest(retry_after: str | None, now: datetime) -> timedelta:
    """Return for how long a subscriber asked to be left alone, within bounds."""
    if retry_after is None:
        return NO_REST
    longest = timedelta(hours=figures().longest_rest_hours)
    text = retry_after.strip()
    if text.isascii() and text.isdigit():
        return timedelta(seconds=min(int(text.lstrip("0")[:9] or 0), longest.total_seconds()))
    try:
        until = parsedate_to_datetime(text)
    except ValueError:
        return NO_REST
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return min(max(until - now, NO_REST), longest)


def rest(reply: Reply, failures: int, now: datetime) -> timedelta:
    """Return for how long a subscriber is sent nothing after so many failures in a row."""
    told = figures()
    rests = [asked_rest(reply.retry_after, now)]
    if reply.status in told.throttling:
        rests.append(timedelta(seconds=told.throttling_seconds))
    if (beyond := failures - told.breaker_failures) >= 0:
        doubled = told.first_rest_seconds * 2 ** min(beyond, 20)
        rests.append(timedelta(seconds=min(doubled, told.longest_rest_seconds)))
    return max(rests)
