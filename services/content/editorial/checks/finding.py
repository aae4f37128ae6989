"""What a check reports: where in the text, how grave, and what to do about it."""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict


class Severity(StrEnum):
    """Whether a finding keeps a text from review or only asks for a second look."""

    BLOCKING = "blocking"
    WARNING = "warning"


class CheckFinding(BaseModel):
    """One stretch of one field to look at: characters `start` up to `end`."""

    model_config = ConfigDict(frozen=True)

    code: str
    severity: Severity
    field: str
    start: int
    end: int
    excerpt: str
    suggestion: str
    message: str
