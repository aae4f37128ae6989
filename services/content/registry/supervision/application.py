"""Who may decide an application, and when."""

from shared.contracts.applying import ApplicationState, Choice
from shared.problem import Conflict, Forbidden

OUTCOMES = {Choice.APPROVE: ApplicationState.APPROVED, Choice.REFUSE: ApplicationState.REFUSED}


class OwnApplication(Forbidden):
    """Nobody decides what they have applied for themselves."""

    advice = "不能审批本人提出的申请。"


class NotTheApplicant(Forbidden):
    """Only whoever applied for it withdraws an application."""

    advice = "只有申请人本人可以撤回申请。"


class NoLongerOpen(Conflict):
    """The application has been decided or withdrawn."""

    advice = "该申请已办结或已撤回。"


def decide(
    state: ApplicationState, choice: Choice, *, applied_by: str, decided_by: str
) -> ApplicationState:
    """Return what becomes of an open application by another person's decision."""
    _check_open(state)
    if decided_by == applied_by:
        raise OwnApplication
    return OUTCOMES[choice]


def withdraw(state: ApplicationState, *, applied_by: str, withdrawn_by: str) -> ApplicationState:
    """Return what becomes of an open application that its applicant wants no longer."""
    if withdrawn_by != applied_by:
        raise NotTheApplicant
    _check_open(state)
    return ApplicationState.WITHDRAWN


def _check_open(state: ApplicationState) -> None:
    if state is not ApplicationState.FILED:
        raise NoLongerOpen(state=state)
