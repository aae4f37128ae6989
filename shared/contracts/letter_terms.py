"""The terms a site handles letters by: named policies, and what a site made of them."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from shared.contracts.letter_clocks import LetterClockStep
from shared.contracts.letters import LetterKind
from shared.contracts.text import Reason, SiteCode, Strict
from shared.events import Event


class LetterLimit(BaseModel):
    """So many working days for a step of letters of one kind, and what the figure stands on."""

    step: LetterClockStep
    step_label: str
    kind: LetterKind
    kind_label: str
    days: int
    document: str
    clause: str
    confidence: str = Field(description="F read in its source; K-h, K-m, K-l known; own chosen.")


class LetterPolicy(BaseModel):
    """A named policy that a site may choose."""

    name: str
    label: str
    digest: str = Field(description="Of all its figures; equal for policies that say the same.")
    limits: list[LetterLimit]
    extension_days: int = Field(description="Working days one extension may give.")
    extension_times: int
    longest_days: int = Field(description="Working days an answer may take, extensions included.")
    warning_days: list[int] = Field(description="Working days left when the unit is reminded.")
    red_after_days: int = Field(description="Working days from the yellow card to the red one.")


class SiteLetterTerms(BaseModel):
    """One edition of the terms of a site; letters keep the one they were received under."""

    id: UUID
    site_code: SiteCode
    edition: int
    terms: LetterPolicy
    beyond_reason: str | None = Field(description="Why a limit is longer than the binding one.")
    set_by: str
    set_at: datetime


class OwnLimit(Strict):
    """A site's own limit for a step, for one kind of letter or for all."""

    step: LetterClockStep
    kind: LetterKind | None = None
    days: int = Field(ge=1, le=90)


class NewLetterTerms(Strict):
    """The policy a site chooses, and where its own limits differ."""

    policy: Annotated[str, Field(pattern=r"^[a-z0-9-]{2,40}$", examples=["anhui-2015"])]
    own: list[OwnLimit] = Field(default=[], max_length=40)
    beyond_reason: Reason | None = Field(
        default=None,
        description="Must be given where a limit is longer than the binding one, and is shown.",
    )


class LetterTermsSet(Event, type="interaction.letter_terms.set", subject="site_code"):
    """A site handles letters received from now on by these terms."""

    site_code: str
    edition: int
    policy: str
    digest: str
    beyond_binding: bool
