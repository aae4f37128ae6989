import asyncio
from typing import Any

import pytest

from tests.factories.content import (
    COUNTY_EDITOR,
    EDITOR,
    LEADER,
    Group,
)
from tests.services.content.conftest import Announced, Unchanged
from tests.services.content.syndication.reposting.conftest import (
    COUNTY_LEADER,
    COUNTY_SECRECY,
    CountyDesk,
)
from tests.support.queries import CountQueries

TITLE = "我县转发市政府办公室通知"
SUMMARY = "市政府办公室就政府网站工作作出部署，详见原文。"


async def _accepted(group: Group, owed: Any) -> Any:
    listed = await group.send(COUNTY_EDITOR, "GET", "/v1/obligations")
    (found,) = [one for one in listed.json()["items"] if one["id"] == owed["id"]]
    return found


async def test_a_title_of_ones_own_goes_out_when_both_reviews_consent(
    group: Group, desk: CountyDesk, announced: Announced
) -> None:
    item = await group.released()
    owed = await group.owed(item, fidelity="title")
    assert (owed["ask"], owed["fidelity"]) == ("repost", "title")
    text = await desk.proposed(owed, title=TITLE, local_note="请遵照执行。")
    assert (await _accepted(group, owed))["state"] == "delivered"
    await desk.clear(text)
    owed = await _accepted(group, owed)
    assert owed["state"] == "accepted"
    public = await group.public({"id": owed["repost_id"]})
    assert (public["title"], public["body"]) == (TITLE, item["body"])
    assert public["local_note"] == "请遵照执行。"
    assert (public["origin"]["fidelity"], public["origin"]["content_hash"]) == (
        "title",
        item["content_hash"],
    )
    assert public["content_hash"] == text["content_hash"] != item["content_hash"]
    told = await announced()
    assert told.count("content.obligation.rewording_reviewed") == 2
    found = await group.client.get("/v1/public/search", params={"q": "我县转发"})
    assert [hit["id"] for hit in found.json()["items"]] == [public["id"]]


async def test_a_summary_stands_in_the_texts_place_and_leaves_its_files(
    group: Group, desk: CountyDesk
) -> None:
    link = {"text": "市政府", "href": "https://www.bengbu.gov.cn/"}
    item = await group.released(links=[link])
    owed = await group.owed(item, fidelity="summary")
    await desk.clear(await desk.proposed(owed, summary=SUMMARY))
    public = await group.public({"id": (await _accepted(group, owed))["repost_id"]})
    assert (public["title"], public["body"]) == (item["title"], SUMMARY)
    assert (public["links"], public["files"]) == ([], [])
    assert public["origin"]["fidelity"] == "summary"


@pytest.mark.parametrize(
    ("fidelity", "words", "pointers"),
    [
        ("verbatim", {"title": TITLE}, ["/title"]),
        ("verbatim", {"title": TITLE, "summary": SUMMARY}, ["/title", "/summary"]),
        ("title", {"summary": SUMMARY}, ["/summary"]),
    ],
)
async def test_no_more_is_changed_than_the_directive_allows(
    group: Group,
    desk: CountyDesk,
    unchanged: Unchanged,
    fidelity: str,
    words: dict[str, str],
    pointers: list[str],
) -> None:
    owed = await group.owed(await group.released(), fidelity=fidelity)
    async with unchanged():
        refused = await desk.propose(owed, **words)
        assert refused.status_code == 422
        assert [fault["pointer"] for fault in refused.json()["faults"]] == pointers


async def test_an_answer_carries_no_words_of_its_own(group: Group, unchanged: Unchanged) -> None:
    owed = await group.owed(await group.released(), fidelity="summary")
    async with unchanged():
        given = {"answer": "accept", "column_id": group.county_columns["policies"]}
        assert (await group.answer(owed, **given, title=TITLE)).status_code == 422


async def test_words_are_checked_before_anybody_reviews_them(
    group: Group, desk: CountyDesk, unchanged: Unchanged
) -> None:
    owed = await group.owed(await group.released(), fidelity="summary")
    async with unchanged():
        refused = await desk.propose(
            owed,
            title="身份证号 34030019800101001X",
            summary="<b>摘要</b>",
            local_note="<p>按语</p>",
        )
        assert refused.json()["type"] == "/problems/words-not-ready"
        assert [fault["pointer"] for fault in refused.json()["faults"]] == [
            "/title",
            "/summary",
            "/summary",
            "/local_note",
            "/local_note",
        ]


async def test_who_proposed_does_not_review_and_nobody_reviews_twice(
    group: Group, desk: CountyDesk, unchanged: Unchanged
) -> None:
    owed = await group.owed(await group.released(), fidelity="title")
    text = await desk.proposed(owed, title=TITLE)
    async with unchanged():
        for actor, step, status in (
            (COUNTY_EDITOR, "leader", 404),
            (EDITOR, "leader", 404),
            (COUNTY_SECRECY, "leader", 404),
            (COUNTY_SECRECY, "secrecy", 409),
        ):
            assert (await desk.review(actor, text, step)).status_code == status
        stale = {**text, "version": 9}
        assert (await desk.review(COUNTY_LEADER, stale, "leader")).status_code == 412
        other = await desk.review(COUNTY_LEADER, {**text, "content_hash": "0" * 64}, "leader")
        assert (other.status_code, other.json()["type"]) == (409, "/problems/other-text")
    text = (await desk.review(COUNTY_LEADER, text, "leader")).json()
    async with unchanged():
        assert (await desk.review(COUNTY_LEADER, text, "leader")).status_code == 403


async def test_words_proposed_anew_begin_their_reviews_anew(
    group: Group, desk: CountyDesk
) -> None:
    owed = await group.owed(await group.released(), fidelity="title")
    text = await desk.proposed(owed, title=TITLE)
    await desk.review(COUNTY_LEADER, text, "leader")
    text = await desk.proposed(owed, title=f"{TITLE}（修订）")
    assert text["approvals"] == []
    assert (await desk.review(COUNTY_SECRECY, text, "secrecy")).status_code == 409


async def test_returned_words_say_why_and_go_no_further(
    group: Group, desk: CountyDesk, unchanged: Unchanged
) -> None:
    owed = await group.owed(await group.released(), fidelity="title")
    text = await desk.proposed(owed, title=TITLE)
    returned = await desk.review(
        COUNTY_LEADER, text, "leader", verdict="return", reason="标题不妥"
    )
    assert returned.json()["return_reason"] == "标题不妥"
    async with unchanged():
        refused = await desk.review(COUNTY_LEADER, returned.json(), "leader")
        assert refused.status_code == 409
    text = await desk.proposed(owed, title="转发通知")
    assert text["return_reason"] is None


async def test_words_made_from_an_edition_that_was_replaced_do_not_go_out(
    group: Group, desk: CountyDesk, unchanged: Unchanged
) -> None:
    item = await group.released()
    owed = await group.owed(item, fidelity="title")
    text = await desk.proposed(owed, title=TITLE)
    text = (await desk.review(COUNTY_LEADER, text, "leader")).json()
    read = (await group.send(EDITOR, "GET", f"/v1/items/{item['id']}")).json()
    revised = await group.revised(read, body="更正后的正文。", correction_note="更正正文")
    assert (await group.release(revised)).status_code == 201
    async with unchanged():
        refused = await desk.review(COUNTY_SECRECY, text, "secrecy")
        assert (refused.status_code, refused.json()["type"]) == (409, "/problems/other-edition")


async def test_a_repost_changed_further_than_asked_keeps_no_stricter_directive(
    group: Group, desk: CountyDesk, unchanged: Unchanged
) -> None:
    item = await group.released()
    owed = await group.owed(item, fidelity="title")
    await desk.clear(await desk.proposed(owed, title=TITLE))
    strict = await group.owed(item)
    async with unchanged():
        given = {"answer": "accept", "column_id": group.county_columns["policies"]}
        refused = await group.answer(strict, **given)
        assert (refused.status_code, refused.json()["type"]) == (
            409,
            "/problems/looser-than-asked",
        )


async def test_two_last_consents_at_once_place_one_repost(
    real_group: Group, real_desk: CountyDesk
) -> None:
    owed = await real_group.owed(await real_group.released(), fidelity="title")
    text = await real_desk.proposed(owed, title=TITLE)
    text = (await real_desk.review(COUNTY_LEADER, text, "leader")).json()
    done = await asyncio.gather(
        *(real_desk.review(COUNTY_SECRECY, text, "secrecy") for _ in range(3))
    )
    assert sorted(one.status_code for one in done) == [200, 412, 412]
    assert len((await real_group.client.get("/v1/public/items")).json()["items"]) == 2


async def test_what_waits_for_reviews_is_listed_to_the_site_in_one_query(
    group: Group, desk: CountyDesk, count_queries: CountQueries
) -> None:
    for _ in range(2):
        owed = await group.owed(await group.released(), fidelity="title")
        text = await desk.proposed(owed, title=TITLE)
        for actor in (COUNTY_EDITOR, COUNTY_LEADER, COUNTY_SECRECY):
            with count_queries(1):
                listed = await group.send(actor, "GET", "/v1/rewordings")
            assert listed.json()["items"][0] == text
    assert (await group.send(EDITOR, "GET", "/v1/rewordings")).json()["items"] == []
    await desk.clear(text)
    listed = await group.send(COUNTY_LEADER, "GET", "/v1/rewordings")
    assert len(listed.json()["items"]) == 1


async def test_a_new_edition_drops_the_words_and_leaves_the_note(
    group: Group, desk: CountyDesk, announced: Announced
) -> None:
    item = await group.released()
    owed = await group.owed(item, fidelity="summary")
    await desk.clear(await desk.proposed(owed, title=TITLE, summary=SUMMARY, local_note="按语"))
    read = (await group.send(EDITOR, "GET", f"/v1/items/{item['id']}")).json()
    revised = await group.revised(read, body="更正后的正文。", correction_note="更正正文")
    assert (await group.release(revised)).status_code == 201
    public = await group.public({"id": (await _accepted(group, owed))["repost_id"]})
    assert (public["title"], public["body"]) == (item["title"], "更正后的正文。")
    assert (public["local_note"], public["origin"]["fidelity"]) == ("按语", "verbatim")
    assert public["content_hash"] == revised["content_hash"]
    assert (await announced()).count("content.item.words_dropped") == 1


async def test_a_mark_of_validity_leaves_the_words(group: Group, desk: CountyDesk) -> None:
    item = await group.released()
    owed = await group.owed(item, fidelity="title")
    await desk.clear(await desk.proposed(owed, title=TITLE))
    mark = {"state": "repealed", "reason": "废止"}
    done = await group.send(LEADER, "POST", f"/v1/items/{item['id']}/validity", mark)
    assert done.status_code == 201, done.text
    public = await group.public({"id": (await _accepted(group, owed))["repost_id"]})
    assert (public["title"], public["validity"]["state"]) == (TITLE, "repealed")
