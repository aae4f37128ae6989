"""Why letters may be refused, and what their writers are told."""

from collections.abc import Mapping
from functools import cache
from typing import Annotated

from pydantic import Field

from shared.contracts.screening import LetterRefusalReason
from shared.figures import Figures, Source, read
from shared.problem import Conflict, Fault, Invalid

Code = Annotated[str, Field(pattern=r"^[a-z_]{2,32}$")]


class Reason(Figures):
    """One reason: what it is called, and what to do instead."""

    label: str
    advice: str
    source: Source


class Reasons(Figures):
    """Every reason there is."""

    refusals: Mapping[Code, Reason]


class LeadsOthers(Conflict):
    """Other letters are merged into this one, and wait for its answer."""

    advice = "此信已并入其他来信，请先将其恢复单独办理。"


@cache
def reasons() -> Mapping[str, Reason]:
    """Return the reasons this version was made with."""
    return read(Reasons, __package__, "reasons.yaml").refusals


def named(code: str) -> Reason:
    """Return the reason of this name, or refuse with those there are."""
    if code in reasons():
        return reasons()[code]
    known = "、".join(f"{name}（{each.label}）" for name, each in reasons().items())
    raise Invalid([Fault("/reason", "unknown", f"没有这项理由，可选：{known}。")])


def told(reason: Reason, words: str | None) -> str:
    """Return what the writer of a refused letter reads: why, the advice, the clerk's own words."""
    return "\n".join(filter(None, (f"{reason.label}。", reason.advice, words)))


def listed() -> list[LetterRefusalReason]:
    """Return the reasons as clerks choose from them."""
    return [
        LetterRefusalReason(
            code=code,
            label=each.label,
            advice=each.advice,
            document=each.source.document,
            clause=each.source.clause,
        )
        for code, each in reasons().items()
    ]
