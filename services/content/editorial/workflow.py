"""Which act leads where, and who may consent to what.

Source of the two reviews and their order: 蚌政办秘〔2017〕97号 三(四).
"""

from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Protocol, TypeVar

from shared.auth import Permission
from shared.contracts.content import ReviewStep, Stage
from shared.problem import Conflict, Forbidden


class Act(StrEnum):
    """What may be done to an item's draft."""

    REVISE = "revise"
    SUBMIT = "submit"
    RETURN = "return"
    APPROVE = "approve"
    CLEAR = "clear"


TRANSITIONS = {
    (Stage.DRAFT, Act.REVISE): Stage.DRAFT,
    (Stage.IN_REVIEW, Act.REVISE): Stage.DRAFT,
    (Stage.CLEARED, Act.REVISE): Stage.DRAFT,
    (Stage.DRAFT, Act.SUBMIT): Stage.IN_REVIEW,
    (Stage.IN_REVIEW, Act.RETURN): Stage.DRAFT,
    (Stage.IN_REVIEW, Act.APPROVE): Stage.IN_REVIEW,
    (Stage.IN_REVIEW, Act.CLEAR): Stage.CLEARED,
    (Stage.CLEARED, Act.RETURN): Stage.DRAFT,
}

REVIEWED_BY: Mapping[ReviewStep, Permission] = {
    ReviewStep.LEADER: Permission.REVIEW,
    ReviewStep.SECRECY: Permission.REVIEW_SECRECY,
}


class WrongStage(Conflict):
    """The item's stage does not allow this act."""

    advice = "稿件当前所处环节不允许这样操作。"


class SamePerson(Forbidden):
    """Writing, leader's review and secrecy review take three different people."""

    advice = "撰稿、负责人审查、保密审查须由三名不同人员办理。"


class OutOfTurn(Conflict):
    """The secrecy review follows the leader's review."""

    advice = "须先经分管负责人审查同意，再作保密审查。"


class AlreadyApproved(Conflict):
    """The text already has this approval."""

    advice = "本环节已审查同意，无需重复办理。"


class Consent(Protocol):
    """An approval, as far as the workflow looks at it."""

    step: ReviewStep
    reviewer: str
    content_hash: str


C = TypeVar("C", bound=Consent)


def advance(stage: Stage, act: Act) -> Stage:
    """Return the stage `act` leads to, or raise `WrongStage`."""
    try:
        return TRANSITIONS[stage, act]
    except KeyError:
        raise WrongStage(stage=stage, act=act) from None


def consents_to(content_hash: str, approvals: Collection[C]) -> list[C]:
    """Return the approvals that were given to exactly this text."""
    return [approval for approval in approvals if approval.content_hash == content_hash]


def check_reviewer(
    step: ReviewStep, reviewer: str, authors: Collection[str], given: Collection[Consent]
) -> None:
    """Refuse a reviewer who wrote the text, took the other step, or comes too early."""
    if reviewer in authors or any(consent.reviewer == reviewer for consent in given):
        raise SamePerson(step=step)
    steps = {consent.step for consent in given}
    if step in steps:
        raise AlreadyApproved(step=step)
    if step is ReviewStep.SECRECY and ReviewStep.LEADER not in steps:
        raise OutOfTurn


def is_cleared(content_hash: str, approvals: Collection[Consent]) -> bool:
    """Say whether both reviews, by two people, consent to exactly this text."""
    given = consents_to(content_hash, approvals)
    return {consent.step for consent in given} == set(ReviewStep) and len(
        {consent.reviewer for consent in given}
    ) == len(ReviewStep)
