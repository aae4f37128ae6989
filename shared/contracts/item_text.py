"""What an item says, and what the disclosure catalogue says of it.

Source: 政府信息公开目录系统实施指引（试行）, core elements; 国办发〔2016〕80号.
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from shared.contracts.item_files import (
    Attachment,
    ItemAttachment,
    ItemPicture,
    ItemRecording,
    ItemRelatedLink,
    NamedFile,
    Picture,
    Recording,
    RelatedLink,
)
from shared.contracts.text import Line, Prose, Reason, typeable
from shared.moments import Day

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
Keyword = Annotated[
    str,
    StringConstraints(strip_whitespace=True, pattern=r"^[^\s,，;；、\x00-\x1f\x7f-\x9f]{1,30}$"),
    AfterValidator(typeable),
]
Term = Annotated[
    str,
    Field(
        pattern=r"^[^\s\x00-\x1f/]{1,30}(/[^\s\x00-\x1f/]{1,30}){0,2}$",
        examples=["综合政务/政务公开"],
    ),
]
"""A term of a controlled vocabulary; a slash leads from the wider term to the narrower."""

Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$")]


class Disclosure(StrEnum):
    """Whether the public sees an item: of its own accord, on request, or not.

    Source: 国办发〔2016〕80号: decided when the document is drafted.
    """

    PROACTIVE = "proactive"
    ON_REQUEST = "on_request"
    NONE = "none"


class InterpretationForm(StrEnum):
    """How an interpretation explains its policy.

    Source: 蚌政办秘〔2017〕97号 二(二); 国办发〔2016〕80号.
    """

    TEXT = "text"
    CHART = "chart"
    VIDEO = "video"
    QUESTIONS = "questions"
    EXPERT = "expert"
    PRESS = "press"


class Metadata(BaseModel):
    """Classes, dates and words an item is found by."""

    subject: Term | None = Field(default=None, description="主题分类, of the vocabulary.")
    genre: Term | None = Field(default=None, description="体裁分类, of the vocabulary.")
    audience: Term | None = Field(default=None, description="服务对象分类, of the vocabulary.")
    keywords: Annotated[list[Keyword], Field(max_length=10)] = []
    byline: Line | None = Field(default=None, description="Author or editor, as named on a page.")
    language: Language = "zh-CN"
    in_force_on: Day | None = Field(default=None, description="First day it is in force.")
    expires_on: Day | None = Field(default=None, description="Last day it is in force.")
    interpretation_form: InterpretationForm | None = None


class Waiver(BaseModel):
    """A finding of the checks that stays, and why; reviewers consent to it with the text."""

    model_config = ConfigDict(frozen=True)

    code: Annotated[str, Field(pattern=r"^[a-z_]{1,40}\.[a-z_]{1,40}$")]
    field: Annotated[str, Field(pattern=r"^[a-z_]{1,40}(/[0-9]{1,3}(/title)?)?$")]
    quote: Line | None = Field(
        default=None, description="The stretch it is about; none means every one in the field."
    )
    reason: Reason


class ItemWaiver(Waiver):
    """A finding that stays, as its item tells it."""


class TextOfItem(Metadata):
    """Everything a reviewer reads of an item and consents to."""

    title: Line
    body: Prose
    summary: Summary | None = None
    doc_no: DocumentNumber | None = None
    written_on: Day | None = None
    source: Line = Field(description="Who publishes it, by full name.")
    disclosure: Disclosure = Disclosure.PROACTIVE
    disclosure_reason: Reason | None = None
    interprets: UUID | None = Field(default=None, description="The policy this interprets.")
    to_be_interpreted: bool = Field(
        default=False, description="A policy that may only go out with its interpretation."
    )
    interpretation_may_follow: bool = Field(
        default=False, description="The interpretation may come later; its clock runs."
    )
    interpretation_exemption: Reason | None = Field(
        default=None, description="Why a policy to be interpreted may go out without."
    )
    correction_note: Reason | None = Field(
        default=None, description="What this text corrects, told to the public."
    )
    waivers: Annotated[list[Waiver], Field(max_length=50)] = []
    images: Annotated[list[Picture], Field(max_length=50)] = []
    attachments: Annotated[list[Attachment], Field(max_length=50)] = []
    recordings: Annotated[list[Recording], Field(max_length=10)] = []
    links: Annotated[list[RelatedLink], Field(max_length=50)] = []

    def files(self) -> Sequence[NamedFile]:
        """Return every file that goes out with the text."""
        return (*self.images, *self.attachments, *self.recordings)

    topic_id: UUID | None = Field(default=None, description="The topic it is gathered under.")


class TextAsTold(TextOfItem):
    """Everything an item says, as it is told to those who work on it."""

    # One class cannot be both what is sent and what is told.
    waivers: list[ItemWaiver] = []  # type: ignore[assignment]
    images: list[ItemPicture] = []  # type: ignore[assignment]
    attachments: list[ItemAttachment] = []  # type: ignore[assignment]
    recordings: list[ItemRecording] = []  # type: ignore[assignment]
    links: list[ItemRelatedLink] = []  # type: ignore[assignment]
