from urllib.parse import parse_qsl, urlsplit

import pytest

from services.content.syndication.hub.figures import figures
from services.content.syndication.hub.intent import (
    NO_FEED,
    Answered,
    Intent,
    denial,
    intent,
    lease,
    question,
)
from shared.contracts.hub import HubMode

TOPIC = "https://www.example.gov.cn/v1/public/sites/3403000006/feed.atom"


@pytest.mark.parametrize(
    ("status", "body", "found"),
    [
        (200, b"challenge", Intent.MEANT),
        (204, b"challenge", Intent.MEANT),
        (200, b"challenge\n", Intent.NOT_MEANT),
        (200, b"", Intent.NOT_MEANT),
        (200, b"other", Intent.NOT_MEANT),
        (302, b"challenge", Intent.NOT_MEANT),
        (404, b"challenge", Intent.NOT_MEANT),
        (410, b"", Intent.NOT_MEANT),
        (429, b"", Intent.SILENT),
        (500, b"challenge", Intent.SILENT),
        (None, b"", Intent.SILENT),
    ],
)
def test_only_the_challenge_itself_agrees(status: int | None, body: bytes, found: Intent) -> None:
    assert intent(Answered(status, body), "challenge") is found


def test_what_is_not_there_is_not_asked_again() -> None:
    assert intent(Answered(is_there=False), "challenge") is Intent.NOT_MEANT


def test_what_a_callback_holds_already_stays_beside_what_it_is_told() -> None:
    at = question("https://a.example/cb?x=1&y=%2F", HubMode.SUBSCRIBE, TOPIC, "c", 7200)
    told = dict(parse_qsl(urlsplit(at).query))
    assert (told["x"], told["y"], told["hub.topic"]) == ("1", "/", TOPIC)
    assert told["hub.lease_seconds"] == "7200"
    refused = dict(parse_qsl(urlsplit(denial("https://a.example/", TOPIC, NO_FEED)).query))
    assert (refused["hub.mode"], refused["hub.topic"]) == ("denied", TOPIC)
    assert refused["hub.reason"] == NO_FEED


def test_a_lease_is_never_beyond_its_bounds() -> None:
    told = figures()
    assert lease(None) == told.lease_seconds
    assert lease(1) == told.shortest_lease_seconds
    assert lease(2**31) == told.longest_lease_seconds
    assert lease(told.shortest_lease_seconds + 1) == told.shortest_lease_seconds + 1
