"""What a step of a post needs, and what comes of it."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from services.content.syndication.channels.platform import Told
from services.content.syndication.channels.saying import Saying
from services.content.syndication.partners.retry import Reply
from shared.contracts.channels import Step


class Token(NamedTuple):
    """What opens the platform's API for a while."""

    text: str
    until: datetime


class Account(NamedTuple):
    """An account as its platform knows it, opened for one step."""

    address: str
    app_id: str
    secret: str
    sender_ip: str
    token: Token | None


class Cover(NamedTuple):
    """The image of a post: bytes to upload, or the name they go by on the platform already."""

    data: bytes = b""
    name: str = ""
    mime: str = ""
    media: str | None = None


class Found(NamedTuple):
    """What a platform calls a post."""

    draft_id: str | None = None
    publish_id: str | None = None
    platform_id: str | None = None
    url: str | None = None


class Asked(NamedTuple):
    """One step: what is sent or looked for, and what is known already."""

    step: Step
    account: Account
    now: datetime
    saying: Saying | None = None
    cover: Cover | None = None
    post: Found = Found()
    said: str = ""
    known: Collection[str] = ()


class Outcome(NamedTuple):
    """What came of a step; a token or a cover's name are good for later steps too."""

    told: Told
    reply: Reply
    found: Found = Found()
    token: Token | None = None
    cover_media: str | None = None
