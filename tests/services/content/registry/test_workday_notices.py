import asyncio
from typing import Any

import pytest

from tests.factories.content import ADMIN, SUPERVISOR, Group
from tests.services.content.conftest import Announced, Unchanged

NOTICE = {
    "year": 2027,
    "title": "国务院办公厅关于2027年部分节假日安排的通知",
    "number": "国办发明电〔2026〕9号",
    "issued_on": "2026-11-04",
    "off": ["2027-01-01", "2027-02-08"],
    "makeup": ["2027-02-13"],
}
ADDRESS = "/v1/workdays/2027"
CORRECTED = {**NOTICE, "off": ["2027-01-01"]}


async def test_a_notice_is_taken_in_and_announced(group: Group, announced: Announced) -> None:
    taken = await group.send(ADMIN, "PUT", ADDRESS, NOTICE)
    assert taken.status_code == 200, taken.text
    assert taken.json()["notice"] == NOTICE
    assert taken.headers["ETag"] == '"1"'
    assert (await announced())[-1] == "content.workdays.noticed"


async def test_a_notice_is_corrected_by_whoever_read_it(
    group: Group, announced: Announced
) -> None:
    await group.send(ADMIN, "PUT", ADDRESS, NOTICE)
    corrected = await group.send(ADMIN, "PUT", ADDRESS, CORRECTED, version=1)
    assert corrected.json()["notice"]["off"] == ["2027-01-01"]
    assert corrected.headers["ETag"] == '"2"'
    assert (await announced())[-2:] == ["content.workdays.noticed"] * 2


async def test_a_correction_must_say_what_it_corrects(group: Group, unchanged: Unchanged) -> None:
    await group.send(ADMIN, "PUT", ADDRESS, NOTICE)
    async with unchanged():
        without = await group.send(ADMIN, "PUT", ADDRESS, CORRECTED)
        stale = await group.send(ADMIN, "PUT", ADDRESS, CORRECTED, version=7)
    assert without.status_code == 428, without.text
    assert (stale.status_code, stale.json()["version"]) == (412, 1)


async def test_a_correction_of_a_notice_nobody_took_in_is_refused(
    group: Group, unchanged: Unchanged
) -> None:
    async with unchanged():
        refused = await group.send(ADMIN, "PUT", ADDRESS, NOTICE, version=3)
    assert refused.status_code == 412, refused.text


@pytest.mark.parametrize(
    "wrong",
    [
        {"off": ["2027-01-02"]},
        {"off": ["2028-01-03"]},
        {"off": ["2027-01-01", "2027-01-01"]},
        {"makeup": ["2027-02-08"]},
        {"title": "含\x00空字符"},
        {"year": 2026},
        {"unknown": 1},
    ],
)
async def test_a_notice_that_contradicts_itself_is_refused(
    group: Group, unchanged: Unchanged, wrong: dict[str, Any]
) -> None:
    async with unchanged():
        refused = await group.send(ADMIN, "PUT", ADDRESS, {**NOTICE, **wrong})
    assert refused.status_code == 422, refused.text
    assert refused.json()["faults"]


async def test_only_the_groups_administrator_takes_in_notices(
    group: Group, unchanged: Unchanged
) -> None:
    async with unchanged():
        assert (await group.send(SUPERVISOR, "PUT", ADDRESS, NOTICE)).status_code == 403
        assert (await group.send(None, "PUT", ADDRESS, NOTICE)).status_code == 401


async def test_of_two_who_write_a_notice_at_once_one_must_read_again(real_group: Group) -> None:
    for version, others in ((None, 428), (1, 412)):
        answers = await asyncio.gather(
            *(
                real_group.send(
                    ADMIN, "PUT", ADDRESS, {**NOTICE, "title": f"{version} {n}"}, version=version
                )
                for n in range(4)
            )
        )
        assert sorted(answer.status_code for answer in answers) == [200, *[others] * 3]
