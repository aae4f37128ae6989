"""When more time may be asked for, how much, and who decides."""

from collections.abc import Iterator
from datetime import date

from services.interaction.mailbox.clocks.terms.policy import Extension
from shared.contracts.letter_extensions import ExtensionRuling, ExtensionState
from shared.problem import Conflict, Fault

STATES = {
    ExtensionState.ASKED: "待审批",
    ExtensionState.GRANTED: "已同意延期",
    ExtensionState.REFUSED: "不同意延期",
}
RULINGS = {
    ExtensionRuling.GRANT: ExtensionState.GRANTED,
    ExtensionRuling.REFUSE: ExtensionState.REFUSED,
}


class NoAnswerOwed(Conflict):
    """No answer is owed to the letter now, so there is nothing to extend."""

    advice = "该来信目前没有正在计时的答复期限，不能申请延期。"


class TooLateToExtend(Conflict):
    """The due date has passed; lateness is not extended away."""

    advice = "答复期限已过，不能再延期。"


class ExtensionAlreadyAsked(Conflict):
    """An extension of this letter waits for a decision."""

    advice = "该来信已有待审批的延期申请。"


class NoMoreExtensions(Conflict):
    """The letter was extended as often as its terms allow."""

    advice = "该来信的延期次数已用完。"


class AlreadyRuled(Conflict):
    """The extension was decided already."""

    advice = "该延期申请已经审批。"


class OwnExtension(Conflict):
    """Nobody decides about an extension they asked for."""

    advice = "延期须由他人审批，申请人不能自行审批。"


def may_ask(terms: Extension, due_on: date, today: date, *, waiting: int, granted: int) -> None:
    """Refuse to ask late, twice at once, or more often than the terms allow."""
    if today > due_on:
        raise TooLateToExtend(due_on=due_on.isoformat())
    if waiting:
        raise ExtensionAlreadyAsked
    if granted >= terms.times:
        raise NoMoreExtensions(times=terms.times)


def faults(terms: Extension, days: int, so_far: int, red_line_days: int) -> Iterator[Fault]:
    """Yield what is wrong with asking for so many days on top of those given so far."""
    if days > terms.days:
        yield Fault("/days", "too_many", f"一次最多延长{terms.days}个工作日。")
    longest = min(terms.longest, red_line_days)
    if so_far + days > longest:
        yield Fault("/days", "too_long", f"连同延期最长{longest}个工作日，已有{so_far}个。")


def ruled(
    state: ExtensionState,
    ruling: ExtensionRuling,
    due_on: date,
    today: date,
    *,
    asked_by: str,
    by: str,
) -> ExtensionState:
    """Return the state a decision leads to; time is given only while there is some left."""
    if state is not ExtensionState.ASKED:
        raise AlreadyRuled(state=state)
    if asked_by == by:
        raise OwnExtension
    if ruling is ExtensionRuling.GRANT and today > due_on:
        raise TooLateToExtend(due_on=due_on.isoformat())
    return RULINGS[ruling]
