"""Which act leads where, and who may consent to what.

Source of the two reviews and their order: 蚌政办秘〔2017〕97号 三(四).
"""

from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum
from typing import Protocol, TypeVar

from shared.auth import Permission
from shared.contracts.content import ReviewStep, Stage
from shared.contracts.reviewing import ALWAYS
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


LEVELS = tuple(step for step in ReviewStep if step not in ALWAYS)
"""The reviews an organization may have come first."""

REVIEWED_BY: Mapping[ReviewStep, Permission] = {
    ReviewStep.LEADER: Permission.REVIEW,
    ReviewStep.SECRECY: Permission.REVIEW_SECRECY,
    **dict.fromkeys(LEVELS, Permission.REVIEW_LEVEL),
}


class WrongStage(Conflict):
    """The item's stage does not allow this act."""

    advice = "稿件当前所处环节不允许这样操作。"


class SamePerson(Forbidden):
    """Writing and each of the reviews take different people."""

    advice = "撰稿和各环节审查须由不同人员办理。"


class OutOfTurn(Conflict):
    """Another review comes before this one."""

    advice = "须先完成前一环节审查：先分管负责人审查，再保密审查。"


class NotAsked(Conflict):
    """The text is not asked to pass this review."""

    advice = "本稿件无需经过此审查环节。"


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


def road(levels: Sequence[ReviewStep], *, emergency: bool) -> list[ReviewStep]:
    """Return the reviews a text must pass: in an emergency only those no road goes round."""
    return list(ALWAYS) if emergency else [*levels, *ALWAYS]


def consents_to(content_hash: str, approvals: Collection[C]) -> list[C]:
    """Return the approvals that were given to exactly this text."""
    return [approval for approval in approvals if approval.content_hash == content_hash]


def awaited(
    steps: Sequence[ReviewStep], given: Collection[Consent], *, emergency: bool
) -> list[ReviewStep]:
    """Return the reviews that may be given now: the next, or in an emergency every one left."""
    passed = {consent.step for consent in given}
    left = [step for step in steps if step not in passed]
    return left if emergency else left[:1]


def check_reviewer(
    step: ReviewStep,
    reviewer: str,
    writers: Collection[str],
    given: Collection[Consent],
    steps: Sequence[ReviewStep],
    *,
    emergency: bool = False,
) -> None:
    """Refuse a reviewer who wrote the text, took another step, or comes too early."""
    if reviewer in writers or any(consent.reviewer == reviewer for consent in given):
        raise SamePerson(step=step)
    if step in {consent.step for consent in given}:
        raise AlreadyApproved(step=step)
    if step not in steps:
        raise NotAsked(step=step)
    if step not in awaited(steps, given, emergency=emergency):
        raise OutOfTurn(step=step)


def is_cleared(
    content_hash: str, approvals: Collection[Consent], steps: Sequence[ReviewStep]
) -> bool:
    """Say whether every review asked, by as many people, consents to exactly this text."""
    given = consents_to(content_hash, approvals)
    passed = {consent.step for consent in given}
    reviewers = {consent.reviewer for consent in given}
    return passed >= {*steps, *ALWAYS} and len(reviewers) == len(given)
