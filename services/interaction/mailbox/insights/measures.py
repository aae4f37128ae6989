"""What letters of a period come to: figures that are counted, and what follows from them.

A letter is valid unless it was refused or merged as a repeat (the invalid ones do not count in the
national check, 国办秘函〔2019〕19号); what is held is not counted before a person cleared it.
"""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from shared.contracts.insights import LetterMeasures
from shared.contracts.letters import LetterState

INVALID = frozenset({LetterState.REFUSED, LetterState.MERGED})
WAITING = frozenset({LetterState.RECEIVED})
TENTH = Decimal("0.1")


class Counted(NamedTuple):
    """Letters of one state, counted together, and the sums over them."""

    state: LetterState
    letters: int
    answered: int
    on_time: int
    overdue: int
    working_days: int
    satisfied: int
    fairly: int
    dissatisfied: int
    reopened: int
    published: int


def measures(counted: Iterable[Counted]) -> LetterMeasures:
    """Return what the counts come to; a share of nothing is none, not nought."""
    counts = list(counted)
    valid = [each for each in counts if each.state not in INVALID]
    answered = sum(each.answered for each in valid)
    satisfied, fairly, dissatisfied = (
        sum(getattr(each, name) for each in valid)
        for name in ("satisfied", "fairly", "dissatisfied")
    )
    evaluated = satisfied + fairly + dissatisfied
    published = sum(each.published for each in valid)
    valid_letters = sum(each.letters for each in valid)
    return LetterMeasures(
        received=sum(each.letters for each in counts),
        valid=valid_letters,
        accepted=sum(each.letters for each in valid if each.state not in WAITING),
        answered=answered,
        answer_rate=_percent(answered, valid_letters),
        on_time=sum(each.on_time for each in valid),
        on_time_rate=_percent(sum(each.on_time for each in valid), answered),
        overdue=sum(each.overdue for each in valid),
        average_working_days=_tenth(sum(each.working_days for each in valid), answered),
        evaluated=evaluated,
        satisfied=satisfied,
        fairly=fairly,
        dissatisfied=dissatisfied,
        satisfaction_rate=_percent(satisfied + fairly, evaluated),
        reopened=sum(each.reopened for each in valid),
        published=published,
        public_share=_percent(published, answered),
    )


def _percent(part: int, whole: int) -> float | None:
    return _tenth(part * 100, whole)


def _tenth(part: int, whole: int) -> float | None:
    if not whole:
        return None
    return float((Decimal(part) / Decimal(whole)).quantize(TENTH, ROUND_HALF_UP))
