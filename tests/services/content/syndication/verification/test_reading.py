from datetime import timedelta
from hashlib import sha256
from uuid import UUID

import pytest
from sqlalchemy import update

from services.content.release.models import Live
from services.content.syndication.verification.commands import judging
from services.content.syndication.verification.commands.judging import Read
from services.content.syndication.verification.matching import Found
from services.content.syndication.verification.receipt import Answered
from services.content.syndication.verification.schedule import CLOCK, tasks
from shared.contracts.receipts import PageVerdict
from shared.uow import BeginAs
from tests.factories.content import Group
from tests.services.content.conftest import Announced
from tests.services.content.syndication.verification.conftest import (
    APART,
    HOST,
    NAME,
    Prober,
    answer,
    page,
)
from tests.support.web import status

DAY = timedelta(days=1)
JUDGED = "content.obligation.judged"


async def test_two_readings_apart_in_time_verify_and_are_kept_as_evidence(
    group: Group, prober: Prober, announced: Announced
) -> None:
    item = await group.released()
    owed = await prober.claimed(item, page(item))
    await prober.read()
    once = await prober.owed()
    assert (once["state"], once["claim"]["verdict"]) == ("live_claimed", "same")
    assert await prober.read() == 0
    await prober.read(APART)
    twice = await prober.owed()
    assert (twice["state"], twice["claim"]["judged"]) == ("live_verified", "same")
    last, first = await prober.readings(owed)
    assert (last["read_at"], first["read_at"]) == ("2026-03-02T01:30:00Z", "2026-03-02T01:00:00Z")
    assert {key: last[key] for key in ("url", "status", "verdict", "matched", "fault")} == {
        "url": prober.url(),
        "status": 200,
        "verdict": "same",
        "matched": 1.0,
        "fault": None,
    }
    body = page(item).partition(b"\r\n\r\n")[2]
    assert last["body_hash"] == sha256(body).hexdigest()
    assert last["content_hash"] == item["content_hash"]
    assert last["marks"]["title_shown"]
    assert last["seconds"] >= 0
    assert (await announced()).count(JUDGED) == 1
    asked = prober.web.asked[-1]
    assert (asked.method, asked.headers["user-agent"]) == ("GET", NAME)
    await prober.read(7 * DAY)
    assert len(await prober.readings(owed)) == 3
    assert (await announced()).count(JUDGED) == 1


async def test_a_changed_text_diverges_and_verifies_again_once_it_is_put_right(
    group: Group, prober: Prober, announced: Announced
) -> None:
    item = await group.released(body="一、限期3日。\n二、逾期通报。\n三、特此通知。")
    changed = item["body"].replace("3日", "5日")
    owed = await prober.claimed(item, page(item, text=changed))
    await prober.read_twice()
    diverged = await prober.owed()
    assert diverged["state"] == "diverged"
    (last, _) = await prober.readings(owed)
    assert last["differences"] == [{"edition": "一、限期3日。", "page": "一、限期5日。"}]
    prober.web.answers["/1"] = page(item)
    await prober.read(DAY / 2)
    assert (await prober.owed())["state"] == "diverged"
    await prober.read(APART)
    assert (await prober.owed())["state"] == "live_verified"
    assert (await announced()).count(JUDGED) == 2


@pytest.mark.parametrize(
    ("markup", "fault", "told"),
    [
        (status(500), "status", 500),
        (status(403), "status", 403),
        (answer("<div>" * 999), "tangled", 200),
        (b"nonsense\r\n\r\n", "no_answer", None),
        (status(302, "Location: http://169.254.169.254/"), "forbidden", None),
        (status(302, "Location: /1"), "no_answer", None),
    ],
)
async def test_a_page_that_cannot_be_read_stays_claimed_and_says_why(
    group: Group, prober: Prober, announced: Announced, markup: bytes, fault: str, told: int | None
) -> None:
    item = await group.released()
    await prober.claimed(item, markup)
    for _ in range(4):
        await prober.read(DAY)
    owed = await prober.owed()
    claim = owed["claim"]
    assert (owed["state"], claim["judged"], claim["verdict"]) == ("live_claimed", None, "unread")
    assert (claim["fault"], claim["status"]) == (fault, told)
    assert claim["unread_since"] == "2026-03-03T01:00:00Z"
    assert JUDGED not in await announced()


async def test_a_fault_on_our_side_never_costs_the_site(
    group: Group, prober: Prober, announced: Announced
) -> None:
    item = await group.released()
    await prober.claimed(item, page(item))
    await prober.read_twice()
    prober.hosts = set()
    for _ in range(4):
        await prober.read(8 * DAY)
    owed = await prober.owed()
    assert (owed["state"], owed["claim"]["judged"]) == ("live_verified", "same")
    assert owed["claim"]["fault"] == "no_answer"
    assert (await announced()).count(JUDGED) == 1


async def test_a_verified_repost_that_is_taken_away_is_only_claimed_again(
    group: Group, prober: Prober, announced: Announced
) -> None:
    item = await group.released()
    await prober.claimed(item, page(item))
    await prober.read_twice()
    prober.web.answers["/1"] = status(404)
    await prober.read(7 * DAY)
    assert (await prober.owed())["state"] == "live_verified"
    await prober.read(APART)
    owed = await prober.owed()
    assert (owed["state"], owed["claim"]["judged"]) == ("live_claimed", "absent")
    assert owed["claim"]["fault"] == "gone"
    assert (await announced()).count(JUDGED) == 2


async def test_a_page_too_long_to_be_read_is_not_judged(group: Group, prober: Prober) -> None:
    item = await group.released()
    await prober.claimed(item, answer("<p>x</p>" * 300_000))
    await prober.read()
    assert (await prober.owed())["claim"]["fault"] == "too_long"


async def test_a_page_may_show_the_text_as_it_was_ordered_or_as_it_is_now(
    group: Group, prober: Prober
) -> None:
    item = await group.released(body="第一稿，限期3日。")
    await prober.claimed(item, page(item))
    again = await group.revised(item, body="第二稿，限期5日。", correction_note="更正限期。")
    assert (await group.release(again)).status_code == 201
    await prober.read_twice()
    assert (await prober.owed())["state"] == "live_verified"
    prober.web.answers["/1"] = page(again)
    await prober.read(7 * DAY)
    assert (await prober.owed())["claim"]["verdict"] == "same"


async def test_a_repost_made_here_is_read_where_it_stands_now(
    group: Group, prober: Prober
) -> None:
    item = await group.released()
    owed = await group.owed(item)
    given = {"answer": "accept", "column_id": group.county_columns["policies"]}
    accepted = (await group.answer(owed, **given)).json()
    await prober.hear()
    async with prober.sessions.begin() as session:
        moved = update(Live).where(Live.item_id == UUID(accepted["repost_id"]))
        await session.execute(moved.values(url=prober.url("/moved")))
    prober.web.answers["/moved"] = page(item)
    await prober.read_twice()
    owed = await prober.owed()
    assert (owed["state"], owed["claim"]["url"]) == ("live_verified", prober.url("/moved"))


async def test_a_link_directive_is_kept_by_a_link(group: Group, prober: Prober) -> None:
    item = await group.released()
    public = await group.public(item)
    linking = answer(f"<p><a href='{public['url']}'>全文</a></p>")
    await prober.claimed(item, linking, ask="link")
    await prober.read_twice()
    assert (await prober.owed())["state"] == "live_verified"
    prober.web.answers["/1"] = page(item)
    await prober.read(7 * DAY)
    assert (await prober.owed())["claim"]["fault"] == "no_link"


async def test_a_host_is_asked_for_one_page_at_a_time_and_then_left_alone(
    group: Group, prober: Prober
) -> None:
    item = await group.released()
    for _ in range(3):
        await prober.claimed(item, status(503, "Retry-After: 3600"))
    assert await prober.read() == 1
    assert await prober.read(timedelta(minutes=59)) == 0
    prober.web.answers["/1"] = page(item)
    assert await prober.read(timedelta(minutes=1)) == 1
    assert await prober.read(timedelta(seconds=2)) == 1
    assert await prober.read(timedelta(seconds=2)) == 1
    assert len(prober.web.asked) == 4


async def test_what_came_of_a_page_that_is_claimed_no_more_is_not_kept(
    group: Group, prober: Prober, begin: BeginAs
) -> None:
    item = await group.released()
    owed = await prober.claimed(item)
    await prober.send(owed, prober.url("/2"))
    answered = Answered(prober.url(), 0.1, status=404)
    read = Read(UUID(owed["id"]), prober.url(), answered, Found(PageVerdict.ABSENT))
    async with begin(CLOCK, "test") as uow:
        await judging.record(uow, HOST, read)
    assert await prober.readings(owed) == []


def test_without_a_reader_no_page_is_read(prober: Prober) -> None:
    assert not tasks(prober.sessions, prober.begin, None)
