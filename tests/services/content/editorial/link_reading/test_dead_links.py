from typing import Any
from urllib.parse import urlencode

from shared.contracts.dead_links import LinkFound
from tests.factories.content import COUNTY_SITE, EDITOR, SITE, Group
from tests.services.content.editorial.link_reading.conftest import Office
from tests.services.content.test_leaks import FOREIGN
from tests.support.queries import CountQueries
from tests.support.web import Web, status

PATH = f"/v1/sites/{SITE}/dead-links"
NONE: Any = {"items": [], "cursors": [], "next": None}


async def listed(group: Group, **asked: Any) -> Any:
    shown = await group.send(EDITOR, "GET", f"{PATH}?{urlencode(asked)}")
    assert shown.status_code == 200, shown.text
    return shown.json()


async def killed(group: Group, office: Office, web: Web, links: int, items: int = 1) -> list[Any]:
    """Have this many dead links in each of this many items."""
    urls = [web.url(f"/{place}", f"h{place}.test") for place in range(links)]
    web.answers |= {f"/{place}": status(404) for place in range(links)}
    office.hosts = {f"h{place}.test" for place in range(links)}
    told = [{"text": "链接", "href": url} for url in urls]
    written = [await group.draft(title=f"第{place}件", links=told) for place in range(items)]
    await office.find_dead()
    return written


async def test_the_editors_of_a_site_see_which_of_its_links_are_dead(
    group: Group, office: Office, web: Web
) -> None:
    (item,) = await killed(group, office, web, 1)
    (link,) = (await listed(group))["items"]
    assert link["url"] == web.url("/0", "h0.test")
    assert (link["found"], link["status"]) == (LinkFound.GONE, 404)
    assert (link["since"], link["confirmed_at"]) == (
        "2026-03-02T01:00:00Z",
        "2026-03-02T01:10:00Z",
    )
    assert (link["item_count"], link["items"]) == (
        1,
        [{"id": item["id"], "title": item["title"], "stage": "draft"}],
    )


async def test_nobody_else_learns_of_them(group: Group, office: Office, web: Web) -> None:
    await killed(group, office, web, 1)
    for actor in FOREIGN:
        shown = await group.send(actor, "GET", PATH)
        assert "h0.test" not in shown.text
        if actor is None:
            assert shown.status_code == 401
        else:
            assert shown.json() == NONE
    other = await group.send(EDITOR, "GET", f"/v1/sites/{COUNTY_SITE}/dead-links")
    unknown = await group.send(EDITOR, "GET", "/v1/sites/3403009998/dead-links")
    assert other.json() == unknown.json() == NONE


async def test_they_are_told_page_by_page_at_one_price(
    group: Group, office: Office, web: Web, count_queries: CountQueries
) -> None:
    await killed(group, office, web, 5, items=25)
    seen: list[str] = []
    after: dict[str, str] = {}
    while True:
        with count_queries(1):
            page = await listed(group, first=2, **after)
        seen += [link["url"] for link in page["items"]]
        for link in page["items"]:
            assert (link["item_count"], len(link["items"])) == (25, 20)
        if page["next"] is None:
            break
        after = {"after": page["next"]}
    assert len(seen) == len(set(seen)) == 5
