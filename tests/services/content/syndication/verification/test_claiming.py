from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from shared.auth import Permission
from tests.factories.content import (
    COUNTY_EDITOR,
    COUNTY_SITE,
    EDITOR,
    SITE,
    SUPERVISOR,
    Group,
)
from tests.services.content.conftest import Announced, Unchanged
from tests.services.content.syndication.verification.conftest import HOST, Prober, page
from tests.support.people import NOW, person
from tests.support.queries import CountQueries

SETTLED, CLAIMED = "content.obligation.settled", "content.obligation.claimed"


async def test_a_site_that_says_where_its_repost_stands_has_answered(
    group: Group, prober: Prober, announced: Announced
) -> None:
    owed = await prober.claimed(await group.released())
    assert (owed["state"], owed["late"], owed["repost_id"]) == ("live_claimed", False, None)
    assert owed["settled_at"] is not None
    assert (owed["claim"]["url"], owed["claim"]["judged"]) == (prober.url(), None)
    assert (await announced())[-2:] == [SETTLED, CLAIMED]


async def test_a_repost_made_here_is_claimed_by_itself_once(
    group: Group, prober: Prober, announced: Announced
) -> None:
    owed = await group.owed(await group.released())
    given = {"answer": "accept", "column_id": group.county_columns["policies"]}
    done = await group.answer(owed, **given)
    assert (done.json()["state"], done.json()["claim"]) == ("accepted", None)
    await prober.hear()
    owed = await prober.owed()
    repost = (await group.client.get(f"/v1/public/items/{owed['repost_id']}")).json()
    assert (owed["state"], owed["claim"]["url"]) == ("live_claimed", repost["url"])
    await prober.hear()
    assert (await announced()).count(CLAIMED) == 1


async def test_a_late_claim_stays_marked_late(group: Group, prober: Prober) -> None:
    owed = await group.owed(await group.released(), deadline="2026-03-02T01:05:00Z")
    prober.watch.now = NOW + timedelta(minutes=10)
    done = await prober.send(owed, prober.url())
    assert (done.json()["state"], done.json()["late"]) == ("live_claimed", True)


async def test_another_page_may_be_claimed_and_is_read_anew(
    group: Group, prober: Prober, announced: Announced
) -> None:
    item = await group.released()
    await prober.claimed(item, page(item))
    await prober.read_twice()
    verified = await prober.owed()
    assert verified["state"] == "live_verified"
    again = (await prober.send(verified, prober.url("/2#top"))).json()
    assert (again["state"], again["claim"]["url"]) == ("live_claimed", prober.url("/2"))
    assert (again["claim"]["judged"], again["claim"]["read_at"]) == (None, None)
    assert again["version"] > verified["version"]
    told = await announced()
    assert (told.count(SETTLED), told.count(CLAIMED)) == (1, 2)


@pytest.mark.parametrize(
    "url",
    [
        "https://www.evil.example/1",
        "https://www.s3403000006.gov.cn/1",
        f"https://user@{HOST}/1",
        "http://169.254.169.254/latest",
        "ftp://x/1",
        "nonsense",
        f"https://{HOST}/{'x' * 1000}",
    ],
)
async def test_a_claim_names_a_page_of_the_sites_own(
    group: Group, prober: Prober, unchanged: Unchanged, url: str
) -> None:
    owed = await group.owed(await group.released())
    async with unchanged():
        refused = await prober.send(owed, url)
    assert (refused.status_code, refused.json()["type"]) == (422, "/problems/invalid")
    assert refused.json()["faults"][0]["pointer"] == "/url"


async def test_a_claim_names_the_version_and_comes_from_the_site(
    group: Group, prober: Prober, unchanged: Unchanged
) -> None:
    owed = await group.owed(await group.released())
    path, body = f"/v1/obligations/{owed['id']}/claim", {"url": prober.url()}
    async with unchanged():
        assert (await prober.send({**owed, "version": 9}, prober.url())).status_code == 412
        assert (await group.send(COUNTY_EDITOR, "POST", path, body)).status_code == 428
        for actor in (EDITOR, SUPERVISOR):
            refused = await group.send(actor, "POST", path, body, version=owed["version"])
            assert refused.status_code == 404


async def test_a_key_of_one_site_claims_for_that_site_only(
    group: Group, prober: Prober, unchanged: Unchanged
) -> None:
    owed = await group.owed(await group.released())
    path, body = f"/v1/obligations/{owed['id']}/claim", {"url": prober.url()}
    inside = replace(COUNTY_EDITOR, sites=frozenset({COUNTY_SITE}))
    outside = replace(COUNTY_EDITOR, sites=frozenset({SITE}))
    async with unchanged():
        refused = await group.send(outside, "POST", path, body, version=owed["version"])
        assert refused.status_code == 404
        hidden = await group.send(outside, "GET", f"/v1/obligations/{owed['id']}/readings")
        assert hidden.status_code == 404
    done = await group.send(inside, "POST", path, body, version=owed["version"])
    assert done.status_code == 200, done.text


async def test_who_declined_or_owes_nothing_any_more_claims_nothing(
    group: Group, prober: Prober, unchanged: Unchanged
) -> None:
    item = await group.released()
    owed = await group.owed(item)
    declined = (await group.answer(owed, answer="decline", reason="无关")).json()
    await prober.claimed(item)
    await group.withdraw(item)
    await prober.hear()
    withdrawn = await prober.owed()
    assert withdrawn["state"] == "withdrawn"
    async with unchanged():
        for each in (declined, withdrawn):
            refused = await prober.send(await _now(group, each), prober.url())
            assert (refused.status_code, refused.json()["type"]) == (
                409,
                "/problems/already-settled",
            )
    await prober.read()
    assert await prober.readings(withdrawn) == []


async def _now(group: Group, owed: Any) -> Any:
    listed = (await group.send(COUNTY_EDITOR, "GET", "/v1/obligations")).json()["items"]
    return next(each for each in listed if each["id"] == owed["id"])


async def test_coverage_tells_who_claimed_what_at_a_constant_cost(
    group: Group, prober: Prober, count_queries: CountQueries
) -> None:
    item = await group.released()
    owed = await prober.claimed(item, page(item))
    await prober.read_twice()
    path = f"/v1/directives/{owed['directive_id']}/obligations"
    with count_queries(2):
        listed = await prober.ask(path, SUPERVISOR)
    (covered,) = listed.json()["items"]
    assert (covered["site_code"], covered["state"]) == (COUNTY_SITE, "live_verified")
    assert (covered["claim"]["verdict"], covered["claim"]["matched"]) == ("same", 1.0)
    path = f"/v1/obligations/{owed['id']}/readings"
    with count_queries(2):
        listed = await prober.ask(f"{path}?first=1", SUPERVISOR)
    assert [len(listed.json()["items"]), listed.json()["next"] is None] == [1, False]
    rest = await prober.ask(f"{path}?after={listed.json()['next']}", SUPERVISOR)
    assert len(rest.json()["items"]) == 1
    elsewhere = person(Permission.ISSUE_DIRECTIVE, Permission.REPOST, at="340000.340400")
    for actor in (EDITOR, elsewhere):
        assert (await prober.ask(path, actor)).status_code == 404
