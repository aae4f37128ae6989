from uuid import UUID

import pytest

from services.interaction.mailbox.letters.handling import OPEN
from services.interaction.mailbox.screening.merging import Candidate, faults, may_lead
from shared.contracts.letters import LetterState

LEAD, OTHER, THIRD = (UUID(int=number) for number in (1, 2, 3))
HERE = "340000.340300.office"


@pytest.mark.parametrize("state", LetterState)
def test_only_a_letter_whose_answer_is_to_come_leads_others(state: LetterState) -> None:
    assert may_lead(state) == (state in OPEN and state != "held")


def test_every_letter_that_cannot_be_merged_is_named() -> None:
    found = {
        LEAD: Candidate(HERE, LetterState.ACCEPTED),
        OTHER: Candidate(HERE, LetterState.ANSWERED),
        THIRD: Candidate("340000.340300.340321", LetterState.RECEIVED),
    }
    asked = [LEAD, OTHER, THIRD, UUID(int=4)]
    assert [(fault.pointer, fault.code) for fault in faults(LEAD, HERE, asked, found)] == [
        ("/letters/0", "itself"),
        ("/letters/1", "wrong_state"),
        ("/letters/2", "other_mailbox"),
        ("/letters/3", "unknown"),
    ]


def test_letters_not_answered_yet_may_be_merged() -> None:
    for state in (LetterState.RECEIVED, LetterState.ACCEPTED, LetterState.DISPATCHED):
        assert not list(faults(LEAD, HERE, [OTHER], {OTHER: Candidate(HERE, state)}))
