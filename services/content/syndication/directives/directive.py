"""What a directive may ask and when it falls due, and what a site may answer to it."""

from collections.abc import Collection, Iterator
from datetime import datetime

from services.content.registry.column_kinds import column_kinds
from shared.business_day import lies_ahead
from shared.contracts.content import ItemKind
from shared.contracts.directives import ObligationState
from shared.contracts.registry import ColumnKind
from shared.problem import Conflict, Fault, Unprocessable

OPEN = frozenset({ObligationState.DELIVERED, ObligationState.LATE})
CLAIMED = frozenset(
    {ObligationState.LIVE_CLAIMED, ObligationState.LIVE_VERIFIED, ObligationState.DIVERGED}
)
"""How far a site may be that said where its repost stands; its page is read on."""


class DeadlineOutOfRange(Unprocessable):
    """A directive falls due after it is issued, within a year."""

    advice = "截止时间须晚于当前时间，且在一年以内。"


class RepostDirected(Unprocessable):
    """A repost is no original: a directive is about the item it was made of."""

    advice = "这是转载件，请就原文发出转载要求。"


class NothingToRuleOn(Conflict):
    """The site has not declined, or its decline was ruled on already."""

    advice = "该网站没有待裁定的不予转载意见。"


class AlreadySettled(Conflict):
    """The site has already reposted or declined, or the directive was withdrawn."""

    advice = "本网站已转载或已回复，或该转载要求已撤回。"


def check_deadline(deadline: datetime, now: datetime) -> None:
    """Refuse a deadline that has passed or lies more than a year ahead."""
    if not lies_ahead(deadline, now):
        raise DeadlineOutOfRange


def unfit(column: ColumnKind | None, items: Collection[ItemKind]) -> Iterator[Fault]:
    """Yield a fault if some of these items do not belong in the kind of column suggested."""
    if column is not None and not set(items) <= set(column_kinds().takes(column)):
        label = column_kinds().kinds[column].label
        yield Fault("/column_kind", "not_taken", f"“{label}”栏目不收这类信息，请改选栏目类型。")


def settle(state: ObligationState, answer: ObligationState) -> ObligationState:
    """Return the state an answer leads to, from an obligation that is still open."""
    if state not in OPEN:
        raise AlreadySettled(state=state)
    return answer


def check_claimable(state: ObligationState) -> None:
    """Refuse the claim of a site that declined, or that owes nothing any more."""
    if state not in OPEN | CLAIMED | {ObligationState.ACCEPTED}:
        raise AlreadySettled(state=state)
