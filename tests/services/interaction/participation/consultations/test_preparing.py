from typing import Any

import pytest

from shared.auth import Permission
from tests.services.interaction.conftest import COUNTY, OFFICE, SITE
from tests.services.interaction.participation.conftest import EDITOR, LEADER
from tests.services.interaction.participation.consultations.conftest import DRAFT, Hall
from tests.support.people import person

BOTH = person(Permission.EDIT, Permission.REVIEW, at=OFFICE, name="both")
ELSEWHERE = person(Permission.EDIT, at=COUNTY, name="elsewhere")


async def test_another_person_opens_it_and_the_public_is_told_through_content(
    hall: Hall,
) -> None:
    held = await hall.opened()
    assert (held["state"], held["state_label"]) == ("open", "征集中")
    assert (held["prepared_by"], held["opened_by"]) == (EDITOR.id, LEADER.id)
    assert held["organization_name"] == "市城市管理局"
    *_, opened, told = await hall.announced()
    assert opened[0] == "interaction.consultation.opened"
    assert told[0] == "interaction.participation.told"
    assert told[1] == {
        "subject_id": held["id"],
        "kind": "consultation",
        "moment": "announced",
        "site_code": SITE,
        "title": "关于“蚌埠市户外广告管理办法（征求意见稿）”公开征求意见的公告",
        "paragraphs": [
            "为规范户外广告设置，起草了本办法。",
            "欢迎社会各界提出意见。",
            "征求意见单位：市城市管理局",
            "征求意见时间：2026年3月2日至2026年4月1日",
            "征求意见稿：",
            "［1］第一条　为规范户外广告设置，制定本办法。",
            "［2］第二条　本办法适用于市区。",
        ],
        "source": "市城市管理局",
        "source_url": DRAFT["page_url"],
        "author": EDITOR.id,
    }


async def test_whoever_prepared_it_last_does_not_open_it(hall: Hall) -> None:
    held = await hall.done(BOTH, "POST", "/consultations", DRAFT)
    path = f"/consultations/{held['id']}/opening"
    own = await hall.send(BOTH, "POST", path, version=held["version"])
    assert own.json()["type"] == "/problems/own-consultation"
    text = {name: value for name, value in DRAFT.items() if name != "site_code"}
    changed = await hall.done(
        EDITOR, "PUT", f"/consultations/{held['id']}", text, version=held["version"]
    )
    assert changed["prepared_by"] == EDITOR.id
    opened = await hall.send(BOTH, "POST", path, version=changed["version"])
    assert opened.status_code == 200


@pytest.mark.parametrize(
    ("over", "pointers"),
    [
        ({"closes_on": "2026-03-31"}, ["/closes_on"]),
        ({"kind": "other", "closes_on": "2026-03-08"}, ["/closes_on"]),
        ({"organization": "nobody"}, ["/organization"]),
        ({"organization": "340400"}, ["/organization"]),
        ({"organization": "nobody", "closes_on": "2026-03-02"}, ["/closes_on", "/organization"]),
        ({"paragraphs": []}, ["/paragraphs"]),
        ({"paragraphs": ["字" * 5000] * 25}, [""]),
        ({"title": "题" * 151}, ["/title"]),
        ({"page_url": "javascript:alert(1)"}, ["/page_url"]),
        ({"site_code": "9999999999"}, ["/site_code"]),
    ],
)
async def test_everything_wrong_with_it_is_named(
    hall: Hall, over: dict[str, Any], pointers: list[str]
) -> None:
    refused = await hall.send(EDITOR, "POST", "/consultations", {**DRAFT, **over})
    assert refused.status_code == 422
    assert [fault["pointer"] for fault in refused.json()["faults"]] == pointers
    assert await hall.announced() == []


async def test_a_shorter_time_needs_a_reason_which_the_public_reads(hall: Hall) -> None:
    held = await hall.opened(closes_on="2026-03-12", shortened_because="汛期将至")
    assert (await hall.public(held))["shortened_because"] == "汛期将至"
    assert dict(await hall.announced())["interaction.consultation.opened"]["shortened"] is True


async def test_it_is_not_opened_for_days_that_are_over(hall: Hall) -> None:
    held = await hall.prepared()
    hall.clock.pass_by(days=1)
    path = f"/consultations/{held['id']}/opening"
    late = await hall.send(LEADER, "POST", path, version=held["version"])
    assert [fault["code"] for fault in late.json()["faults"]] == ["past"]


async def test_once_open_its_text_stays_and_it_opens_once(hall: Hall) -> None:
    held = await hall.opened()
    text = {name: value for name, value in DRAFT.items() if name != "site_code"}
    path = f"/consultations/{held['id']}"
    changed = await hall.send(EDITOR, "PUT", path, text, version=held["version"])
    again = await hall.send(LEADER, "POST", f"{path}/opening", version=held["version"])
    for refused in (changed, again):
        assert refused.json()["type"] == "/problems/out-of-sequence"


async def test_only_editors_of_the_site_prepare_and_only_leaders_open(hall: Hall) -> None:
    assert (await hall.send(None, "POST", "/consultations", DRAFT)).status_code == 401
    for actor in (LEADER, ELSEWHERE):
        assert (await hall.send(actor, "POST", "/consultations", DRAFT)).status_code == 403
    held = await hall.prepared()
    path = f"/consultations/{held['id']}"
    opening = f"{path}/opening"
    assert (await hall.send(EDITOR, "POST", opening, version=held["version"])).status_code == 403
    assert (await hall.send(ELSEWHERE, "POST", opening, version=1)).status_code == 404
    assert (await hall.send(LEADER, "POST", opening, version=9)).status_code == 412
    assert (await hall.send(LEADER, "POST", opening)).status_code == 428
