"""Channels: accounts on social platforms, and what was posted to them."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Self
from uuid import UUID

from pydantic import AnyHttpUrl, BaseModel, Field, IPvAnyAddress, UrlConstraints, model_validator
from pydantic_core import PydanticCustomError

from shared.contracts.content import ItemKind
from shared.contracts.text import Line, OrganizationCode, SiteCode, Strict
from shared.events import Event

Template = Annotated[str, Field(min_length=1, max_length=2_000)]
Visible = Annotated[str, Field(pattern=r"^[!-~]+$", max_length=512)]
Secret = Annotated[str, Field(pattern=r"^[!-~]+$", min_length=8, max_length=512)]


class ChannelKind(StrEnum):
    """On which platform a channel is: a WeChat official account (公众号), or Weibo (微博)."""

    WECHAT = "wechat"
    WEIBO = "weibo"


class OnCorrection(StrEnum):
    """What is done when the text of an item that was posted is replaced; no platform edits posts.

    It is flagged to the clerks, or posted anew and the former post then deleted.
    """

    FLAG = "flag"
    REPLACE = "replace"


class ChannelAct(StrEnum):
    """What became of a channel."""

    OPENED = "opened"
    CHANGED = "changed"
    SECRET_REPLACED = "secret_replaced"  # noqa: S105  # an act
    PAUSED = "paused"
    RESUMED = "resumed"
    BLOCKED = "blocked"
    ENDED = "ended"


class PostState(StrEnum):
    """How far a post is; `standing` is one that should be gone and that the platform keeps."""

    WAITING = "waiting"
    SUBMITTED = "submitted"
    PUBLISHED = "published"
    FAILED = "failed"
    CANCELLED = "cancelled"
    DELETED = "deleted"
    STANDING = "standing"


class Unwanted(StrEnum):
    """Why a post is to be gone."""

    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"


class Step(StrEnum):
    """One call, or a few that belong together, of a platform."""

    DRAFT = "draft"
    SUBMIT = "submit"
    SHARE = "share"
    LOOK_UP = "look_up"
    POLL = "poll"
    DELETE = "delete"
    DROP_DRAFT = "drop_draft"


class PostTemplate(BaseModel):
    """What a post says, filled in for each item; WeChat has all three, Weibo the text alone.

    The places are `${title}` `${summary}` `${link}` `${source}` `${site}` `${text}`; nothing is
    carried out.
    """

    title: Template | None = None
    digest: Template | None = None
    text: Template


class PostRule(Strict):
    """Which released items go to a channel: each filter that is named must match."""

    automatic: bool = Field(
        default=False, description="Otherwise items go only when a clerk orders it."
    )
    kinds: Annotated[list[ItemKind], Field(max_length=20)] = []
    column_ids: Annotated[list[UUID], Field(max_length=100)] = []
    subjects: Annotated[list[Line], Field(max_length=100)] = Field(
        default=[], description="Terms of the vocabulary `subject`; narrower terms are included."
    )
    words: Annotated[list[Line], Field(max_length=50)] = Field(
        default=[], description="At least one of them stands in the title, summary or text."
    )


class NewPostTemplate(PostTemplate, Strict):
    """What a post is to say."""


class ChannelTerms(PostRule):
    """What of a channel may be changed."""

    name: Line
    address: Annotated[AnyHttpUrl, UrlConstraints(max_length=200)] | None = Field(
        default=None, description="Where the platform's API answers, if not at its own address."
    )
    app_id: Visible = Field(description="AppID of WeChat, App Key of Weibo.")
    sender_ip: IPvAnyAddress | None = Field(
        default=None, description="Weibo asks from which public address is posted (`rip`)."
    )
    cover_id: UUID | None = Field(
        default=None, description="The image of WeChat posts whose item has none."
    )
    template: NewPostTemplate | None = Field(
        default=None, description="The platform's usual one, if none is given."
    )
    on_correction: OnCorrection = OnCorrection.FLAG
    per_minute: Annotated[int, Field(ge=1, le=60)] | None = Field(
        default=None, description="Posts within a minute at most."
    )
    per_day: Annotated[int, Field(ge=1, le=1000)] | None = Field(
        default=None, description="Posts on one day, in Beijing, at most."
    )


class NewChannel(ChannelTerms):
    """An account on a platform, of a site or of all sites of an organization."""

    kind: ChannelKind
    site_code: SiteCode | None = None
    organization: OrganizationCode | None = None
    secret: Secret = Field(
        description="AppSecret of WeChat, access token of Weibo. It is never shown again."
    )

    @model_validator(mode="after")
    def of_one_owner(self) -> Self:
        """Refuse a channel of nobody and one of two."""
        if (self.site_code is None) == (self.organization is None):
            raise PydanticCustomError("site_or_organization", "Name one of the two.")
        return self


class NewChannelSecret(Strict):
    """The secret in place of the former one, which is forgotten at once."""

    secret: Secret


class Channel(BaseModel):
    """An account on a platform to which released items are posted; its secret is never shown."""

    id: UUID
    kind: ChannelKind
    name: str
    site_code: str | None = None
    owner: str = Field(description="Path of the organization whose channel it is.")
    address: str | None = None
    app_id: str
    sender_ip: str | None = None
    cover_id: UUID | None = None
    secret_set_at: datetime | None = None
    template: PostTemplate
    automatic: bool
    kinds: list[ItemKind] = []
    column_ids: list[UUID] = []
    subjects: list[str] = []
    words: list[str] = []
    on_correction: OnCorrection
    per_minute: int
    per_day: int
    paused: bool = Field(description="Nothing new is posted; withdrawals are carried out.")
    fault_code: str | None = Field(
        default=None, description="What the platform refuses the account for, until it is resumed."
    )
    fault_words: str | None = Field(default=None, description="The same for a person, in Chinese.")
    failures: int = Field(default=0, description="Failures since the platform last answered.")
    rests_until: datetime | None = Field(default=None, description="Nothing is asked before.")
    posts_from: datetime | None = Field(
        default=None, description="Nothing new is posted before, as a limit is used up."
    )
    version: int


class NewChannelPost(Strict):
    """A clerk's order to post a public item; a former post of it is deleted afterwards."""

    item_id: UUID


class ChannelPost(BaseModel):
    """One item on one channel, and how that went: its receipt."""

    id: UUID
    channel_id: UUID
    item_id: UUID
    content_hash: str | None = Field(default=None, description="The edition that was sent.")
    state: PostState
    ordered_by: str | None = Field(default=None, description="The clerk, if no rule posted it.")
    made_at: datetime
    sent_at: datetime | None = None
    published_at: datetime | None = None
    deleted_at: datetime | None = None
    platform_id: str | None = Field(default=None, description="The post's id on the platform.")
    url: str | None = None
    unwanted: Unwanted | None = Field(default=None, description="Why it is to be gone.")
    outdated_at: datetime | None = Field(
        default=None, description="Since when the public text is another than the posted one."
    )
    code: str | None = Field(default=None, description="What the platform answered last.")
    words: str | None = Field(default=None, description="The same for a person, in Chinese.")
    attempts: int = Field(description="Calls of the present step that failed or are under way.")
    due_at: datetime | None = Field(default=None, description="Nothing is done before.")
    version: int


class PostAttempt(BaseModel):
    """One step of a post, and what the platform answered; of the answer's body nothing is kept."""

    id: UUID
    at: datetime
    step: Step
    status: int | None = None
    fault: str | None = Field(default=None, description="Why nobody answered, if nobody did.")
    code: str | None = None
    words: str | None = None
    milliseconds: int


class PostPreview(BaseModel):
    """What a post of a public item would say now, within the platform's limits."""

    title: str | None = None
    digest: str | None = None
    text: str
    shortened: bool = Field(description="Whether something was left out to fit.")


class ChannelChanged(Event, type="content.channel.changed", subject="channel_id"):
    """A channel was opened, changed or ended, or the platform refuses its account."""

    channel_id: UUID
    owner: str
    act: ChannelAct


class ChannelPostSettled(Event, type="content.channelpost.settled", subject="post_id"):
    """A post is public on its platform, failed, was cancelled or deleted, or cannot be deleted."""

    post_id: UUID
    channel_id: UUID
    item_id: UUID
    state: PostState
    content_hash: str | None
    platform_id: str | None
    code: str | None
