"""Who may let an answer go to its writer, and which answer."""

from collections.abc import Sequence
from typing import NamedTuple

from shared.contracts.answers import AnswerFinding
from shared.contracts.content import Verdict
from shared.problem import Conflict, Fault, Forbidden, Invalid, Unprocessable


class OwnAnswer(Forbidden):
    """An answer's author cannot review it."""

    advice = "答复的撰写人不能审核自己的答复。"


class AnswerChanged(Conflict):
    """The answer is not the one that was read for this review."""

    advice = "答复内容已变更，请重新审阅后再审核。"


class PutsOff(Unprocessable):
    """The answer looks perfunctory, and no reason was given to approve it regardless."""

    advice = "答复疑似敷衍推诿，请退回修改，或说明理由后通过。"


class Draft(NamedTuple):
    """An answer up for review: who wrote it, the hash of its text, what was found in it."""

    author: str
    answer_hash: str
    findings: Sequence[AnswerFinding]


def decide(
    draft: Draft, *, reviewer: str, verdict: Verdict, answer_hash: str, reason: str | None
) -> None:
    """Refuse a decision that is not the reviewer's to take, or lacks its reason."""
    if draft.author == reviewer:
        raise OwnAnswer
    if draft.answer_hash != answer_hash:
        raise AnswerChanged
    if reason:
        return
    if verdict is Verdict.RETURN:
        raise Invalid([Fault("/reason", "missing", "退回答复应说明理由。")])
    if draft.findings:
        raise PutsOff(findings=[finding.model_dump() for finding in draft.findings])
