import pytest

from services.interaction.mailbox.answering.review import (
    AnswerChanged,
    Draft,
    OwnAnswer,
    PutsOff,
    decide,
)
from shared.contracts.answers import AnswerFinding, FindingSeverity
from shared.contracts.content import Verdict
from shared.problem import Invalid, Problem

PROMISE = AnswerFinding(code="promise", excerpt="尽快", message="…")
GOOD = Draft(("clerk", "colleague"), "hash", ())
HINT = PROMISE.model_copy(update={"severity": FindingSeverity.HINT})
MILD = Draft(("clerk",), "hash", (HINT,))
BAD = Draft(("clerk",), "hash", (PROMISE,))


@pytest.mark.parametrize(
    ("draft", "reviewer", "verdict", "answer_hash", "reason", "refusal"),
    [
        (GOOD, "clerk", Verdict.APPROVE, "hash", None, OwnAnswer),
        (GOOD, "clerk", Verdict.RETURN, "hash", "改", OwnAnswer),
        (GOOD, "colleague", Verdict.APPROVE, "hash", "改", OwnAnswer),
        (GOOD, "head", Verdict.APPROVE, "other", None, AnswerChanged),
        (GOOD, "head", Verdict.RETURN, "hash", None, Invalid),
        (BAD, "head", Verdict.APPROVE, "hash", None, PutsOff),
    ],
)
def test_a_decision_nobody_may_take_is_refused(
    draft: Draft,
    reviewer: str,
    verdict: Verdict,
    answer_hash: str,
    reason: str | None,
    refusal: type[Problem],
) -> None:
    with pytest.raises(refusal):
        decide(draft, reviewer=reviewer, verdict=verdict, answer_hash=answer_hash, reason=reason)


@pytest.mark.parametrize(
    ("draft", "verdict", "reason"),
    [
        (GOOD, Verdict.APPROVE, None),
        (MILD, Verdict.APPROVE, None),
        (BAD, Verdict.APPROVE, "已另行电话说明时间"),
        (BAD, Verdict.RETURN, "请写明时间"),
    ],
)
def test_a_decision_with_what_it_needs_stands(
    draft: Draft, verdict: Verdict, reason: str | None
) -> None:
    decide(draft, reviewer="head", verdict=verdict, answer_hash="hash", reason=reason)


def test_a_refused_approval_names_what_was_found() -> None:
    with pytest.raises(PutsOff) as refused:
        decide(BAD, reviewer="head", verdict=Verdict.APPROVE, answer_hash="hash", reason=None)
    assert refused.value.members == {"findings": [PROMISE.model_dump(exclude_none=True)]}
