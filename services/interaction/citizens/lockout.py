"""Patience with wrong query codes, the same for letters that exist and numbers that do not."""

from datetime import datetime, timedelta
from functools import cache
from typing import NamedTuple

from shared.figures import Figures, Source, read
from shared.problem import NotFound, TooManyRequests


class Patience(Figures):
    """How many wrong query codes a number and a place bear, and for how long they count."""

    source: Source
    tries: int
    place_tries: int
    minutes: int


@cache
def patience() -> Patience:
    """Return the figures this version was made with."""
    return read(Patience, __package__, "patience.yaml")


class NoSuchLetter(NotFound):
    """No letter has this number and query code."""

    advice = "没有找到来信，请核对来信编号和查询码。"


class TooManyWrongCodes(TooManyRequests):
    """Too many wrong query codes were shown for this number, or from this place."""

    def __init__(self, seconds: int) -> None:
        """Say how long to wait."""
        minutes = -(-seconds // 60)
        super().__init__(f"查询码多次有误，请 {minutes} 分钟后再试，或完成页面上的验证后继续。")
        self.headers = {"Retry-After": str(seconds)}


class Tries(NamedTuple):
    """How many wrong codes were shown since a moment."""

    wrong: int
    since: datetime


def counts_since(limit: Patience, now: datetime) -> datetime:
    """Return the moment before which wrong codes are forgotten."""
    return now - timedelta(minutes=limit.minutes)


def refuse_if_locked(tries: Tries | None, most: int, limit: Patience, now: datetime) -> None:
    """Refuse any code, right or wrong, while too many wrong ones count."""
    if tries is None or tries.wrong < most:
        return
    left = tries.since - counts_since(limit, now)
    if left > timedelta():
        raise TooManyWrongCodes(max(1, round(left.total_seconds())))
