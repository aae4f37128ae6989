"""For how long letters are kept."""

from datetime import date
from functools import cache

from pydantic import Field

from services.interaction.mailbox.letters.handling import TYPES
from shared.contracts.letters import LetterState
from shared.figures import Figures, Source, read


class Kept(Source):
    """How many years what has come to an end is kept."""

    years: int = Field(ge=1, le=100)


class Retention(Figures):
    """How long letters are kept that came to each end; what is open is kept."""

    refused: Kept
    merged: Kept
    answered: Kept
    resolved: Kept
    unresolved: Kept

    def of(self, state: LetterState) -> Kept | None:
        """Return how long a letter in this state is kept; none while it is open."""
        kept: Kept | None = getattr(self, TYPES[state].value, None)
        return kept


@cache
def retention() -> Retention:
    """Return the rules this version was made with."""
    return read(Retention, __package__, "retention.yaml")


def last_days(today: date, rules: Retention) -> dict[LetterState, date]:
    """Return for each end the day whose letters are kept no longer from `today` on."""
    ends = {state: rules.of(state) for state in LetterState}
    return {state: _years_before(today, kept.years) for state, kept in ends.items() if kept}


def _years_before(day: date, years: int) -> date:
    if (day.month, day.day) == (2, 29):
        day = day.replace(day=28)
    return day.replace(year=day.year - years)
