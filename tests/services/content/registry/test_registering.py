from typing import Any

import pytest

from shared.auth import Permission
from tests.factories.content import ADMIN, COUNTY, EDITOR, SITE, Group
from tests.services.content.conftest import Announced, Unchanged
from tests.support.people import person

COUNTY_ADMIN = person(Permission.ADMINISTER, at=COUNTY, name="county-admin")
NEW_ORGANIZATION = {
    "code": "340321-jy",
    "name": "怀远县教育局",
    "kind": "department",
    "level": "county",
    "parent": "340321",
}
NEW_SITE = {
    "code": "3403210002",
    "name": "怀远教育",
    "domain": "jy.example.gov.cn",
    "level": "county",
    "region": "340321",
    "supervising": "340300",
    "sponsoring": "340321-zfb",
    "operating": "340321-zfb",
}
OFFICES = {"supervising": "340300", "sponsoring": "340300-zfb", "operating": "340300-zfb"}


async def test_an_organization_stands_under_its_parent(group: Group, announced: Announced) -> None:
    before = len(await announced())
    done = await group.send(COUNTY_ADMIN, "POST", "/v1/organizations", NEW_ORGANIZATION)
    assert done.status_code == 201, done.text
    assert done.json()["path"] == "340000.340300.340321.340321-jy"
    assert done.headers["ETag"] == '"1"'
    assert (await announced())[before:] == ["content.organization.registered"]


async def test_a_second_line_of_supervision_is_kept_as_its_path(group: Group) -> None:
    new = {**NEW_ORGANIZATION, "supervised_by": "340300-zfb"}
    done = await group.send(COUNTY_ADMIN, "POST", "/v1/organizations", new)
    assert done.json()["supervised_by"] == "340000.340300.340300-zfb"


async def test_an_administrator_of_a_county_cannot_register_under_the_city(
    group: Group, unchanged: Unchanged
) -> None:
    async with unchanged():
        for path, new in (
            ("/v1/organizations", {**NEW_ORGANIZATION, "parent": "340300"}),
            ("/v1/sites", {**NEW_SITE, **OFFICES, "level": "city"}),
            ("/v1/columns", {"site_code": SITE, "name": "通知", "kind": "notices"}),
        ):
            refused = await group.send(COUNTY_ADMIN, "POST", path, new)
            assert refused.status_code == 403, (path, refused.text)
            assert refused.json()["type"] == "/problems/outside-authority"


async def test_a_code_that_only_begins_like_the_administrators_is_out_of_reach(
    group: Group,
) -> None:
    twin = {**NEW_ORGANIZATION, "code": "340321x", "parent": "340300"}
    assert (await group.send(ADMIN, "POST", "/v1/organizations", twin)).status_code == 201
    under = {**NEW_ORGANIZATION, "parent": "340321x"}
    assert (await group.send(COUNTY_ADMIN, "POST", "/v1/organizations", under)).status_code == 403


async def test_an_editor_administers_nothing(group: Group, unchanged: Unchanged) -> None:
    async with unchanged():
        new = {**NEW_ORGANIZATION, "parent": "340300-zfb"}
        assert (await group.send(EDITOR, "POST", "/v1/organizations", new)).status_code == 403


@pytest.mark.parametrize("code", ["3403210002", "bm34030001"])
async def test_both_forms_of_site_codes_are_taken(
    group: Group, announced: Announced, code: str
) -> None:
    done = await group.send(COUNTY_ADMIN, "POST", "/v1/sites", {**NEW_SITE, "code": code})
    assert done.status_code == 201, done.text
    assert done.json()["state"] == "applied"
    assert (await announced())[-1] == "content.site.applied"
    shown = await group.send(COUNTY_ADMIN, "GET", f"/v1/sites/{code}")
    assert shown.json() == done.json()


async def test_a_local_code_of_another_region_is_refused(
    group: Group, unchanged: Unchanged
) -> None:
    async with unchanged():
        new = {**NEW_SITE, "code": "3403220002"}
        refused = await group.send(COUNTY_ADMIN, "POST", "/v1/sites", new)
    assert refused.status_code == 422, refused.text
    assert [(f["pointer"], f["code"]) for f in refused.json()["faults"]] == [
        ("/region", "other_region")
    ]


@pytest.mark.parametrize(
    "code",
    [
        "340321000",
        "34032100021",
        "bm3403000",
        "BM34030001",
        "３４０３２１０００２",
        "3403210002\n",
        "",
        "bm340300011",
        "cm34030001",
    ],
)
async def test_other_forms_of_site_codes_are_refused(
    group: Group, unchanged: Unchanged, code: str
) -> None:
    async with unchanged():
        refused = await group.send(ADMIN, "POST", "/v1/sites", {**NEW_SITE, "code": code})
    assert refused.status_code == 422, refused.text
    (fault,) = refused.json()["faults"]
    assert (fault["pointer"], fault["code"]) == ("/code", "site_code")
    assert "10位数字" in fault["detail"]
    assert "bm" in fault["detail"]


@pytest.mark.parametrize(
    ("path", "new"),
    [
        ("/v1/organizations", {**NEW_ORGANIZATION, "code": "340321-zfb"}),
        ("/v1/sites", {**NEW_SITE, "code": SITE, "region": "340300"}),
        ("/v1/sites", {**NEW_SITE, "domain": f"www.s{SITE}.gov.cn"}),
    ],
)
async def test_a_code_or_domain_registered_twice_is_refused_by_name(
    group: Group, unchanged: Unchanged, path: str, new: dict[str, Any]
) -> None:
    async with unchanged():
        refused = await group.send(ADMIN, "POST", path, new)
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/already-registered")


@pytest.mark.parametrize(
    ("path", "new"),
    [
        ("/v1/organizations", {**NEW_ORGANIZATION, "parent": "999999"}),
        ("/v1/organizations", {**NEW_ORGANIZATION, "supervised_by": "999999"}),
        ("/v1/sites", {**NEW_SITE, "operating": "999999"}),
        ("/v1/columns", {"site_code": "9999990000", "name": "通知", "kind": "notices"}),
    ],
)
async def test_what_a_new_entry_leads_to_must_exist(
    group: Group, unchanged: Unchanged, path: str, new: dict[str, Any]
) -> None:
    async with unchanged():
        refused = await group.send(ADMIN, "POST", path, new)
    assert (refused.status_code, refused.json()["type"]) == (404, "/problems/not-found")


async def test_a_column_keeps_its_kinds_rhythm_and_waits_for_the_opening(
    group: Group, announced: Announced
) -> None:
    await group.send(ADMIN, "POST", "/v1/sites", NEW_SITE)
    new = {"site_code": NEW_SITE["code"], "name": "通知公告", "kind": "notices"}
    done = await group.send(ADMIN, "POST", "/v1/columns", new)
    assert (done.json()["target_days"], done.json()["red_line_days"]) == (30, 180)
    assert done.json()["column_type"] == "政策文件"
    assert (await announced())[-1] == "content.column.planned"


async def test_a_column_with_too_loose_a_rhythm_is_not_added(
    group: Group, unchanged: Unchanged
) -> None:
    await group.send(ADMIN, "POST", "/v1/sites", NEW_SITE)
    new = {"site_code": NEW_SITE["code"], "name": "要闻", "kind": "news", "target_days": 8}
    async with unchanged():
        refused = await group.send(ADMIN, "POST", "/v1/columns", new)
    assert (refused.status_code, refused.json()["type"]) == (422, "/problems/rhythm-too-loose")
    assert refused.json()["target_days"] == 7
