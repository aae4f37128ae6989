"""What letters come to: figures by unit and period, and deadlines that are near."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel, Field

from shared.contracts.letters import LetterKind


class LetterMeasures(BaseModel):
    """Figures of the letters of a period; shares are percent to one place, none of nothing."""

    received: int = Field(description="Taken in; what is held is not counted.")
    valid: int = Field(description="Neither refused nor merged as a repeat.")
    accepted: int
    answered: int
    answer_rate: float | None = Field(description="Answered of valid.")
    on_time: int
    on_time_rate: float | None = Field(description="On time of answered.")
    overdue: int = Field(description="Answered late, or not answered and past the day.")
    average_working_days: float | None = Field(description="From receipt to answer.")
    evaluated: int = Field(description="By their writers; silence is not counted.")
    satisfied: int
    fairly: int
    dissatisfied: int
    satisfaction_rate: float | None = Field(description="Satisfied and fairly so of evaluated.")
    reopened: int
    published: int
    public_share: float | None = Field(description="Published of answered.")


class UnitMeasures(BaseModel):
    """Figures of the letters one unit is in charge of; without one, they were not dispatched."""

    organization: str | None
    name: str | None
    measures: LetterMeasures


class KindMeasures(BaseModel):
    """Figures of the letters of one kind."""

    kind: LetterKind
    kind_label: str
    measures: LetterMeasures


class LetterStatement(BaseModel):
    """What the letters received in a period came to by the day of the statement."""

    since: date
    until: date
    cut_off: date = Field(description="The day on which it was counted.")
    site_code: str | None
    total: LetterMeasures
    units: list[UnitMeasures]
    kinds: list[KindMeasures]


class NearDeadline(BaseModel):
    """An open letter and the day it must be answered by."""

    id: UUID
    number: str
    kind_label: str
    organization_name: str | None
    due_on: date
    due_provisional: bool
