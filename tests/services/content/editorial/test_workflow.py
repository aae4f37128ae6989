from dataclasses import dataclass, replace
from itertools import product

import pytest

from services.content.editorial.workflow import (
    Act,
    AlreadyApproved,
    OutOfTurn,
    SamePerson,
    WrongStage,
    advance,
    check_reviewer,
    consents_to,
    is_cleared,
)
from shared.contracts.content import ReviewStep, Stage

LEADS_TO = {
    (Stage.DRAFT, Act.REVISE): Stage.DRAFT,
    (Stage.DRAFT, Act.SUBMIT): Stage.IN_REVIEW,
    (Stage.IN_REVIEW, Act.REVISE): Stage.DRAFT,
    (Stage.IN_REVIEW, Act.RETURN): Stage.DRAFT,
    (Stage.IN_REVIEW, Act.APPROVE): Stage.IN_REVIEW,
    (Stage.IN_REVIEW, Act.CLEAR): Stage.CLEARED,
    (Stage.CLEARED, Act.REVISE): Stage.DRAFT,
    (Stage.CLEARED, Act.RETURN): Stage.DRAFT,
}


@dataclass
class Given:
    step: ReviewStep
    reviewer: str
    content_hash: str = "this"


BY_LEADER = Given(ReviewStep.LEADER, "leader")
BY_SECRECY = Given(ReviewStep.SECRECY, "secrecy")


@pytest.mark.parametrize(("stage", "act"), list(product(Stage, Act)))
def test_an_act_leads_where_the_table_says_or_nowhere(stage: Stage, act: Act) -> None:
    if (stage, act) in LEADS_TO:
        assert advance(stage, act) is LEADS_TO[stage, act]
    else:
        with pytest.raises(WrongStage) as refused:
            advance(stage, act)
        assert refused.value.members == {"stage": stage, "act": act}


def test_the_leader_comes_first_and_secrecy_second() -> None:
    check_reviewer(ReviewStep.LEADER, "leader", {"author"}, [])
    check_reviewer(ReviewStep.SECRECY, "secrecy", {"author"}, [BY_LEADER])
    with pytest.raises(OutOfTurn):
        check_reviewer(ReviewStep.SECRECY, "secrecy", {"author"}, [])


@pytest.mark.parametrize("step", ReviewStep)
def test_nobody_who_wrote_any_revision_reviews(step: ReviewStep) -> None:
    with pytest.raises(SamePerson):
        check_reviewer(step, "second author", {"author", "second author"}, [BY_LEADER])


def test_one_person_does_not_do_both_reviews() -> None:
    with pytest.raises(SamePerson):
        check_reviewer(ReviewStep.SECRECY, "leader", {"author"}, [BY_LEADER])


def test_a_step_is_not_approved_twice() -> None:
    with pytest.raises(AlreadyApproved):
        check_reviewer(ReviewStep.LEADER, "other leader", {"author"}, [BY_LEADER])


@pytest.mark.parametrize(
    ("given", "cleared"),
    [
        ([], False),
        ([BY_LEADER], False),
        ([BY_SECRECY], False),
        ([BY_LEADER, BY_SECRECY], True),
        ([BY_LEADER, replace(BY_SECRECY, content_hash="other")], False),
        ([BY_LEADER, replace(BY_SECRECY, reviewer="leader")], False),
        ([BY_LEADER, replace(BY_LEADER, reviewer="other")], False),
    ],
)
def test_two_people_clear_exactly_one_text(given: list[Given], cleared: bool) -> None:  # noqa: FBT001  # a column of the table
    assert is_cleared("this", given) is cleared


def test_only_consent_to_this_text_counts() -> None:
    other = replace(BY_LEADER, content_hash="other")
    assert consents_to("this", [other, BY_LEADER]) == [BY_LEADER]
