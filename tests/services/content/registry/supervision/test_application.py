import pytest

from services.content.registry.supervision.application import (
    NoLongerOpen,
    NotTheApplicant,
    OwnApplication,
    decide,
    withdraw,
)
from shared.contracts.applying import ApplicationState, Choice

FILED = ApplicationState.FILED
OVER = [state for state in ApplicationState if state is not FILED]


def test_another_person_decides() -> None:
    for choice, outcome in (("approve", "approved"), ("refuse", "refused")):
        assert decide(FILED, Choice(choice), applied_by="one", decided_by="other") == outcome


@pytest.mark.parametrize("choice", Choice)
def test_nobody_decides_their_own_application(choice: Choice) -> None:
    with pytest.raises(OwnApplication):
        decide(FILED, choice, applied_by="one", decided_by="one")


def test_only_the_applicant_withdraws() -> None:
    outcome = withdraw(FILED, applied_by="one", withdrawn_by="one")
    assert outcome is ApplicationState.WITHDRAWN
    with pytest.raises(NotTheApplicant):
        withdraw(FILED, applied_by="one", withdrawn_by="other")


@pytest.mark.parametrize("state", OVER)
def test_what_is_over_is_neither_decided_nor_withdrawn(state: ApplicationState) -> None:
    with pytest.raises(NoLongerOpen):
        decide(state, Choice.REFUSE, applied_by="one", decided_by="other")
    with pytest.raises(NoLongerOpen):
        withdraw(state, applied_by="one", withdrawn_by="one")
