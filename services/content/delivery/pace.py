"""How many visits of an item in a row are believed."""

from collections import OrderedDict
from collections.abc import Hashable
from datetime import datetime

from shared.problem import TooManyRequests

RATE = 20.0
BURST = 200.0
MOST_KEYS = 10_000


class TooManyVisits(TooManyRequests):
    """More visits of one item come in than people make."""

    headers = {"Retry-After": "10"}
    advice = "访问计数过于频繁，本次未计入。"


class Pace:
    """Lets so many a second pass for each key, after a first burst; it knows no visitor.

    One process keeps its own, and forgets the key it has not met for longest.
    """

    def __init__(self, rate: float = RATE, burst: float = BURST) -> None:
        self._rate, self._burst = rate, burst
        self._left: OrderedDict[Hashable, tuple[float, datetime]] = OrderedDict()

    def require(self, key: Hashable, now: datetime) -> None:
        """Take one of what may pass, or refuse with `TooManyVisits`."""
        left, since = self._left.pop(key, (self._burst, now))
        left = min(self._burst, left + self._rate * (now - since).total_seconds())
        self._left[key] = (left - 1 if left >= 1 else left, now)
        if len(self._left) > MOST_KEYS:
            self._left.popitem(last=False)
        if left < 1:
            raise TooManyVisits
