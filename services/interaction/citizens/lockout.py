"""Patience with wrong query codes, the same for letters that exist and numbers that do not."""

from datetime import datetime, timedelta
from functools import cache
from typing import NamedTuple

from shared.figures import Figures, Source, read
from shared.problem import NotFound, TooManyRequests


class Patience(Figures):
    """How many wrong query codes a number bears, and for how long they count."""

    source: Source
    tries: int
    minutes: int


@cache
def patience() -> Patience:
    """Return the figures this version was made with."""
    return read(Patience, __package__, "patience.yaml")


class NoSuchLetter(NotFound):
    """No letter has this number and query code."""

    advice = "没有找到来信，请核对来信编号和查询码。"


class TooManyWrongCodes(TooManyRequests):
    """Too many wrong query codes were shown for this number."""

    def __init__(self, seconds: int) -> None:
        """Say how long to wait."""
        super().__init__(f"查询码多次有误，请 {-(-seconds // 60)} 分钟后再试。")
        self.seconds = seconds


class Tries(NamedTuple):
    """How many wrong codes were shown for a number since a moment."""

    wrong: int
    since: datetime


def counts_since(limit: Patience, now: datetime) -> datetime:
    """Return the moment before which wrong codes are forgotten."""
    return now - timedelta(minutes=limit.minutes)


def refuse_if_locked(tries: Tries | None, limit: Patience, now: datetime) -> None:
    """Refuse any code, right or wrong, while too many wrong ones count."""
    if tries is None or tries.wrong < limit.tries:
        return
    left = tries.since - counts_since(limit, now)
    if left > timedelta():
        raise TooManyWrongCodes(max(1, round(left.total_seconds())))
