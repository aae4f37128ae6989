"""When a message that was not received is sent again."""

from datetime import timedelta
from http import HTTPStatus

MOST_ATTEMPTS = 20
FIRST_PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(hours=12)
GONE = HTTPStatus.GONE


def pause(attempts: int, chance: float) -> timedelta:
    """Return how long to wait after so many failures: doubling, bounded, spread by chance.

    `chance` is in [0, 1); twenty attempts take about three and a half days.
    """
    whole = min(FIRST_PAUSE * float(2 ** (attempts - 1)), LONGEST_PAUSE)
    return whole * (0.75 + chance / 2)


def is_received(status: int | None) -> bool:
    """Say whether the subscriber took the message."""
    return status is not None and HTTPStatus(200) <= status < HTTPStatus(300)
