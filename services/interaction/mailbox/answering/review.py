"""Who may let an answer go to its writer, and which answer."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

from services.interaction.mailbox.letters.handling import TYPES, Act
from shared.contracts.answers import AnswerFinding, FindingSeverity
from shared.contracts.content import Verdict
from shared.contracts.letters import LetterState, StateType
from shared.problem import Conflict, Fault, Forbidden, Invalid, Unprocessable

ANSWERED = {StateType.ANSWERED, StateType.RESOLVED, StateType.UNRESOLVED}


class OwnAnswer(Forbidden):
    """Whoever had a hand in an answer cannot review it."""

    advice = "参与撰写答复的人不能审核该答复。"


class AnswerChanged(Conflict):
    """The answer is not the one that was read for this review."""

    advice = "答复内容已变更，请重新审阅后再审核。"


class PutsOff(Unprocessable):
    """The answer looks perfunctory, and no reason was given to approve it regardless."""

    advice = "答复疑似敷衍推诿，请退回修改，或说明理由后通过。"


class Round(Protocol):
    """One round of answering, as far as it matters whether it awaits review."""

    @property
    def verdict(self) -> Verdict | None: ...  # noqa: D102  # as above
    @property
    def withdrawn_at(self) -> datetime | None: ...  # noqa: D102  # as above


class Draft(NamedTuple):
    """An answer up for review: whose it is, the hash of its text, what was found in it."""

    writers: Collection[str]
    answer_hash: str
    findings: Sequence[AnswerFinding]


def submitting(state: LetterState) -> Act:
    """Return what an answer written now is: the one that is owed, or a further one."""
    return Act.SUPPLEMENT if TYPES[state] in ANSWERED else Act.DRAFT


def awaits_review(latest: Round) -> bool:
    """Say whether somebody is still to decide on a letter's latest answer."""
    return latest.verdict is None and latest.withdrawn_at is None


def grave(findings: Sequence[AnswerFinding]) -> list[AnswerFinding]:
    """Return the findings that nobody lets pass without a reason."""
    return [each for each in findings if each.severity is FindingSeverity.MUST_EXPLAIN]


def decide(
    draft: Draft, *, reviewer: str, verdict: Verdict, answer_hash: str, reason: str | None
) -> None:
    """Refuse a decision that is not the reviewer's to take, or lacks its reason."""
    if reviewer in draft.writers:
        raise OwnAnswer
    if draft.answer_hash != answer_hash:
        raise AnswerChanged
    if reason:
        return
    if verdict is Verdict.RETURN:
        raise Invalid([Fault("/reason", "missing", "退回答复应说明理由。")])
    if found := grave(draft.findings):
        raise PutsOff(findings=[each.model_dump(exclude_none=True) for each in found])
