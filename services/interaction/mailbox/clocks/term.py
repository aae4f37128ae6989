"""How long what may take, in working days."""

from functools import cache
from typing import Self

from pydantic import Field, model_validator

from shared.contracts.letters import LetterKind
from shared.figures import Figures, Source, read


class Term(Source):
    """Working days to answer in."""

    days: int = Field(ge=1, le=90)


class Terms(Figures):
    """How soon letters of each kind must be answered."""

    answer: dict[LetterKind, Term]

    @model_validator(mode="after")
    def _name_every_kind(self) -> Self:
        if missing := set(LetterKind) - set(self.answer):
            raise ValueError(f"no term for {sorted(missing)}")
        return self


@cache
def terms() -> Terms:
    """Return the terms this version was made with."""
    return read(Terms, __package__, "terms.yaml")
