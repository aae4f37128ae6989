"""Events: facts in the past tense, on the wire as CloudEvents 1.0."""

from datetime import datetime
from typing import Any, ClassVar, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict


class Event(BaseModel):
    """A fact that has happened to one subject."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    type: ClassVar[str]
    subject_field: ClassVar[str]

    def __init_subclass__(cls, *, type: str, subject: str) -> None:
        """Name the event on the wire, and the field that says what it is about."""
        super().__init_subclass__()
        cls.type, cls.subject_field = type, subject

    @property
    def subject(self) -> str:
        """What the event is about; events on one subject arrive in order."""
        return str(getattr(self, self.subject_field))


class Envelope(BaseModel):
    """A CloudEvent: one event with who caused it, when, and in which request.

    Source: CloudEvents 1.0, JSON format; `actor` and `requestid` are extension attributes.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    specversion: Literal["1.0"] = "1.0"
    id: UUID
    source: str
    type: str
    subject: str
    time: datetime
    datacontenttype: Literal["application/json"] = "application/json"
    actor: str
    requestid: str
    data: dict[str, Any]
