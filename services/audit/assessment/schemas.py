"""What the assessment API accepts, and how a stored score becomes what it shows."""

from typing import Annotated, Any

from pydantic import Field, model_validator

from services.audit.assessment.models import Assessment
from services.audit.assessment.report import explained
from services.audit.assessment.scoring import Window
from shared.contracts import audit as contracts
from shared.contracts.text import SiteCode, Strict
from shared.moments import Day

RulesetId = Annotated[
    str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=64, examples=["bengbu-2017"])
]


class NewAssessment(Strict):
    """Which site to assess, by which rules, over which days, both included."""

    site_code: SiteCode
    ruleset: RulesetId
    start: Day = Field(examples=["2026-01-01"])
    end: Day = Field(examples=["2026-03-31"])

    @property
    def window(self) -> Window:
        """The days to assess."""
        return Window(self.start, self.end)


class ExplainedAssessment(contracts.Assessment):
    """An assessment read from its row: the stored score, in words."""

    @model_validator(mode="before")
    @classmethod
    def _explain(cls, row: Assessment) -> dict[str, Any]:
        score = explained(row.canonical, row.registered.rules, row.evidence)
        names = cls.model_fields.keys() - score.keys()
        return score | {name: getattr(row, name) for name in names}
