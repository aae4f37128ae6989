"""Where a figure comes from, and how sure we are of it."""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict


class Confidence(StrEnum):
    """How a figure is known; whatever was not read in its source is meant to be edited."""

    READ = "F"
    HIGH = "K-h"
    MEDIUM = "K-m"
    LOW = "K-l"
    OWN = "own"


class Source(BaseModel):
    """The document and clause a rule or figure stands on."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    document: str
    clause: str
    confidence: Confidence
