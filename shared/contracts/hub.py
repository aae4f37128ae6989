"""Asking the hub for a feed, and what became of whoever follows one."""

from enum import StrEnum
from uuid import UUID

from shared.events import Event


class HubMode(StrEnum):
    """What a callback asks of the hub."""

    SUBSCRIBE = "subscribe"
    UNSUBSCRIBE = "unsubscribe"


class FollowerAct(StrEnum):
    """What became of a follower of a feed."""

    FOLLOWED = "followed"
    RENEWED = "renewed"
    LEFT = "left"
    EXPIRED = "expired"
    DENIED = "denied"
    GONE = "gone"
    FAILING = "failing"


class FollowerChanged(Event, type="content.follower.changed", subject="follower_id"):
    """A callback follows a feed, or does so no more; its secret and path are told to nobody."""

    follower_id: UUID
    topic: str
    host: str
    act: FollowerAct
