"""What editors and reviewers send."""

from datetime import date
from typing import Annotated, Self
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from shared.contracts.content import Disclosure, ItemKind, ReviewStep, Verdict
from shared.contracts.text import Line, Prose, Reason, SiteCode, Strict, typeable

Summary = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=500),
    AfterValidator(typeable),
]
DocumentNumber = Annotated[
    str,
    Field(
        pattern=r"^[^\s\x00-\x1f〔〕]{1,40}〔[0-9]{4}〕[0-9]{1,5}号$",
        examples=["蚌政办秘〔2017〕97号"],
    ),
]


class Draft(Strict):
    """The text of an item, whole: a revision replaces it."""

    title: Line
    body: Prose
    summary: Summary | None = None
    doc_no: DocumentNumber | None = None
    written_on: date | None = None
    source: Line = Field(description="Who publishes it, by full name.")
    disclosure: Disclosure = Disclosure.PROACTIVE
    disclosure_reason: Reason | None = None
    interprets: UUID | None = Field(default=None, description="The policy this interprets.")
    to_be_interpreted: bool = Field(
        default=False, description="A policy that may only go out with its interpretation."
    )

    @model_validator(mode="after")
    def explain_restriction(self) -> Self:
        """Refuse a restricted disclosure nobody gave a reason for (国办发〔2016〕80号)."""
        if self.disclosure is not Disclosure.PROACTIVE and not self.disclosure_reason:
            raise PydanticCustomError("reason_missing", "A restricted disclosure needs a reason.")
        return self


class NewItem(Draft):
    """An item to be written, and where it will stand."""

    site_code: SiteCode
    column_id: UUID
    kind: ItemKind


class ReviewDecision(Strict):
    """What a reviewer decides about exactly the text they read."""

    step: ReviewStep
    verdict: Verdict
    content_hash: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    reason: Reason | None = None

    @model_validator(mode="after")
    def explain_return(self) -> Self:
        """Refuse to send a text back without a word."""
        if self.verdict is Verdict.RETURN and not self.reason:
            raise PydanticCustomError("reason_missing", "A return needs a reason.")
        return self
