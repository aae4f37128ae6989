"""What the public is told of what was withdrawn: as what and when, never its text or why."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from shared.contracts.standing import WithdrawalKind
from shared.problem import Problem

ADVICE: Mapping[WithdrawalKind, str] = {
    WithdrawalKind.MISTAKEN: "该内容有误，已撤下。",
    WithdrawalKind.SUPERSEDED: "该内容已由新的内容取代。",
    WithdrawalKind.EXPIRED: "该内容已过期，不再公开。",
    WithdrawalKind.SECURITY: "该内容已不再公开。",
}
WITH_ITS_POLICY = "随被解读的文件一并撤下。"
CONTENT_ARRIVED = "栏目已有新的内容。"


class Gone(Problem):
    """What stood here was withdrawn."""

    status = 410
    advice = "该内容已不再公开。"


def gone(kind: WithdrawalKind | None, at: datetime, successor: UUID | None) -> Gone:
    """Return the refusal to show a withdrawn item; one withdrawn for security is told bare."""
    if kind is WithdrawalKind.SECURITY:
        return Gone()
    told = kind or WithdrawalKind.MISTAKEN
    named = {} if successor is None else {"successor": str(successor)}
    return Gone(ADVICE[told], kind=told, at=at.isoformat(), **named)


def told_kind(kind: WithdrawalKind) -> WithdrawalKind | None:
    """Return as what a withdrawal is announced to the world."""
    return None if kind is WithdrawalKind.SECURITY else kind


def told_reason(kind: WithdrawalKind, reason: str) -> str:
    """Return why, as it is announced to the world."""
    return ADVICE[kind] if kind is WithdrawalKind.SECURITY else reason
