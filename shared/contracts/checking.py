"""What the checks look for and what they found in a text, as those who work on it see it."""

from pydantic import BaseModel, ConfigDict, Field

from shared.contracts.lexicons import Severity


class FindingPlace(BaseModel):
    """One of many places where the same was found."""

    start: int
    end: int
    excerpt: str
    suggestion: str


class FindingWaived(BaseModel):
    """Who answers for a finding, and why."""

    by: str
    reason: str


class CheckFindingView(BaseModel):
    """Something the checks found in a draft."""

    code: str
    severity: str
    field: str
    start: int
    end: int
    excerpt: str
    suggestion: str
    message: str
    waivable: bool = Field(default=False, description="Somebody may answer for it.")
    count: int = Field(default=1, description="How often it was found in this field.")
    places: list[FindingPlace] = []
    waived: FindingWaived | None = None


class CheckRule(BaseModel):
    """What one code means, whether it keeps a text back, and where that is written."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    name: str
    severity: Severity
    waivable: bool
    document: str
    clause: str
    confidence: str
