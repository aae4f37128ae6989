from typing import Any

import pytest

from services.content.registry.supervision.procedure import procedure_kinds, required_kinds
from shared.auth import Permission
from tests.factories.content import ADMIN, COUNTY, EDITOR, STRANGER, SUPERVISOR, Group
from tests.services.content.conftest import Announced, Unchanged
from tests.support.people import person
from tests.support.queries import CountQueries

PROCEDURES = "/v1/procedures"
NEW = {
    "organization": "340300-zfb",
    "kind": "update",
    "title": "政府网站信息更新制度",
    "document_number": "蚌政办〔2026〕1号",
    "in_force_from": "2026-01-01",
}
EDITION = {"title": "政府网站信息更新制度（修订）", "in_force_from": "2026-04-01"}
COUNTY_ADMIN = person(Permission.ADMINISTER, at=COUNTY, name="county-admin")


async def adopted(group: Group, **fields: Any) -> Any:
    done = await group.send(ADMIN, "POST", PROCEDURES, {**NEW, **fields})
    assert done.status_code == 201, done.text
    return done.json()


async def missing(group: Group, actor: Any = SUPERVISOR) -> set[tuple[str, str]]:
    page = await group.send(actor, "GET", f"{PROCEDURES}/missing?first=100")
    assert page.status_code == 200, page.text
    return {(row["organization"], row["kind"]) for row in page.json()["items"]}


def test_the_rules_of_the_seed_are_required() -> None:
    assert [kind for kind, _ in required_kinds()] == [
        "update",
        "release",
        "interpretation",
        "coordination",
    ]
    assert len(procedure_kinds()) > len(required_kinds())


async def test_a_rule_goes_through_editions_and_none_is_lost(
    group: Group, announced: Announced
) -> None:
    first = await adopted(group)
    path = f"{PROCEDURES}/{first['id']}/replacement"
    second = await group.send(ADMIN, "POST", path, EDITION, version=1)
    assert second.status_code == 201, second.text
    assert (second.json()["edition"], second.json()["kind"]) == (2, "update")
    listed = await group.send(EDITOR, "GET", f"{PROCEDURES}?organization=340300-zfb&kind=update")
    assert [(row["edition"], row["replaced_by"]) for row in listed.json()["items"]] == [
        (2, None),
        (1, second.json()["id"]),
    ]
    assert (await announced())[-2:] == ["content.procedure.adopted"] * 2


async def test_only_the_latest_edition_is_replaced_and_by_none_in_force_before(
    group: Group, unchanged: Unchanged
) -> None:
    first = await adopted(group)
    path = f"{PROCEDURES}/{first['id']}/replacement"
    async with unchanged():
        earlier = {**EDITION, "in_force_from": "2025-12-31"}
        refused = await group.send(ADMIN, "POST", path, earlier, version=1)
        assert (refused.status_code, refused.json()["not_before"]) == (422, "2026-01-01")
        again = await group.send(ADMIN, "POST", PROCEDURES, NEW)
        assert (again.status_code, again.json()["type"]) == (409, "/problems/has-procedure")
    await group.send(ADMIN, "POST", path, EDITION, version=1)
    async with unchanged():
        refused = await group.send(ADMIN, "POST", path, EDITION, version=2)
        assert (refused.status_code, refused.json()["type"]) == (409, "/problems/not-the-latest")


@pytest.mark.parametrize(
    ("wrong", "code"),
    [({"kind": "cooking"}, "unknown_procedure"), ({"in_force_from": "soon"}, "date_form")],
)
async def test_a_rule_of_no_known_kind_or_day_is_refused(
    group: Group, unchanged: Unchanged, wrong: dict[str, str], code: str
) -> None:
    async with unchanged():
        refused = await group.send(ADMIN, "POST", PROCEDURES, {**NEW, **wrong})
    [fault] = refused.json()["faults"]
    assert fault["code"].startswith(code)


async def test_an_organization_registers_its_own_rules_only(
    group: Group, unchanged: Unchanged
) -> None:
    first = await adopted(group)
    async with unchanged():
        for actor in (COUNTY_ADMIN, EDITOR, STRANGER, SUPERVISOR):
            assert (await group.send(actor, "POST", PROCEDURES, NEW)).status_code == 403
        path = f"{PROCEDURES}/{first['id']}/replacement"
        assert (
            await group.send(COUNTY_ADMIN, "POST", path, EDITION, version=1)
        ).status_code == 403


async def test_a_sponsor_lacks_what_is_required_until_it_is_in_force(group: Group) -> None:
    lacking = {("340300-zfb", kind) for kind, _ in required_kinds()}
    county = {("340321-zfb", kind) for kind, _ in required_kinds()}
    assert await missing(group) == lacking | county
    await adopted(group, in_force_from="2026-03-03")  # tomorrow
    assert await missing(group) == lacking | county
    await adopted(group, kind="release", in_force_from="2026-03-02")
    assert await missing(group) == (lacking | county) - {("340300-zfb", "release")}
    assert await missing(group, COUNTY_ADMIN) == county
    assert await missing(group, EDITOR) == set()


async def test_what_is_missing_is_a_list_in_pages(
    group: Group, count_queries: CountQueries
) -> None:
    met: list[Any] = []
    after: str | None = ""
    while after is not None:
        query = f"?first=1{after and f'&after={after}'}"
        with count_queries(1):
            page = await group.send(ADMIN, "GET", f"{PROCEDURES}/missing{query}")
        met += page.json()["items"]
        after = page.json()["next"]
    assert len({(row["organization"], row["kind"]) for row in met}) == 8
    assert met[0]["label"] == "协调联动"
