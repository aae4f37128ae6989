from dataclasses import dataclass, replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.content.editorial.workflow import (
    LEVELS,
    Act,
    AlreadyApproved,
    NotAsked,
    OutOfTurn,
    SamePerson,
    WrongStage,
    advance,
    awaited,
    check_reviewer,
    consents_to,
    is_cleared,
    road,
)
from shared.contracts.content import ReviewStep, Stage
from shared.contracts.reviewing import ALWAYS

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
    check_reviewer(ReviewStep.LEADER, "leader", {"author"}, [], ALWAYS)
    check_reviewer(ReviewStep.SECRECY, "secrecy", {"author"}, [BY_LEADER], ALWAYS)
    with pytest.raises(OutOfTurn):
        check_reviewer(ReviewStep.SECRECY, "secrecy", {"author"}, [], ALWAYS)


def test_in_an_emergency_both_may_review_at_once_and_nothing_else_is_asked() -> None:
    steps = road([ReviewStep.PROOFREADING], emergency=True)
    assert steps == [ReviewStep.LEADER, ReviewStep.SECRECY]
    assert awaited(steps, [], emergency=True) == steps
    check_reviewer(ReviewStep.SECRECY, "secrecy", {"author"}, [], steps, emergency=True)
    with pytest.raises(SamePerson):
        check_reviewer(
            ReviewStep.LEADER, "secrecy", {"author"}, [BY_SECRECY], steps, emergency=True
        )


@given(st.lists(st.sampled_from(LEVELS), unique=True), st.booleans())
def test_every_road_ends_with_the_leader_and_secrecy_each_by_another_person(
    levels: list[ReviewStep],
    emergency: bool,  # noqa: FBT001  # drawn by hypothesis
) -> None:
    steps = road(levels, emergency=emergency)
    assert steps[-2:] == list(ALWAYS)
    held: list[Given] = []
    while left := awaited(steps, held, emergency=emergency):
        assert not is_cleared("this", held, steps)
        assert left[0] == steps[len(held)]
        check_reviewer(left[0], str(left[0]), {"author"}, held, steps, emergency=emergency)
        held.append(Given(left[0], str(left[0])))
    assert is_cleared("this", held, steps)
    assert not is_cleared("this", [*held[:-1], replace(held[-1], reviewer="leader")], steps)


def test_without_steps_of_its_own_a_text_still_needs_the_two_nobody_goes_round() -> None:
    assert not is_cleared("this", [], [])
    assert not is_cleared("this", [BY_LEADER], [])


@pytest.mark.parametrize("step", ReviewStep)
def test_nobody_who_wrote_any_revision_reviews(step: ReviewStep) -> None:
    with pytest.raises(SamePerson):
        check_reviewer(step, "second author", {"author", "second author"}, [BY_LEADER], ALWAYS)


def test_one_person_does_not_do_both_reviews() -> None:
    with pytest.raises(SamePerson):
        check_reviewer(ReviewStep.SECRECY, "leader", {"author"}, [BY_LEADER], ALWAYS)


def test_a_review_nobody_asked_for_is_refused() -> None:
    with pytest.raises(NotAsked):
        check_reviewer(ReviewStep.LEGALITY, "lawyer", {"author"}, [], ALWAYS)


def test_a_step_is_not_approved_twice() -> None:
    with pytest.raises(AlreadyApproved):
        check_reviewer(ReviewStep.LEADER, "other leader", {"author"}, [BY_LEADER], ALWAYS)


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
    assert is_cleared("this", given, ALWAYS) is cleared


def test_only_consent_to_this_text_counts() -> None:
    other = replace(BY_LEADER, content_hash="other")
    assert consents_to("this", [other, BY_LEADER]) == [BY_LEADER]
