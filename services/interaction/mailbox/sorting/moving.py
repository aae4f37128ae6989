"""How letters may go from unit to unit."""

from functools import cache

from pydantic import Field

from shared.contracts.sorting import LetterMoveKind, LetterPart
from shared.figures import Figures, Source, read
from shared.problem import Conflict


class Transfers(Figures):
    """How often units may pass a letter on before its site's clerks must decide."""

    source: Source
    among_units: int = Field(ge=0)


class AlreadyDispatched(Conflict):
    """A unit has the letter already."""

    advice = "此信已有承办单位；改由其他单位办理请用转办，并说明理由。"


class SameUnit(Conflict):
    """The letter is with this unit already."""

    advice = "此信已由该单位承办。"


class TooManyTransfers(Conflict):
    """The units passed this letter on too often; only its site's clerks may do so now."""

    advice = "此信已多次转办，请退回主办单位，由其重新分办。"


@cache
def transfers() -> Transfers:
    """Return the figures this version was made with."""
    return read(Transfers, __package__, "transfers.yaml")


def part(kind: LetterMoveKind) -> LetterPart:
    """Return what the receiver of a move is to do about the letter."""
    beside = kind in {LetterMoveKind.ASKED, LetterMoveKind.RELEASED}
    return LetterPart.CO_HANDLER if beside else LetterPart.LEAD


def refuse_passing_on(before: int, limit: Transfers) -> None:
    """Refuse a unit to pass on what was transferred this often before."""
    if before >= limit.among_units:
        raise TooManyTransfers(transfers=before)


def told(sender: str | None, receiver: str | None, public_reason: str) -> str:
    """Return what the writer reads of a letter that left one unit, perhaps for another."""
    way = f"由{sender}转至{receiver}" if receiver else f"由{sender}退回"
    return f"{way}：{public_reason}"
