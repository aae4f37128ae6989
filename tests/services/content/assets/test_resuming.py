import hashlib
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from services.content.assets.commands import arriving
from services.content.assets.commands.arriving import WrongOffset
from services.content.assets.limits import limits
from shared.auth import Actor
from shared.files.kind import largest
from shared.files.limits import MIB
from shared.uow import BeginAs
from tests.factories.content import COUNTY_EDITOR, EDITOR, SITE, STRANGER
from tests.services.content.assets.conftest import Office, Work
from tests.services.content.conftest import Announced, Unchanged, Watch
from tests.support import papers
from tests.support.people import bearer, person

DATA = papers.image("PNG", (300, 300), compress_level=0)


async def begun(office: Office, data: bytes = DATA, **fields: Any) -> Any:
    new = {
        "site_code": SITE,
        "name": "a.png",
        "size": len(data),
        "sha256": hashlib.sha256(data).hexdigest(),
    }
    done = await office.group.send(EDITOR, "POST", "/v1/uploads", {**new, **fields})
    return done.json() | {"status": done.status_code}


async def append(
    office: Office, upload: Any, offset: int, piece: bytes, actor: Actor = EDITOR
) -> Any:
    headers = {"Upload-Offset": str(offset), **bearer(actor, office.now())}
    path = f"/v1/uploads/{upload['id']}"
    return await office.group.client.patch(path, content=piece, headers=headers)


async def test_pieces_become_a_file_and_the_pieces_leave(
    office: Office, announced: Announced, work: Work, watch: Watch
) -> None:
    upload = await begun(office)
    assert (upload["status"], upload["offset"], upload["asset_id"]) == (201, 0, None)
    for offset in range(0, len(DATA), 100_000):
        done = await append(office, upload, offset, DATA[offset : offset + 100_000])
        assert done.status_code == 200, done.text
    asset_id = done.json()["asset_id"]
    assert (await announced())[-1] == "content.asset.received"
    asset = await office.shown({"id": asset_id})
    assert (asset["sha256"], asset["kind"]) == (hashlib.sha256(DATA).hexdigest(), "png")
    read = await office.group.send(EDITOR, "GET", f"/v1/uploads/{upload['id']}")
    assert (read.json()["offset"], read.json()["asset_id"]) == (len(DATA), asset_id)
    watch.turn(timedelta(hours=1))
    await work()
    assert office.stored() == [
        "original",
        "public/full.png",
        "public/page.png",
        "public/page.webp",
    ]


async def test_a_piece_that_begins_elsewhere_is_refused_with_the_place_to_go_on(
    office: Office, unchanged: Unchanged
) -> None:
    upload = await begun(office)
    await append(office, upload, 0, DATA[:1000])
    async with unchanged():
        for offset in (0, 999, 1001):
            refused = await append(office, upload, offset, DATA[offset:])
            assert (refused.status_code, refused.json()["offset"]) == (409, 1000)
    assert (await append(office, upload, 1000, DATA[1000:])).json()["asset_id"]


async def test_of_two_pieces_stored_for_one_place_one_counts(
    office: Office, begin: BeginAs
) -> None:
    upload = UUID((await begun(office))["id"])
    async with begin(EDITOR, "first") as uow:
        await arriving.append_piece(uow, upload, 0, "one", 1000)
    with pytest.raises(WrongOffset):
        async with begin(EDITOR, "second") as uow:
            await arriving.append_piece(uow, upload, 0, "other", 1000)
    read = await office.group.send(EDITOR, "GET", f"/v1/uploads/{upload}")
    assert read.json()["offset"] == 1000


async def test_bytes_that_are_not_those_announced_never_become_a_file(
    office: Office, announced: Announced
) -> None:
    before = await announced()
    upload = await begun(office, sha256="0" * 64)
    refused = await append(office, upload, 0, DATA)
    assert refused.json()["type"] == "/problems/other-bytes"
    longer = await begun(office)
    refused = await append(office, longer, 0, DATA + b"x")
    assert refused.status_code == 413
    assert await announced() == before


async def test_an_upload_cut_off_at_its_end_is_taken_up_by_an_empty_piece(
    office: Office, announced: Announced
) -> None:
    upload = await begun(office)
    await append(office, upload, 0, DATA)
    before = await announced()
    again = await append(office, upload, len(DATA), b"")
    assert (again.status_code, again.json()["asset_id"]) == (200, upload["id"])
    assert await announced() == before


async def test_what_cannot_become_a_file_is_not_begun(
    office: Office, unchanged: Unchanged
) -> None:
    cases: list[tuple[dict[str, Any], int]] = [
        ({"name": "a.svg"}, 422),
        ({"name": "a.txt", "size": 21 * MIB}, 413),
        ({"size": largest() + 1}, 422),
        ({"size": 0}, 422),
        ({"sha256": "x"}, 422),
        ({"site_code": "9999999999"}, 404),
        ({"site_code": "3403210001"}, 403),
    ]
    async with unchanged():
        for fields, status in cases:
            assert (await begun(office, **fields))["status"] == status


async def test_the_first_piece_gives_a_wrong_kind_away(office: Office) -> None:
    upload = await begun(office, b"<svg/>" * 2000)
    refused = await append(office, upload, 0, b"<svg/>" * 1000)
    assert refused.json()["type"] == "/problems/unaccepted-kind"
    assert office.stored() == []


async def test_a_piece_has_a_bound(office: Office) -> None:
    film = papers.MP4 + bytes(20 * MIB)
    upload = await begun(office, film, name="a.mp4")
    most = limits().upload.piece_mib * MIB
    assert (await append(office, upload, 0, film[: most + 1])).status_code == 413
    assert (await append(office, upload, 0, film[:most])).status_code == 200


async def test_an_upload_is_gone_on_with_by_whoever_began_it_alone(office: Office) -> None:
    upload = await begun(office)
    colleague = person(*EDITOR.grants, at=EDITOR.organization, name="colleague")
    for actor in (STRANGER, COUNTY_EDITOR, colleague):
        assert (await append(office, upload, 0, DATA, actor)).status_code == 404
        read = await office.group.send(actor, "GET", f"/v1/uploads/{upload['id']}")
        assert read.status_code == 404


async def test_an_upload_nobody_goes_on_with_expires_with_what_was_stored(
    office: Office, work: Work, watch: Watch
) -> None:
    upload = await begun(office)
    await append(office, upload, 0, DATA[:1000])
    later = timedelta(hours=limits().upload.expires_hours)
    watch.turn(later - timedelta(minutes=1))
    await work()
    assert (await append(office, upload, 1000, DATA[1000:2000])).status_code == 200
    watch.turn(later)
    await work()
    assert office.stored() == []
    assert (await append(office, upload, 2000, DATA[2000:])).status_code == 404


async def test_a_finished_upload_expires_without_its_file(
    office: Office, work: Work, watch: Watch
) -> None:
    upload = await begun(office)
    await append(office, upload, 0, DATA)
    watch.turn(timedelta(hours=limits().upload.expires_hours))
    await work()
    assert (await append(office, upload, len(DATA), b"")).status_code == 404
    assert "original" in office.stored()
