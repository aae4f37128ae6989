from typing import Any

import pytest
from sqlalchemy import update

from services.content.release.models import Live
from tests.factories.content import EDITOR, Group
from tests.services.content.syndication.verification.conftest import (
    APART,
    Prober,
    answer,
    page,
)
from tests.support.people import bearer

NEW = {"title": "更正后的通知", "body": "更正后的正文。", "correction_note": "更正正文"}


async def _corrected(group: Group, item: Any) -> Any:
    """The item with a new text, cleared and not yet public."""
    read = (await group.send(EDITOR, "GET", f"/v1/items/{item['id']}")).json()
    return await group.revised(read, **NEW)


async def _release(prober: Prober, item: Any) -> None:
    new = {"items": [{"item_id": item["id"], "version": item["version"]}]}
    token = bearer(EDITOR, prober.watch())
    done = await prober.group.client.post("/v1/releases", json=new, headers=token)
    assert done.status_code == 201, done.text


async def _own_repost(group: Group, prober: Prober, item: Any) -> str:
    """A repost made here, claimed by itself; return the path its page is read at."""
    owed = await group.owed(item)
    given = {"answer": "accept", "column_id": group.county_columns["policies"]}
    settled = (await group.answer(owed, **given)).json()
    async with prober.sessions.begin() as session:
        here = update(Live).where(Live.item_id == settled["repost_id"])
        await session.execute(here.values(url=prober.url("/own")))
    await prober.hear()
    return "/own"


async def test_a_page_drawn_from_a_repost_must_show_what_replaced_its_text(
    group: Group, prober: Prober
) -> None:
    item = await group.released()
    path = await _own_repost(group, prober, item)
    prober.web.answers[path] = page(item)
    corrected = await _corrected(group, item)
    await prober.read_twice()
    assert (await prober.owed())["state"] == "live_verified"
    await _release(prober, corrected)
    await prober.hear()
    await prober.read()  # as a copy that is to be put right, and then as what was claimed
    await prober.read(APART)
    await prober.read(APART)
    assert (await prober.owed())["claim"]["verdict"] == "absent"
    prober.web.answers[path] = page(corrected)
    for _ in range(4):
        await prober.read(APART)
    assert (await prober.owed())["state"] == "live_verified"


@pytest.mark.parametrize(
    ("fidelity", "markup", "state"),
    [
        ("verbatim", "retitled", "diverged"),
        ("title", "retitled", "live_verified"),
        ("title", "summary", "live_claimed"),
        ("summary", "summary", "live_verified"),
        ("summary", "unlinked", "live_claimed"),
    ],
)
async def test_a_page_elsewhere_may_depart_as_far_as_the_directive_allows(
    group: Group, prober: Prober, fidelity: str, markup: str, state: str
) -> None:
    item = await group.released()
    url = (await group.public(item))["url"]
    shown = {
        "retitled": page({**item, "title": "我县转发市政府办公室通知"}),
        "summary": answer(f"<h1>要闻</h1><p>市政府作出部署。<a href='{url}'>原文</a></p>"),
        "unlinked": answer("<h1>要闻</h1><p>市政府作出部署。</p>"),
    }
    await prober.claimed(item, shown[markup], fidelity=fidelity)
    await prober.read_twice()
    assert (await prober.owed())["state"] == state
