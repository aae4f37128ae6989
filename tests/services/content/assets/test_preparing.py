import hashlib
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest
from PIL import Image
from sqlalchemy import select

from services.content.assets import queries
from services.content.assets.commands import judging
from services.content.assets.models import Asset
from services.content.assets.schedule import CLOCK, NO_FFMPEG, NO_SCANNER, OtherObject
from shared.contracts.assets import AssetReady, AssetRefused
from shared.db import Sessions
from shared.files.adapters.antivirus import ScannerAway
from shared.outbox import OutboxMessage
from shared.schedule import LEASE, claim
from shared.uow import BeginAs
from tests.factories.content import EDITOR, LEADER, STRANGER
from tests.services.content.assets.conftest import Office, Work
from tests.services.content.conftest import Announced, Watch
from tests.support import papers
from tests.support.people import bearer
from tests.support.scanners import Clamd


async def facts(sessions: Sessions, asset: Any) -> Asset | None:
    async with sessions() as session:
        return next(iter(await queries.ready(session, [UUID(asset["id"])])), None)


async def get(office: Office, asset: Any, part: str, **headers: str) -> httpx.Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    path = f"/v1/assets/{asset['id']}/{part}"
    return await office.group.client.get(path, headers=named | bearer(EDITOR))


async def test_an_image_becomes_ready_in_its_public_forms(
    office: Office, work: Work, announced: Announced
) -> None:
    asset = await office.uploaded("a.jpg", papers.photograph((1200, 900)))
    await work()
    shown = await office.shown(asset)
    assert (shown["state"], shown["width"], shown["height"]) == ("ready", 900, 1200)
    assert shown["scanned_by"] == "zhengbu 1"
    forms = {form["name"]: form for form in shown["renditions"]}
    assert list(forms) == ["full.jpg", "page.jpg", "page.webp"]
    assert (forms["page.webp"]["width"], forms["page.webp"]["use"]) == (800, "page")
    assert (await announced())[-2:] == ["content.asset.received", "content.asset.ready"]
    served = await get(office, asset, "renditions/page.webp")
    assert served.headers["Content-Type"] == "image/webp"
    assert hashlib.sha256(served.content).hexdigest() == forms["page.webp"]["sha256"]
    assert len(served.content) == forms["page.webp"]["size"]


async def test_a_document_becomes_ready_with_its_text(
    office: Office, work: Work, sessions: Sessions
) -> None:
    asset = await office.uploaded("名单.docx", papers.docx())
    assert await facts(sessions, asset) is None
    await work()
    shown = await office.shown(asset)
    assert (shown["state"], shown["kind"], shown["text_complete"]) == ("ready", "docx", True)
    assert "text" not in shown
    ready = await facts(sessions, asset)
    assert ready is not None
    assert ready.text is not None
    assert papers.PERSON in ready.text
    assert [form.name for form in ready.renditions] == ["file.docx"]
    assert office.stored() == ["original"]


async def test_a_document_nobody_can_read_is_ready_and_says_so(office: Office, work: Work) -> None:
    asset = await office.uploaded("a.pdf", papers.pdf(""))
    await work()
    shown = await office.shown(asset)
    assert (shown["state"], shown["text_complete"], shown["pages"]) == ("ready", False, 1)


async def test_a_dangerous_file_is_refused_with_every_reason(
    office: Office, work: Work, sessions: Sessions
) -> None:
    danger = papers.docx(word__vbaProject_DOT_bin=papers.EICAR)
    stored = papers.packed({"a.docx": danger, "b.txt": papers.EICAR})
    asset = await office.uploaded("a.zip", stored)
    await work()
    shown = await office.shown(asset)
    assert shown["state"] == "refused"
    assert {each["reason"] for each in shown["refusals"]} == {"macros", "virus"}
    assert all(each["detail"] for each in shown["refusals"])
    assert await facts(sessions, asset) is None
    assert (await get(office, asset, "content")).status_code == 409


async def test_no_event_tells_what_a_file_is_called(
    office: Office, work: Work, sessions: Sessions
) -> None:
    await office.uploaded("张三的处分.txt", "甲".encode())
    await office.uploaded("张三的处分.pdf", b"%PDF-1.4 nothing")
    await work()
    async with sessions() as session:
        question = select(OutboxMessage).where(OutboxMessage.type.startswith("content.asset."))
        messages = (await session.scalars(question)).all()
    assert {message.type for message in messages} >= {AssetReady.type, AssetRefused.type}
    assert all("张三" not in str(message.data) for message in messages)


async def test_a_killed_worker_loses_nothing(
    office: Office, work: Work, sessions: Sessions, watch: Watch
) -> None:
    asset = await office.uploaded()
    async with sessions.begin() as session:
        row = await session.get_one(Asset, UUID(asset["id"]))
        row.state, row.leased_until = row.state.SCANNING, watch.now.replace(hour=2)
    await work()
    assert (await office.shown(asset))["state"] == "scanning"
    watch.now = watch.now.replace(hour=2)
    await work()
    assert (await office.shown(asset))["state"] == "ready"


async def test_a_worker_that_is_still_at_a_file_holds_it(
    office: Office, sessions: Sessions, begin: BeginAs, watch: Watch
) -> None:
    asset_id = UUID((await office.uploaded())["id"])
    assert len(await claim(sessions, Asset, watch.now)) == 1
    watch.turn(LEASE - timedelta(seconds=1))
    async with begin(CLOCK, "r") as uow:
        await judging.hold(uow, asset_id, uow.now + LEASE)
    watch.turn(timedelta(seconds=1))
    assert await claim(sessions, Asset, watch.now) == []
    watch.turn(LEASE)
    assert len(await claim(sessions, Asset, watch.now)) == 1


async def test_a_file_that_changed_in_the_store_is_not_made_ready(
    office: Office, work: Work
) -> None:
    asset = await office.uploaded()
    (original,) = office.folder.glob("*/original")
    original.write_bytes(papers.docx("替换"))
    with pytest.raises(OtherObject):
        await work()
    assert (await office.shown(asset))["state"] == "scanning"


async def test_the_virus_scanner_is_asked_and_named(
    office: Office, work: Work, clamd: Clamd
) -> None:
    asset = await office.uploaded("a.txt", b"a" * 200_000)
    await work(clamd=clamd.address)
    shown = await office.shown(asset)
    assert shown["state"] == "ready"
    assert shown["scanned_by"] == "zhengbu 1, ClamAV 1.4.3/27800/Mon Mar  2 08:00:00 2026"
    assert clamd.scanned == [b"a" * 200_000]


async def test_what_the_virus_scanner_finds_is_refused(
    office: Office, work: Work, clamd: Clamd
) -> None:
    clamd.answer = b"stream: Win.Test.EICAR_HDB-1 FOUND\0"
    asset = await office.uploaded()
    await work(clamd=clamd.address)
    shown = await office.shown(asset)
    assert [each["reason"] for each in shown["refusals"]] == ["virus"]


async def test_without_a_clear_answer_a_file_waits(
    office: Office, work: Work, clamd: Clamd, watch: Watch
) -> None:
    asset = await office.uploaded()
    for answer in (b"", b"INSTREAM size limit exceeded. ERROR\0", b"stream: OKAY"):
        clamd.answer = answer
        with pytest.raises(ScannerAway):
            await work(clamd=clamd.address)
        shown = await office.shown(asset)
        assert (shown["state"], shown["waiting_for"]) == ("scanning", NO_SCANNER)
        watch.turn(timedelta(minutes=1))
    clamd.answer = b"stream: OK\0"
    await work(clamd=clamd.address)
    shown = await office.shown(asset)
    assert (shown["state"], shown["waiting_for"]) == ("ready", None)


async def test_a_virus_scanner_that_is_away_lets_nothing_pass(office: Office, work: Work) -> None:
    asset = await office.uploaded()
    with pytest.raises(ScannerAway):
        await work(clamd="127.0.0.1:1")
    assert (await office.shown(asset))["waiting_for"] == NO_SCANNER


async def test_a_recording_waits_for_ffmpeg_and_says_so(
    office: Office, work: Work, watch: Watch
) -> None:
    asset = await office.uploaded("a.mp4", papers.MP4)
    await work(ffmpeg=None)
    shown = await office.shown(asset)
    assert (shown["state"], shown["waiting_for"]) == ("converting", NO_FFMPEG)
    watch.now = watch.now.replace(minute=1)
    await work()
    shown = await office.shown(asset)
    assert (shown["state"], shown["refusals"][0]["reason"]) == ("refused", "unreadable")


async def test_the_original_is_given_to_its_office_whole_or_in_part(
    office: Office, work: Work
) -> None:
    data = papers.photograph()
    asset = await office.uploaded("会议 照片.jpg", data)
    await work()
    whole = await get(office, asset, "content")
    assert (whole.status_code, whole.content) == (200, data)
    told = whole.headers
    assert told["Content-Disposition"] == (
        "inline; filename*=UTF-8''%E4%BC%9A%E8%AE%AE%20%E7%85%A7%E7%89%87.jpg"
    )
    assert told["X-Content-Type-Options"] == "nosniff"
    assert told["Content-Security-Policy"] == "sandbox; default-src 'none'"
    part = await get(office, asset, "content", Range="bytes=10-19")
    assert (part.status_code, part.content) == (206, data[10:20])
    assert part.headers["Content-Range"] == f"bytes 10-19/{len(data)}"
    stale = await get(office, asset, "content", Range="bytes=10-19", If_Range='"other"')
    assert stale.content == data
    outside = await get(office, asset, "content", Range=f"bytes={len(data)}-")
    assert outside.status_code == 416
    known = await get(office, asset, "content", If_None_Match=told["ETag"])
    assert (known.status_code, known.content) == (304, b"")


async def test_documents_are_handed_over_as_files_never_shown(office: Office, work: Work) -> None:
    asset = await office.uploaded("a.txt", b"plain")
    await work()
    served = await get(office, asset, "content")
    assert served.headers["Content-Disposition"].startswith("attachment")
    assert served.headers["Content-Type"] == "text/plain"


async def test_only_those_who_may_read_drafts_are_given_bytes(office: Office, work: Work) -> None:
    asset = await office.uploaded("a.jpg", papers.image())
    await work()
    for part in ("content", "renditions/page.jpg"):
        path = f"/v1/assets/{asset['id']}/{part}"
        for actor, status in ((LEADER, 200), (STRANGER, 404), (None, 401)):
            assert (await office.group.send(actor, "GET", path)).status_code == status


async def test_the_public_form_of_an_image_is_not_what_was_uploaded(
    office: Office, work: Work
) -> None:
    asset = await office.uploaded("a.jpg", papers.photograph())
    await work()
    served = await get(office, asset, "renditions/full.jpg")
    assert papers.SECRET_PLACE not in served.content
    for path in office.folder.glob("*/public/*"):
        assert papers.SECRET_PLACE not in path.read_bytes()
        with Image.open(path) as picture:
            picture.verify()
