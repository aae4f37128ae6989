"""Which clocks a topic runs, and what meets them."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from shared.contracts.content import ItemKind
from shared.contracts.topics import ClockKind, ClockState, TopicKind
from shared.problem import Conflict

UNSETTLED = frozenset({ClockState.RUNNING, ClockState.MISSED})
RECORDED = frozenset({ClockKind.PRESS_CONFERENCE})
"""What no release can show, so that a person records it."""


class ClockSettled(Conflict):
    """The topic has no such clock, or what it asked for has come."""

    advice = "该专题没有此项时限，或已经办结。"


class Term(BaseModel):
    """Hours of the calendar, and the document and clause they stand on."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    hours: int = Field(ge=1, le=720)
    document: str
    clause: str
    confidence: str = Field(pattern=r"^(F|K-[hml]|own)$")


Terms = Mapping[TopicKind, Mapping[ClockKind, Term]]


@cache
def terms() -> Terms:
    """Return what each kind of topic owes; a kind that is not listed owes nothing."""
    text = files(__package__).joinpath("clocks.yaml").read_text("utf-8")
    return TypeAdapter(Terms).validate_python(yaml.safe_load(text))


def deadlines(kind: TopicKind, registered_at: datetime) -> dict[ClockKind, datetime]:
    """Return when each clock of a topic registered at this instant runs out."""
    return {
        clock: registered_at + timedelta(hours=term.hours)
        for clock, term in terms().get(kind, {}).items()
    }


def is_met_by(clock: ClockKind, item: ItemKind) -> bool:
    """Say whether the release of an item of this kind is what the clock waits for."""
    if clock is ClockKind.RESPONSE:
        return item is ItemKind.RESPONSE
    return clock not in RECORDED


def settled(deadline: datetime, met_at: datetime) -> ClockState:
    """Return how a clock stands once what it asked for came at this instant."""
    return ClockState.MET if met_at <= deadline else ClockState.LATE
