"""What a check reports: where in the text, how grave, and what to do about it."""

from pydantic import BaseModel, ConfigDict

from shared.contracts.lexicons import Severity


class Place(BaseModel):
    """One of many places where the same was found."""

    model_config = ConfigDict(frozen=True)

    start: int
    end: int
    excerpt: str
    suggestion: str


class Waived(BaseModel):
    """Who answers for a finding, and why."""

    model_config = ConfigDict(frozen=True)

    by: str
    reason: str


class CheckFinding(BaseModel):
    """One stretch of one field to look at: characters `start` up to `end`.

    Where the same was found very often, one finding stands for all: it counts them and names the
    first places.
    """

    model_config = ConfigDict(frozen=True)

    code: str
    severity: Severity
    waivable: bool
    field: str
    start: int
    end: int
    excerpt: str
    suggestion: str
    message: str
    count: int = 1
    places: tuple[Place, ...] = ()
    waived: Waived | None = None
