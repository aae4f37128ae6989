"""Whether a callback meant what was asked in its name (WebSub 5.3), and for how long it holds."""

import hmac
from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple
from urllib.parse import urlencode, urlsplit

from services.content.syndication.hub.figures import figures
from services.content.syndication.partners.retry import SERVER_FAULT, is_received
from services.content.syndication.partners.retry import figures as of_messages
from shared.contracts.hub import HubMode

NO_FEED = "no such feed any more"
NO_SECRET = "the secret is no longer known, subscribe anew"  # noqa: S105  # a reason


class Intent(StrEnum):
    """What came of asking a callback."""

    MEANT = "meant"
    NOT_MEANT = "not_meant"
    SILENT = "silent"


class Answered(NamedTuple):
    """What a callback answered, if it did, and whether there is one that may be asked at all."""

    status: int | None = None
    body: bytes = b""
    is_there: bool = True


def lease(asked: int | None) -> int:
    """Return for how many seconds a feed is followed: as asked, within bounds."""
    told = figures()
    wanted = told.lease_seconds if asked is None else asked
    return min(max(wanted, told.shortest_lease_seconds), told.longest_lease_seconds)


def question(callback: str, mode: HubMode, topic: str, challenge: str, seconds: int) -> str:
    """Return where a callback is asked whether it meant it."""
    told = {"hub.mode": mode.value, "hub.topic": topic, "hub.challenge": challenge}
    if mode is HubMode.SUBSCRIBE:
        told["hub.lease_seconds"] = str(seconds)
    return _beside(callback, told)


def denial(callback: str, topic: str, reason: str) -> str:
    """Return where a callback, a program, is told that it does not follow a feed, and why."""
    told = {"hub.mode": "denied", "hub.topic": topic, "hub.reason": reason}
    return _beside(callback, told)


def intent(answered: Answered, challenge: str) -> Intent:
    """Say what an answer means; only one that repeats the challenge and nothing else agrees."""
    if is_received(answered.status):
        meant = hmac.compare_digest(answered.body, challenge.encode())
        return Intent.MEANT if meant else Intent.NOT_MEANT
    if not answered.is_there:
        return Intent.NOT_MEANT
    passing = answered.status is None or answered.status >= SERVER_FAULT
    return (
        Intent.SILENT if passing or answered.status in of_messages().passing else Intent.NOT_MEANT
    )


def _beside(callback: str, told: Mapping[str, str]) -> str:
    """Return a callback's address with what it is told beside what it holds already."""
    url = urlsplit(callback)
    return url._replace(query="&".join(filter(None, (url.query, urlencode(told))))).geturl()
