from typing import Any

import pytest

from shared.pagination import Cursors
from tests.factories.content import ADMIN, SITE, SUPERVISOR, Group
from tests.support.queries import CountQueries

ORGANIZATIONS = "/v1/organizations"
LISTS = (ORGANIZATIONS, "/v1/public/sites", f"/v1/public/sites/{SITE}/columns")


async def _grow(group: Group, count: int) -> None:
    for n in range(count):
        code = f"3403{n:02}"
        office = {"code": f"d{n}", "name": f"局{n}", "kind": "department", "level": "city"}
        site = {"name": "网站", "domain": f"d{n}.gov.cn", "level": "city", "region": code}
        offices = {"supervising": "340300", "sponsoring": f"d{n}", "operating": f"d{n}"}
        done = await group.send(ADMIN, "POST", ORGANIZATIONS, {**office, "parent": "340300"})
        assert done.status_code == 201, done.text
        await group.opened_site({**site, **offices, "code": f"{code}1111"})
        await group.change("open_column", name=f"栏目{n}", kind="overview")


async def _walk(group: Group, path: str, first: int) -> list[Any]:
    met: list[Any] = []
    after: str | None = ""
    while after is not None:
        page = await group.send(ADMIN, "GET", f"{path}?first={first}{after and f'&after={after}'}")
        assert page.status_code == 200, page.text
        met += page.json()["items"]
        assert len(page.json()["items"]) == len(page.json()["cursors"]) <= first
        after = page.json()["next"]
    return met


@pytest.mark.parametrize("path", LISTS)
async def test_pages_walked_by_cursor_meet_everything_once(group: Group, path: str) -> None:
    await _grow(group, 5)
    whole = (await group.send(ADMIN, "GET", f"{path}?first=100")).json()["items"]
    assert len(whole) >= 7
    for first in (1, 3, len(whole)):
        assert await _walk(group, path, first) == whole


@pytest.mark.parametrize("path", LISTS)
async def test_a_list_takes_one_query_however_long_it_is(
    group: Group, count_queries: CountQueries, path: str
) -> None:
    with count_queries(1):
        before = await group.send(ADMIN, "GET", path)
    await _grow(group, 6)
    with count_queries(1):
        after = await group.send(ADMIN, "GET", path)
    assert len(after.json()["items"]) == len(before.json()["items"]) + 6


async def test_parents_come_before_children(group: Group) -> None:
    await _grow(group, 3)
    met: set[str] = set()
    for organization in await _walk(group, ORGANIZATIONS, 100):
        parent = organization["path"].rpartition(".")[0]
        assert not parent or parent in met
        met.add(organization["path"])


async def test_a_cursor_that_this_list_did_not_hand_out_is_refused(group: Group) -> None:
    page = (await group.client.get("/v1/public/sites?first=1")).json()
    own = page["next"]
    of_columns = (await group.client.get(f"/v1/public/sites/{SITE}/columns?first=1")).json()
    forged = Cursors("another key").seal("sites", ["3403000006"])
    for cursor in (own[:-1] + "-", own + "x", "", "%00", "é", ".", of_columns["next"], forged):
        refused = await group.client.get("/v1/public/sites", params={"after": cursor})
        assert refused.status_code == 400, (cursor, refused.text)
        assert refused.json()["type"] == "/problems/invalid-cursor"


@pytest.mark.parametrize(
    "asked", ["first=0", "first=101", "first=x", "first=", "code=1", "page=2"]
)
async def test_a_page_nobody_can_turn_to_is_refused(group: Group, asked: str) -> None:
    refused = await group.client.get(f"/v1/public/sites?{asked}")
    assert refused.status_code == 422, refused.text
    assert refused.json()["faults"][0]["pointer"].startswith("query:")


async def test_sites_and_columns_are_found_by_code_and_id(group: Group) -> None:
    sites = await group.client.get(f"/v1/public/sites?code={SITE}&code=9999990000")
    assert [site["code"] for site in sites.json()["items"]] == [SITE]
    wanted = group.columns["news"]
    columns = await group.client.get(f"/v1/public/columns?id={wanted}")
    assert [column["id"] for column in columns.json()["items"]] == [wanted]
    one = await group.client.get(f"/v1/public/columns/{wanted}")
    assert one.json() == columns.json()["items"][0]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/v1/public/sites/9999990000", 404),
        ("/v1/public/sites/%00", 422),
        ("/v1/public/columns/019c0000-0000-7000-8000-000000000000", 404),
        ("/v1/public/columns/%00", 422),
        ("/v1/public/nowhere", 404),
    ],
)
async def test_what_is_not_there_is_a_problem(group: Group, path: str, status: int) -> None:
    missing = await group.client.get(path)
    assert (missing.status_code, missing.headers["Content-Type"]) == (
        status,
        "application/problem+json",
    )


async def test_those_who_keep_sites_list_theirs_by_state(group: Group) -> None:
    for actor, codes in ((SUPERVISOR, 2), (ADMIN, 2)):
        page = await group.send(actor, "GET", "/v1/sites?state=open")
        assert len(page.json()["items"]) == codes
    assert (await group.send(ADMIN, "GET", "/v1/sites?state=closed")).json()["items"] == []
