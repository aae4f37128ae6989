"""How long things of the staff may last, and how much trying out is suffered."""

from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Annotated, NamedTuple

import yaml
from pydantic import BaseModel, ConfigDict, Field

from shared.problem import TooManyRequests, Unprocessable

Count = Annotated[int, Field(ge=1)]


class Figures(BaseModel):
    """Base of the figures: an unknown or missing one is a fault at start."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class LoggingIn(Figures):
    """How often logging in may fail."""

    window_minutes: Count
    strange_address: Count
    familiar_address: Count
    strangers: Count

    @property
    def window(self) -> timedelta:
        """For how long a failure counts."""
        return timedelta(minutes=self.window_minutes)


class Sessions(Figures):
    """How long a login is remembered."""

    kept_days: Count


class Keys(Figures):
    """How long a program's key may hold."""

    longest_days: Count
    usual_days: Count


class Delegations(Figures):
    """How long a post may be lent."""

    longest_days: Count


class Patience(Figures):
    """All of these figures."""

    logging_in: LoggingIn
    sessions: Sessions
    keys: Keys
    delegations: Delegations


class TooManyFailures(TooManyRequests):
    """Logging in with this name failed too often; wait a while."""

    advice = "该账号登录失败次数过多，请稍后再试。"


class ExpiryOutOfRange(Unprocessable):
    """A key ends after now, and not too far ahead."""

    advice = "密钥的到期时间须晚于当前时间，且不超过规定的最长期限。"


class IntervalOutOfRange(Unprocessable):
    """A delegation ends after it begins and after now, and is not too long."""

    advice = "代理的结束时间须晚于开始时间和当前时间，且不超过规定的最长期限。"


class Failures(NamedTuple):
    """How often a login failed lately, and since when: from one address, and from strange ones."""

    here: int
    here_since: datetime | None
    strangers: int
    strangers_since: datetime | None
    familiar: bool


@cache
def patience() -> Patience:
    """Return the figures that stand in `patience.yaml`."""
    listed = files(__package__).joinpath("patience.yaml").read_text("utf-8")
    return Patience.model_validate(yaml.safe_load(listed))


def check_attempt(failures: Failures, now: datetime) -> None:
    """Refuse to try a password after too many failures, and say when to come again.

    An address the login has succeeded from answers only for itself, so that nobody elsewhere
    can shut its people out.
    """
    rule = patience().logging_in
    most = rule.familiar_address if failures.familiar else rule.strange_address
    since = [failures.here_since] if failures.here >= most else []
    if not failures.familiar and failures.strangers >= rule.strangers:
        since.append(failures.strangers_since)
    waits = [began + rule.window - now for began in since if began is not None]
    if waits:
        raise _come_again(max(waits))


def _come_again(wait: timedelta) -> TooManyFailures:
    problem = TooManyFailures(error="invalid_grant")
    problem.headers = {"Retry-After": str(max(1, int(wait.total_seconds()) + 1))}
    return problem


def check_expiry(expires_at: datetime, now: datetime) -> None:
    """Refuse a key that has expired or would hold for too long."""
    longest = patience().keys.longest_days
    if not now < expires_at <= now + timedelta(days=longest):
        raise ExpiryOutOfRange(longest_days=longest)


def usual_expiry(now: datetime) -> datetime:
    """Return when a key expires whose end nobody named."""
    return now + timedelta(days=patience().keys.usual_days)


def check_interval(starts_at: datetime, ends_at: datetime, now: datetime) -> None:
    """Refuse a delegation that is over, ends before it begins, or lasts too long."""
    longest = patience().delegations.longest_days
    if not max(now, starts_at) < ends_at <= max(now, starts_at) + timedelta(days=longest):
        raise IntervalOutOfRange(longest_days=longest)
