import pytest

from services.interaction.mailbox.privacy.erasing import (
    AlreadyDecided,
    OwnRequest,
    StillOpen,
    decide,
    may_ask,
)
from shared.contracts.letters import StateType
from shared.contracts.privacy import ErasureDecision, ErasureState
from shared.problem import Invalid

ASKED = {"state": ErasureState.ASKED, "asked_by": "person:a", "decided_by": "person:b"}


@pytest.mark.parametrize("kind", StateType)
def test_only_what_has_come_to_an_end_may_be_erased(kind: StateType) -> None:
    if kind in {StateType.WAITING, StateType.OPEN}:
        with pytest.raises(StillOpen):
            may_ask(kind)
    else:
        may_ask(kind)


def test_another_person_decides_once_and_says_why_not() -> None:
    yes, no = ErasureDecision(erase=True), ErasureDecision(erase=False, reason="须归档")
    assert decide(**ASKED, decision=yes) is ErasureState.ERASED
    assert decide(**ASKED, decision=no) is ErasureState.REFUSED
    with pytest.raises(Invalid):
        decide(**ASKED, decision=ErasureDecision(erase=False))
    with pytest.raises(OwnRequest):
        decide(**ASKED | {"decided_by": "person:a"}, decision=yes)
    with pytest.raises(AlreadyDecided):
        decide(**ASKED | {"state": ErasureState.REFUSED}, decision=yes)
