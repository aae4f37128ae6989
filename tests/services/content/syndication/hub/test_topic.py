from uuid import UUID

import pytest

from services.content.syndication.hub.topic import Topic, topic_at

ADDRESS = "https://api.example.gov.cn/cms"
COLUMN = UUID(int=1)


@pytest.mark.parametrize(
    ("path", "site_code", "column_id"),
    [
        ("sites/3403000006", "3403000006", None),
        ("sites/bm12345678", "bm12345678", None),
        (f"columns/{COLUMN}", None, COLUMN),
    ],
)
def test_a_feed_is_known_by_its_own_address(
    path: str, site_code: str | None, column_id: UUID | None
) -> None:
    url = f"{ADDRESS}/v1/public/{path}/feed.atom"
    assert topic_at(url, ADDRESS) == Topic(url, site_code, column_id)


@pytest.mark.parametrize(
    "url",
    [
        "",
        ADDRESS,
        f"{ADDRESS}/v1/public/sites/1/feed.atom",
        f"{ADDRESS}/v1/public/sites/3403000006/feed.json",
        f"{ADDRESS}/v1/public/sites/3403000006/feed.atom/",
        f"{ADDRESS}/v1/public/sites/3403000006/feed.atom#x",
        f"{ADDRESS}/v1/public/columns/1/feed.atom",
        "https://api.example.gov.cn/v1/public/sites/3403000006/feed.atom",
        f"http://other.example/{ADDRESS}/v1/public/sites/3403000006/feed.atom",
    ],
)
def test_any_other_address_is_none_of_ours(url: str) -> None:
    assert topic_at(url, ADDRESS) is None
