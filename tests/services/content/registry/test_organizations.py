from typing import Any

import pytest

from tests.factories.content import (
    ADMIN,
    CITY,
    EDITOR,
    PROVINCE,
    SITE,
    STRANGER,
    SUPERVISOR,
    Group,
)
from tests.services.content.conftest import Announced, Unchanged
from tests.services.content.registry.test_registering import COUNTY_ADMIN

UNIT = "/v1/organizations/340321"
DATA = {"name": "怀远县人民政府", "kind": "government", "level": "county"}


async def change(group: Group, path: str = UNIT, actor: Any = ADMIN, **fields: Any) -> Any:
    version = (await group.send(ADMIN, "GET", path)).json()["version"]
    return await group.send(actor, "PUT", path, {**DATA, **fields}, version=version)


async def test_a_unit_gets_another_name_and_second_line_and_stays_where_it_stands(
    group: Group, announced: Announced
) -> None:
    before = (await group.send(ADMIN, "GET", UNIT)).json()
    done = await change(group, supervised_by="340000")
    assert done.status_code == 200, done.text
    changed = {**before, **DATA, "supervised_by": PROVINCE, "version": before["version"] + 1}
    assert (await group.send(EDITOR, "GET", UNIT)).json() == done.json() == changed
    assert (await announced())[-1] == "content.organization.changed"
    assert (await change(group)).json()["supervised_by"] is None


async def test_the_first_organization_is_changed_by_its_own_administrator(group: Group) -> None:
    root = "/v1/organizations/340000"
    done = await change(group, root, name="安徽省", level="province")
    assert (done.status_code, done.json()["path"]) == (200, PROVINCE)


async def test_whoever_stands_above_changes_a_unit_and_nobody_else(
    group: Group, unchanged: Unchanged
) -> None:
    async with unchanged():
        for actor in (COUNTY_ADMIN, EDITOR, STRANGER, SUPERVISOR):
            assert (await change(group, actor=actor)).status_code == 403, actor.id
        stale = await group.send(ADMIN, "PUT", UNIT, DATA, version=9)
        assert stale.status_code == 412


@pytest.mark.parametrize(
    ("fields", "status", "told"),
    [
        ({"supervised_by": "340321"}, 422, "not_outside"),
        ({"supervised_by": "340321-zfb"}, 422, "not_outside"),
        ({"supervised_by": "999999"}, 404, "999999"),
        ({"parent": "340000"}, 422, "extra_forbidden"),
    ],
)
async def test_what_does_not_fit_a_unit_is_refused(
    group: Group, unchanged: Unchanged, fields: dict[str, str], status: int, told: str
) -> None:
    async with unchanged():
        refused = await change(group, **fields)
    assert refused.status_code == status, refused.text
    assert told in refused.text


async def test_a_second_line_that_supervises_sites_is_not_lost(
    group: Group, unchanged: Unchanged
) -> None:
    office, bureau = {**DATA, "kind": "office"}, {**DATA, "kind": "department"}
    new = {**bureau, "code": "340000-sw", "parent": "340000"}
    assert (await group.send(ADMIN, "POST", "/v1/organizations", new)).status_code == 201
    path = "/v1/organizations/340300-zfb"
    assert (await change(group, path, **office, supervised_by="340000-sw")).status_code == 200
    await group.change("change_site", supervising="340000-sw")
    async with unchanged():
        refused = await change(group, path, **office)
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/supervises-sites")
    assert refused.json()["sites"] == [SITE]
    assert CITY in (await group.send(ADMIN, "GET", path)).json()["path"]
