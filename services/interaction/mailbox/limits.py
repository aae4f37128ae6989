"""The mailbox's figures: terms, perfunctory wording, patience with wrong codes."""

from functools import cache
from importlib.resources import files
from typing import Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

from shared.contracts.letters import LetterKind


class Figures(BaseModel):
    """A part of the figures; an unknown or missing one stops the start."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Source(Figures):
    """The document and clause a figure stands on, and how sure it is."""

    document: str
    clause: str
    confidence: str = Field(pattern=r"^(F|K-[hml]|own)$")


class Term(Source):
    """Working days to answer in."""

    days: int = Field(ge=1, le=90)


class Perfunctory(Figures):
    """The words and lengths that make an answer look perfunctory."""

    source: Source
    promises: tuple[str, ...]
    transfers: tuple[str, ...]
    courtesies: tuple[str, ...]
    shortest: int


class WrongCodes(Figures):
    """How many wrong query codes a letter's number bears, and for how long they count."""

    source: Source
    tries: int
    minutes: int


class Limits(Figures):
    """All figures of the mailbox."""

    answer: dict[LetterKind, Term]
    perfunctory: Perfunctory
    wrong_codes: WrongCodes

    @model_validator(mode="after")
    def _name_every_kind(self) -> Self:
        if missing := set(LetterKind) - set(self.answer):
            raise ValueError(f"no term for {sorted(missing)}")
        return self


def parse_limits(text: str) -> Limits:
    """Read the figures from their YAML text."""
    return Limits.model_validate(yaml.safe_load(text))


@cache
def limits() -> Limits:
    """Return the figures this version was made with."""
    return parse_limits(files(__package__).joinpath("limits.yaml").read_text("utf-8"))
