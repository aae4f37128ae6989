import hashlib
from collections.abc import AsyncIterator

import pytest

from shared.files.kind import HEAD
from shared.files.limits import MIB
from tests.factories.content import (
    COUNTY_EDITOR,
    COUNTY_SITE,
    EDITOR,
    LEADER,
    SITE,
    STRANGER,
)
from tests.services.content.assets.conftest import Office
from tests.services.content.conftest import Announced, Unchanged
from tests.support import papers
from tests.support.people import bearer
from tests.support.queries import CountQueries


async def test_an_upload_is_answered_at_once_and_waits_to_be_scanned(
    office: Office, announced: Announced
) -> None:
    data = papers.image()
    done = await office.upload("蚌埠.JPG", data)
    assert done.status_code == 201
    asset = done.json()
    assert done.headers["ETag"] == f'"{asset["version"]}"'
    told = {"name": "蚌埠.JPG", "kind": "jpeg", "family": "image", "state": "received"}
    assert told.items() <= asset.items()
    assert (asset["size"], asset["sha256"]) == (len(data), hashlib.sha256(data).hexdigest())
    assert (await announced())[-1] == "content.asset.received"
    assert office.stored() == ["original"]
    read = await office.group.send(EDITOR, "GET", f"/v1/uploads/{asset['id']}")
    assert (read.json()["offset"], read.json()["asset_id"]) == (len(data), asset["id"])


async def test_kinds_that_only_a_scan_tells_apart_are_left_open(office: Office) -> None:
    assert (await office.uploaded("a.docx"))["kind"] is None


async def test_what_its_first_bytes_give_away_is_refused_before_it_is_stored(
    office: Office, announced: Announced
) -> None:
    before = await announced()
    for name, data, problem in (
        ("a.svg", b"<svg/>", "other-extension"),
        ("a.txt", b"<!doctype html>", "unaccepted-kind"),
        ("a.pdf", b"MZ" + bytes(300), "unaccepted-kind"),
        ("a.pdf", b"", "unaccepted-kind"),
        ("a.png", papers.image(), "other-extension"),
        ("a.csv", b"a,b\n" * (6 * MIB), "file-too-large"),
    ):
        refused = await office.upload(name, data)
        assert refused.json()["type"] == f"/problems/{problem}"
    assert await announced() == before
    assert office.stored() == []


async def test_nobody_uploads_for_a_site_that_is_not_theirs(
    office: Office, unchanged: Unchanged
) -> None:
    for actor, site, status in (
        (STRANGER, SITE, 403),
        (COUNTY_EDITOR, SITE, 403),
        (LEADER, SITE, 403),
        (EDITOR, COUNTY_SITE, 403),
        (EDITOR, "9999999999", 404),
        (EDITOR, "x", 404),
        (None, SITE, 401),
    ):
        async with unchanged():
            refused = await office.upload(actor=actor, site=site)
        assert refused.status_code == status
    assert office.stored() == []


async def test_the_site_comes_before_the_file(office: Office) -> None:
    refused = await office.group.client.post(
        "/v1/assets", files={"file": ("a.docx", papers.docx())}, headers=bearer(EDITOR)
    )
    assert refused.status_code == 422
    assert refused.json()["faults"][0]["pointer"] == "/site_code"


async def test_a_body_that_is_no_form_is_refused(office: Office) -> None:
    refused = await office.group.send(EDITOR, "POST", "/v1/assets", {"site_code": SITE})
    assert refused.json()["type"] == "/problems/unreadable-form"


async def test_an_upload_that_breaks_off_leaves_nothing_behind(office: Office) -> None:
    async def broken() -> AsyncIterator[bytes]:
        yield papers.image()
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        await office.files.take_in("x/original", broken(), 10 * MIB)
    assert office.stored() == []


async def test_only_these_routes_take_large_bodies(office: Office) -> None:
    large = papers.image("PNG", (1200, 1000), compress_level=0)
    assert len(large) > 3 * MIB
    assert (await office.upload("a.png", large)).status_code == 201
    refused = await office.group.send(EDITOR, "POST", "/v1/items", {"title": "a" * 3 * MIB})
    assert refused.status_code == 413


async def test_the_same_key_uploads_once(office: Office, announced: Announced) -> None:
    first = await office.upload(Idempotency_Key="one")
    before = await announced()
    again = await office.upload(Idempotency_Key="one")
    assert (again.status_code, again.json()) == (201, first.json())
    assert again.headers["Idempotency-Replayed"] == "true"
    assert await announced() == before
    other = await office.upload(data=papers.docx("另一份"), Idempotency_Key="one")
    assert other.json()["type"] == "/problems/key-used-for-another"


async def test_files_are_listed_by_site_and_state_to_those_who_may_read_drafts(
    office: Office, count_queries: CountQueries
) -> None:
    for number in range(5):
        await office.uploaded(f"{number}.txt", b"a" * HEAD)
    with count_queries(2):
        page = await office.group.send(EDITOR, "GET", "/v1/assets?first=3")
    names = [asset["name"] for asset in page.json()["items"]]
    after = page.json()["next"]
    rest = await office.group.send(
        LEADER, "GET", f"/v1/assets?site_code={SITE}&state=received&after={after}"
    )
    assert [*names, *(asset["name"] for asset in rest.json()["items"])] == [
        f"{number}.txt" for number in (4, 3, 2, 1, 0)
    ]
    for address in ("/v1/assets", f"/v1/assets?site_code={SITE}"):
        foreign = await office.group.send(STRANGER, "GET", address)
        assert foreign.json()["items"] == []
    ready = await office.group.send(EDITOR, "GET", "/v1/assets?state=ready")
    assert ready.json()["items"] == []


async def test_one_file_is_read_in_two_queries_and_by_its_office_alone(
    office: Office, count_queries: CountQueries
) -> None:
    asset = await office.uploaded()
    with count_queries(2):
        await office.shown(asset)
    foreign = await office.group.send(STRANGER, "GET", f"/v1/assets/{asset['id']}")
    assert foreign.status_code == 404


async def test_nobody_is_given_the_bytes_of_a_file_that_was_not_scanned(office: Office) -> None:
    asset = await office.uploaded("a.jpg", papers.image())
    for part, status in (("content", 409), ("renditions/full.jpg", 404)):
        refused = await office.group.send(EDITOR, "GET", f"/v1/assets/{asset['id']}/{part}")
        assert refused.status_code == status
