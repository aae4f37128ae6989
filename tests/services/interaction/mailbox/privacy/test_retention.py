from datetime import date

from services.interaction.mailbox.letters.handling import OPEN
from services.interaction.mailbox.privacy.retention import last_days, retention
from shared.contracts.letters import LetterState


def test_what_is_open_is_kept_and_every_end_has_a_rule() -> None:
    days = last_days(date(2026, 3, 2), retention())
    assert set(LetterState) - set(days) == set(OPEN)
    assert days[LetterState.ANSWERED] == date(2016, 3, 2)
    assert days[LetterState.REFUSED] == date(2024, 3, 2)


def test_the_last_of_february_has_a_day_in_every_year() -> None:
    assert last_days(date(2028, 2, 29), retention())[LetterState.REFUSED] == date(2026, 2, 28)
