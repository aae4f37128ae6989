"""What may be asked of a unit that helps another to answer."""

from collections.abc import Iterable
from datetime import date

from shared.auth import upward
from shared.problem import Conflict, Fault


class AskedAlready(Conflict):
    """The unit is asked already, and has not answered yet."""

    advice = "已请该单位协办，尚未收到意见。"


class NotAskedToHelp(Conflict):
    """The unit gave its opinion already, or is asked no more."""

    advice = "该协办事项已反馈意见或已撤回。"


def sub_date_fault(due_on: date, letter_due_on: date, today: date, pointer: str) -> list[Fault]:
    """Return what is wrong with the day by which a unit is to help, if anything is."""
    if today <= due_on <= max(letter_due_on, today):
        return []
    advice = "反馈期限不能早于今天，也不能晚于来信的答复期限。"
    return [Fault(f"{pointer}/due_on", "out_of_range", advice)]


def seen_from(units: Iterable[str]) -> list[str] | None:
    """Return the paths of these units and of all above them, from which the letter is seen."""
    return sorted({path for unit in units for path in upward(unit)}) or None
