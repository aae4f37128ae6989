from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as ET  # our own answers, nothing from outside

import pytest

from services.content.delivery import sitemap
from shared.db import Sessions
from tests.factories.content import COUNTY_SITE, SITE, Group
from tests.factories.public import copies

NAMESPACE = f"{{{sitemap.NAMESPACE}}}"
NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)


async def _locations(group: Group, address: str) -> dict[str, str]:
    answer = await group.client.get(address)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/xml")
    entries = ET.fromstring(answer.content)  # noqa: S314  # our own answer
    return {
        entry.findtext(f"{NAMESPACE}loc") or "": entry.findtext(f"{NAMESPACE}lastmod") or ""
        for entry in entries
    }


async def test_every_public_address_stands_in_one_part(
    group: Group, sessions: Sessions, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemap, "PART_LENGTH", 2)
    item = await group.released()
    made = await copies(sessions, item["id"], 4, apart=timedelta(days=14))
    parts = await _locations(group, f"/v1/public/sites/{SITE}/sitemap.xml")
    below = f"http://127.0.0.1:8001/v1/public/sites/{SITE}/sitemaps/"
    assert list(parts) == [f"{below}{one}.xml" for one in ("2026-01-1", "2026-02-1", "2026-03-1")]
    assert set(parts.values()) == {"2026-03-02T09:00:00+08:00"}
    told: list[str] = []
    for part in parts:
        pages = await _locations(group, part.removeprefix("http://127.0.0.1:8001"))
        assert len(pages) <= 2
        assert all(datetime.fromisoformat(changed).tzinfo for changed in pages.values())
        told += pages
    # The copies keep the address of their original.
    assert set(told) == {f"https://www.s{SITE}.gov.cn/items/{item['id']}"}
    assert len(made) == 4


async def test_a_part_that_is_not_there_is_not_found(group: Group) -> None:
    await group.released()
    for part in ("2026-03-2", "2025-03-1"):
        missing = await group.client.get(f"/v1/public/sites/{SITE}/sitemaps/{part}.xml")
        assert missing.status_code == 404
    assert await _locations(group, f"/v1/public/sites/{COUNTY_SITE}/sitemap.xml") == {}


def test_a_long_month_has_several_parts() -> None:
    months = [sitemap.Month("2026-03", 2 * sitemap.PART_LENGTH + 1, NOON)]
    assert [part.url for part in sitemap.parts(months, "https://x")] == [
        "https://x/2026-03-1.xml",
        "https://x/2026-03-2.xml",
        "https://x/2026-03-3.xml",
    ]
    assert sitemap.PART_LENGTH <= 50_000


def test_a_part_names_its_days() -> None:
    part = sitemap.part_named("2024-02-3")
    assert (str(part.first), str(part.last), part.number) == ("2024-02-01", "2024-02-29", 3)


def test_addresses_are_escaped() -> None:
    page = sitemap.page([sitemap.Address("https://x/?a=1&b=<2>", NOON)])
    assert b"https://x/?a=1&amp;b=&lt;2&gt;" in page
