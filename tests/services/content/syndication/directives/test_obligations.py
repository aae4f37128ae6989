import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from services.content.release.models import Live
from services.content.syndication.directives.schedule import tasks
from shared.db import Sessions
from shared.uow import BeginAs
from tests.factories.content import COUNTY_EDITOR, COUNTY_SITE, SITE, SUPERVISOR, Group
from tests.services.content.conftest import Announced, Hear, Unchanged, Watch
from tests.support.people import NOW, bearer

AFTER = NOW + timedelta(days=8)


async def _accept(group: Group, owed: Any) -> Any:
    done = await group.answer(owed, answer="accept", column_id=group.county_columns["policies"])
    assert done.status_code == 200, done.text
    return done.json()


async def _let_pass(sessions: Sessions, begin: BeginAs, watch: Watch) -> int:
    miss, _ = tasks(sessions, begin)
    watch.now = AFTER
    return await miss.run(AFTER)


async def test_an_accepted_item_stands_on_the_county_site_unchanged(
    group: Group, announced: Announced
) -> None:
    item = await group.released(doc_no="蚌政办秘〔2017〕97号")
    settled = await _accept(group, await group.owed(item))
    assert (settled["state"], settled["late"]) == ("accepted", False)
    source = (await group.client.get(f"/v1/public/items/{item['id']}")).json()
    repost = (await group.client.get(f"/v1/public/items/{settled['repost_id']}")).json()
    same = ("title", "body", "summary", "doc_no", "written_on", "source", "content_hash", "kind")
    assert [repost[name] for name in same] == [source[name] for name in same]
    assert (repost["site_code"], repost["column_id"]) == (
        COUNTY_SITE,
        group.county_columns["policies"],
    )
    assert repost["origin"] == {
        "site_code": SITE,
        "item_id": item["id"],
        "content_hash": item["content_hash"],
        "url": source["url"],
        "fidelity": "verbatim",
        "hops": [
            {
                "site_code": SITE,
                "item_id": item["id"],
                "taken_by": COUNTY_SITE,
                "at": repost["first_public_at"],
            }
        ],
    }
    assert repost["url"].startswith(f"https://www.s{COUNTY_SITE}.gov.cn/")
    assert (await announced())[-2:] == ["content.item.released", "content.obligation.settled"]


async def test_a_site_declines_with_a_reason(group: Group, announced: Announced) -> None:
    owed = await group.owed(await group.released())
    done = await group.answer(owed, answer="decline", reason="与本县无关")
    assert done.status_code == 200, done.text
    assert (done.json()["state"], done.json()["reason"]) == ("declined", "与本县无关")
    assert (await announced())[-1] == "content.obligation.settled"


@pytest.mark.parametrize(
    "given",
    [
        {"answer": "accept"},
        {"answer": "decline"},
        {"answer": "later", "reason": "x"},
        {"answer": "accept", "column_id": "x"},
        {"answer": "decline", "reason": "\x00"},
    ],
)
async def test_half_an_answer_is_refused(
    group: Group, unchanged: Unchanged, given: dict[str, Any]
) -> None:
    owed = await group.owed(await group.released())
    async with unchanged():
        assert (await group.answer(owed, **given)).status_code == 422


async def test_a_repost_stands_in_a_column_of_the_site_that_owes_it(
    group: Group, unchanged: Unchanged
) -> None:
    owed = await group.owed(await group.released())
    async with unchanged():
        refused = await group.answer(owed, answer="accept", column_id=group.columns["news"])
    assert refused.json()["faults"][0]["code"] == "other_site"


async def test_an_answer_names_the_version_and_is_given_once(
    group: Group, unchanged: Unchanged
) -> None:
    owed = await group.owed(await group.released())
    settled = await _accept(group, owed)
    async with unchanged():
        assert (await group.answer(owed, answer="decline", reason="x")).status_code == 412
        again = await group.answer(settled, answer="decline", reason="x")
        assert (again.status_code, again.json()["type"]) == (409, "/problems/already-settled")
        path = f"/v1/obligations/{owed['id']}/answer"
        body = {"answer": "decline", "reason": "x"}
        assert (await group.send(COUNTY_EDITOR, "POST", path, body)).status_code == 428


async def test_a_deadline_that_passes_is_noted_once(
    group: Group, sessions: Sessions, begin: BeginAs, watch: Watch, announced: Announced
) -> None:
    await group.owed(await group.released())
    assert await _let_pass(sessions, begin, watch) == 1
    assert await _let_pass(sessions, begin, watch) == 0
    assert (await announced()).count("content.obligation.missed") == 1


async def test_who_is_late_may_still_repost_and_stays_late(
    group: Group, sessions: Sessions, begin: BeginAs, watch: Watch
) -> None:
    await group.owed(await group.released())
    await _let_pass(sessions, begin, watch)
    token = bearer(COUNTY_EDITOR, watch())
    listed = await group.client.get("/v1/obligations?state=late", headers=token)
    (owed,) = listed.json()["items"]
    assert owed["late"]
    given = {"answer": "accept", "column_id": group.county_columns["policies"]}
    done = await group.client.post(
        f"/v1/obligations/{owed['id']}/answer",
        json=given,
        headers={**token, "If-Match": f'"{owed["version"]}"'},
    )
    assert done.status_code == 200, done.text
    assert (done.json()["state"], done.json()["late"]) == ("accepted", True)


async def test_what_was_answered_in_time_is_never_missed(
    group: Group, sessions: Sessions, begin: BeginAs, watch: Watch, announced: Announced
) -> None:
    await _accept(group, await group.owed(await group.released()))
    assert await _let_pass(sessions, begin, watch) == 0
    assert "content.obligation.missed" not in await announced()


async def test_two_directives_make_one_repost(group: Group, sessions: Sessions) -> None:
    item = await group.released()
    first = await _accept(group, await group.owed(item))
    second = await _accept(group, await group.owed(item))
    assert first["repost_id"] == second["repost_id"]
    async with sessions() as session:
        assert await session.scalar(select(func.count()).select_from(Live)) == 2


async def test_two_answers_at_once_make_one_repost(real_group: Group) -> None:
    item = await real_group.released()
    owed = [await real_group.owed(item) for _ in range(4)]
    settled = await asyncio.gather(*(_accept(real_group, one) for one in owed))
    assert len({one["repost_id"] for one in settled}) == 1


async def test_a_repost_says_no_more_of_its_withdrawal_than_its_source(
    group: Group, hear: Hear
) -> None:
    item = await group.released()
    settled = await _accept(group, await group.owed(item))
    await group.withdraw(item, kind="security")
    await hear()
    gone = await group.client.get(f"/v1/public/items/{settled['repost_id']}")
    assert gone.status_code == 410
    assert "kind" not in gone.json()


async def test_a_withdrawal_takes_reposts_back_and_frees_the_sites(
    group: Group, hear: Hear, announced: Announced
) -> None:
    item = await group.released()
    settled = await _accept(group, await group.owed(item))
    open_owed = await group.owed(item)
    await group.withdraw(item)
    await hear()
    assert (await group.client.get("/v1/public/items")).json()["items"] == []
    gone = await group.client.get(f"/v1/public/items/{settled['repost_id']}")
    assert (gone.status_code, gone.json()["kind"]) == (410, "mistaken")
    listed = (await group.send(COUNTY_EDITOR, "GET", "/v1/obligations")).json()["items"]
    assert [owed["state"] for owed in listed] == ["withdrawn", "withdrawn"]
    directive = await group.send(SUPERVISOR, "GET", f"/v1/directives/{owed_to(open_owed)}")
    assert directive.json()["withdrawn"]
    refused = await group.answer(listed[0], answer="decline", reason="x")
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/already-settled")
    told = await announced()
    assert told.count("content.item.withdrawn") == 2
    assert told.count("content.directive.withdrawn") == 2


def owed_to(owed: Any) -> str:
    directive: str = owed["directive_id"]
    return directive


async def test_a_deadline_of_a_withdrawn_item_passes_without_a_word(
    group: Group, hear: Hear, sessions: Sessions, begin: BeginAs, watch: Watch
) -> None:
    item = await group.released()
    await group.owed(item)
    await group.withdraw(item)
    await hear()
    assert await _let_pass(sessions, begin, watch) == 0


async def test_a_withdrawn_item_cannot_be_accepted_any_more(
    group: Group, unchanged: Unchanged
) -> None:
    item = await group.released()
    owed = await group.owed(item)
    await group.withdraw(item)
    async with unchanged():
        given = {"answer": "accept", "column_id": group.county_columns["policies"]}
        assert (await group.answer(owed, **given)).status_code == 404


async def test_an_answer_during_a_withdrawal_leaves_no_repost_behind(
    real_group: Group, real_hear: Hear
) -> None:
    for _ in range(4):
        item = await real_group.released()
        owed = await real_group.owed(item)
        given = {"answer": "accept", "column_id": real_group.county_columns["policies"]}

        async def withdraw(item: Any = item) -> None:
            await real_group.withdraw(item)
            await real_hear()

        answered, _ = await asyncio.gather(real_group.answer(owed, **given), withdraw())
        assert answered.status_code in {200, 404, 409, 412}, answered.text
        await real_hear()
        assert (await real_group.client.get("/v1/public/items")).json()["items"] == []
