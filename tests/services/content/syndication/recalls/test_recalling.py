from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from deploy.verification import Copy as Held
from deploy.verification import check
from tests.factories.content import COUNTY_SITE, SITE, Group
from tests.services.content.conftest import Announced, Unchanged
from tests.services.content.syndication.recalls.conftest import HOUR, Recaller
from tests.services.content.syndication.verification.conftest import APART, answer, page
from tests.shared.test_statements import check_independently
from tests.support.web import status

DAY = timedelta(days=1)
BEGUN, LATE = "content.recall.begun", "content.copy.late"
JUDGED, PROVED = "content.copy.judged", "content.recall.proved"
BODY = "一、各地要于6月30日前完成水库除险加固工作。\n二、对逾期未完成整改的单位予以通报批评。"


async def test_a_withdrawal_is_followed_to_every_place_where_a_copy_was_claimed(
    group: Group, recaller: Recaller, announced: Announced
) -> None:
    item = await group.released(body=BODY)
    await recaller.verified(item)
    own = await recaller.reposted(item)
    recall = await recaller.withdrawn(item)
    assert (recall["item_id"], recall["cause"]) == (item["id"], "withdrawn")
    assert (recall["title"], recall["site_code"]) == (item["title"], SITE)
    assert (recall["copies"], recall["proved"], recall["proved_since"]) == (2, 0, None)
    copies = await recaller.copies()
    assert {copy["url"] for copy in copies} == {recaller.url(), recaller.url("/own")}
    assert {copy["state"] for copy in copies} == {"owed"}
    assert {copy["title"] for copy in copies} == {item["title"]}
    assert own["repost_id"] is not None
    assert (await announced()).count(BEGUN) == 1


async def test_two_readings_apart_prove_absence_and_a_certificate_says_so(
    group: Group, recaller: Recaller, announced: Announced, tmp_path: Path
) -> None:
    item = await group.released(body=BODY)
    await recaller.verified(item)
    recall = await recaller.withdrawn(item)
    recaller.web.answers["/1"] = answer("<p>该内容已撤下。</p>")
    await recaller.tick()
    copy = await recaller.copy()
    assert (copy["state"], copy["verdict"], copy["certificate_id"]) == ("owed", "absent", None)
    await recaller.tick(APART)
    copy = await recaller.copy()
    assert (copy["state"], copy["judged"], copy["late"]) == ("proved", "absent", False)
    certificate = await recaller.get(f"/v1/copies/{copy['id']}/certificate")
    assert certificate["certificate_id"] == copy["certificate_id"]
    assert (certificate["site_code"], certificate["url"]) == (COUNTY_SITE, recaller.url())
    assert certificate["looked_for"] == [item["content_hash"]]
    assert [each["verdict"] for each in certificate["readings"]] == ["absent", "absent"]
    readings = (await recaller.get(f"/v1/copies/{copy['id']}/readings"))["items"]
    assert [each["id"] for each in reversed(readings)] == [
        each["id"] for each in certificate["readings"]
    ]
    assert certificate["readings"][1]["body_hash"] == readings[0]["body_hash"]
    keys = (await group.client.get("/.well-known/statement-keys.json")).json()
    check_independently(certificate, keys)
    report = check(*await recaller.keep(tmp_path, certificate), Held())
    assert (report.outcome, any(recaller.url() in line for line in report.lines)) == (0, True)
    forged = {**certificate, "url": recaller.url("/2")}
    assert check(*await recaller.keep(tmp_path, forged), Held()).outcome == 1
    recall = await recaller.recall()
    assert (recall["proved"], recall["proved_since"]) == (1, copy["judged_at"])
    whole = await recaller.get(f"/v1/recalls/{recall['id']}/certificate")
    check_independently(whole, keys)
    assert [each["copy_id"] for each in whole["copies"]] == [copy["id"]]
    told = await announced()
    assert (told.count(JUDGED), told.count(PROVED), told.count(LATE)) == (1, 1, 0)


async def test_a_copy_that_still_stands_is_late_once_and_proved_late(
    group: Group, recaller: Recaller, announced: Announced
) -> None:
    item = await group.released(body=BODY)
    await recaller.verified(item)
    await recaller.withdrawn(item)
    await recaller.tick_twice()
    assert (await recaller.copy())["late"] is False
    for _ in range(14):
        await recaller.tick(HOUR)
    assert (await recaller.copy())["late"] is True
    told = await announced()
    assert (told.count(LATE), told.count("content.recall.overdue")) == (1, 1)
    recaller.web.answers["/1"] = status(410)
    await recaller.tick(DAY / 2)
    await recaller.tick(APART)
    copy = await recaller.copy()
    assert (copy["state"], copy["late"], copy["fault"]) == ("proved", True, "gone")
    assert (await recaller.recall())["late"] == 1
    certificate = await recaller.get(f"/v1/copies/{copy['id']}/certificate")
    assert certificate["late"] is True


async def test_a_fault_on_our_side_makes_nobody_late_and_proves_nothing(
    group: Group, recaller: Recaller, announced: Announced
) -> None:
    item = await group.released(body=BODY)
    await recaller.verified(item)
    await recaller.withdrawn(item)
    hosts, recaller.hosts = recaller.hosts, set()
    for _ in range(4):
        await recaller.tick(DAY)
    copy = await recaller.copy()
    assert (copy["state"], copy["late"], copy["fault"]) == ("owed", False, "no_answer")
    recall = await recaller.recall()
    assert (recall["unread"], recall["late"]) == (1, 0)
    assert LATE not in await announced()
    recaller.hosts = hosts
    await recaller.tick(DAY)
    assert (await recaller.copy())["late"] is True


async def test_a_copy_that_comes_back_is_judged_so_and_announced(
    group: Group, recaller: Recaller, announced: Announced
) -> None:
    item = await group.released(body=BODY)
    await recaller.verified(item)
    recall = await recaller.withdrawn(item)
    recaller.web.answers["/1"] = status(404)
    await recaller.tick_twice()
    first = await recaller.get(f"/v1/recalls/{recall['id']}/certificate")
    recaller.web.answers["/1"] = page(item)
    await recaller.tick(DAY)
    assert (await recaller.copy())["state"] == "proved"
    await recaller.tick(APART)
    copy = await recaller.copy()
    assert (copy["state"], copy["certificate_id"], copy["late"]) == ("returned", None, False)
    recall = await recaller.recall()
    assert (recall["returned"], recall["proved"], recall["proved_since"]) == (1, 0, None)
    gone = await recaller.ask(f"/v1/recalls/{recall['id']}/certificate")
    assert gone.status_code in {401, 404}
    recaller.web.answers["/1"] = status(404)
    await recaller.tick(DAY)
    await recaller.tick(APART)
    assert (await recaller.copy())["state"] == "proved"
    again = await recaller.get(f"/v1/recalls/{recall['id']}/certificate")
    assert again["certificate_id"] != first["certificate_id"]
    told = await announced()
    assert (told.count(JUDGED), told.count(PROVED)) == (3, 2)


async def test_a_correction_is_proved_by_the_new_text_or_by_absence(
    group: Group, recaller: Recaller, announced: Announced
) -> None:
    item = await group.released(body=BODY)
    await recaller.verified(item)
    await recaller.reposted(item)
    again, recall = await recaller.corrected(item, body=BODY.replace("6月30日", "7月31日"))
    assert (recall["cause"], recall["wanted_hash"]) == ("corrected", again["content_hash"])
    assert recall["copies"] == 2
    await recaller.tick_twice()
    assert {copy["state"] for copy in await recaller.copies()} == {"owed"}
    recaller.web.answers["/1"] = page(again)
    recaller.web.answers["/own"] = status(404)
    await recaller.tick(HOUR)
    await recaller.tick(APART)
    copies = {copy["url"]: copy for copy in await recaller.copies()}
    assert {copy["state"] for copy in copies.values()} == {"proved"}
    put_right = copies[recaller.url()]
    assert put_right["judged"] == "same"
    certificate = await recaller.get(f"/v1/copies/{put_right['id']}/certificate")
    assert (certificate["found"], certificate["wanted_hash"]) == ("same", again["content_hash"])
    assert certificate["looked_for"] == [item["content_hash"]]
    assert (await announced()).count(PROVED) == 1


async def test_a_copy_that_is_claimed_after_the_correction_is_followed_too(
    group: Group, recaller: Recaller
) -> None:
    item = await group.released(body=BODY)
    await recaller.verified(item)
    late = await group.owed(item)
    _, recall = await recaller.corrected(item, body=BODY.replace("6月30日", "7月31日"))
    assert recall["copies"] == 1
    recaller.web.answers["/2"] = page(item)
    for _ in range(2):
        assert (await recaller.send(late, recaller.url("/2"))).status_code == 200
        await recaller.hear()
        late = await recaller.owed()
    assert (await recaller.recall())["copies"] == 2
    await recaller.tick_twice()
    copies = {each["url"]: each for each in await recaller.copies()}
    assert copies[recaller.url("/2")]["judged"] == "diverged"


async def test_a_later_change_takes_the_place_of_an_earlier_recall(
    group: Group, recaller: Recaller
) -> None:
    item = await group.released(body=BODY)
    await recaller.verified(item)
    again, first = await recaller.corrected(item, body=BODY.replace("6月30日", "7月31日"))
    recaller.web.answers["/1"] = page(again)
    await recaller.tick_twice()
    once_more, second = await recaller.corrected(again, body=BODY.replace("6月30日", "8月31日"))
    recaller.web.answers["/1"] = page(once_more)
    await recaller.tick_twice()
    recalls = (await recaller.get("/v1/recalls"))["items"]
    assert [each["id"] for each in recalls] == [second["id"], first["id"]]
    assert [each["proved"] for each in recalls] == [1, 1]
    assert [each["ended_at"] is None for each in recalls] == [True, False]
    gone = await recaller.withdrawn(once_more)
    assert (gone["cause"], gone["copies"]) == ("withdrawn", 1)
    recaller.web.answers["/1"] = page(item)
    await recaller.tick_twice()
    (copy, *_) = await recaller.copies()
    assert (copy["state"], copy["judged"]) == ("owed", "same")


async def test_the_same_text_released_anew_recalls_nothing(
    group: Group, recaller: Recaller
) -> None:
    item = await group.released(body=BODY)
    await recaller.claimed(item, page(item))
    await recaller.hear()
    assert (await recaller.get("/v1/recalls"))["items"] == []
    lonely = await group.released(title="无人转载的通知")
    await group.withdraw(lonely)
    await recaller.hear()
    assert (await recaller.get("/v1/recalls"))["items"] == []


async def test_a_withdrawal_heard_twice_is_followed_once(group: Group, recaller: Recaller) -> None:
    item = await group.released(body=BODY)
    await recaller.claimed(item, page(item))
    await recaller.withdrawn(item)
    await recaller.hear()
    assert len((await recaller.get("/v1/recalls"))["items"]) == 1
    assert len(await recaller.copies()) == 1


async def test_a_link_to_the_source_is_a_copy_of_its_own_kind(
    group: Group, recaller: Recaller
) -> None:
    item = await group.released(body=BODY)
    linking = answer(f"<p>见<a href='{(await group.public(item))['url']}'>原文</a></p>")
    await recaller.claimed(item, linking, ask="link")
    await recaller.read_twice()
    again, recall = await recaller.corrected(item, body=BODY + "\n三、本通知自印发之日起施行。")
    assert recall is None
    await recaller.withdrawn(again)
    await recaller.tick_twice()
    assert (await recaller.copy())["state"] == "owed"
    recaller.web.answers["/1"] = answer("<p>该内容已撤下。</p>")
    await recaller.tick(HOUR)
    await recaller.tick(APART)
    copy = await recaller.copy()
    assert (copy["state"], copy["fault"]) == ("proved", "no_link")


@pytest.mark.parametrize(
    ("kind", "hours"), [("security", 2), ("mistaken", 12), ("superseded", 72), ("expired", 72)]
)
async def test_the_deadline_follows_from_why_it_was_withdrawn(
    group: Group, recaller: Recaller, kind: str, hours: int
) -> None:
    item = await group.released(body=BODY)
    await recaller.claimed(item)
    recall = await recaller.withdrawn(item, kind=kind)
    begun, deadline = recall["begun_at"], recall["deadline"]
    assert begun == "2026-03-02T01:00:00Z"
    day, hour = divmod(1 + hours, 24)
    assert deadline == f"2026-03-{2 + day:02}T{hour:02}:00:00Z"


async def test_a_recall_begins_at_a_constant_cost_however_many_places_there_are(
    group: Group, recaller: Recaller, unchanged: Unchanged
) -> None:
    item: Any = await group.released(body=BODY)
    for path in ("/1", "/2", "/3"):
        owed = await group.owed(item)
        assert (await recaller.send(owed, recaller.url(path))).status_code == 200
    recall = await recaller.withdrawn(item)
    assert recall["copies"] == 3
    async with unchanged():
        await recaller.get(f"/v1/recalls/{recall['id']}/copies?state=owed")
