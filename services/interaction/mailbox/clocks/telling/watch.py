"""Who is called about letters left lying."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from shared.contracts.letter_clocks import LetterAlarmLevel


class Watch(NamedTuple):
    """Who is on duty at a unit at a moment, and who leads it."""

    on_duty: UUID | None = None
    leaders: Sequence[UUID] = ()


def called(watch: Watch, level: LetterAlarmLevel) -> list[UUID]:
    """Return whom an alarm calls; where nobody is on duty, the leaders at once."""
    if level is LetterAlarmLevel.DUTY and watch.on_duty is not None:
        return [watch.on_duty]
    return list(watch.leaders)
