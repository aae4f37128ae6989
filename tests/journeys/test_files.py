import subprocess
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from deploy.local.demonstration.tour import CITY, eventually
from services.content.assets.adapters.conversion import program
from tests.journeys.office import Office
from tests.support import papers

pytestmark = [pytest.mark.xdist_group("stack"), pytest.mark.asyncio(loop_scope="session")]

PICTURE = ("-f", "lavfi", "-i", "testsrc=size=320x240:rate=5:duration=2")


async def settled(office: Office, name: str, data: bytes) -> Any:
    """Upload a file and return it once the worker has made of it what it can."""
    received = await office.upload(name, data)
    assert received.status_code == 201, received.text
    path = f"/v1/assets/{received.json()['id']}"

    async def done() -> Any:
        shown = (await office.editor.rest("GET", path)).json()
        return shown if shown["state"] in {"ready", "refused"} else None

    return await eventually(done, f"{name} looked into")


async def test_a_photograph_loses_where_it_was_taken_and_fits_a_page(
    office: Office, tmp_path: Path
) -> None:
    asset = await settled(office, "现场.jpg", papers.photograph())
    forms = {form["name"]: form for form in asset["renditions"]}
    page = next(form for form in forms.values() if form["use"] == "page")
    assert (asset["state"], page["width"]) == ("ready", 800)
    served = f"/v1/assets/{asset['id']}/renditions/{page['name']}"
    file = tmp_path / "page"
    file.write_bytes((await office.editor.rest("GET", served)).content)
    with Image.open(file) as shown:
        assert (shown.width, dict(shown.getexif())) == (800, {})
    for path in (served, f"/v1/assets/{asset['id']}/content"):
        await office.citizen.rest("GET", path, status=401)


async def test_a_document_is_read_and_a_virus_refused(office: Office) -> None:
    document = await settled(office, "附件.docx", papers.docx())
    assert (document["state"], document["kind"]) == ("ready", "docx")
    refused = await settled(office, "附件.txt", papers.EICAR)
    assert (refused["state"], refused["refusals"][0]["reason"]) == ("refused", "virus")
    content = f"/v1/assets/{refused['id']}/content"
    await office.editor.rest("GET", content, status=409)
    named = await office.upload("附件.pdf", papers.docx())
    assert named.status_code == 422


async def test_a_film_becomes_streams_with_a_poster(office: Office, tmp_path: Path) -> None:
    file = tmp_path / "a.mp4"
    ffmpeg = program(None)
    assert ffmpeg
    subprocess.run([ffmpeg, "-v", "error", *PICTURE, str(file)], check=True)
    film = await settled(office, "会议.mp4", file.read_bytes())
    assert film["state"] == "ready", film
    uses = {form["name"]: form["use"] for form in film["renditions"]}
    assert (uses["master.m3u8"], uses["poster.jpg"]) == ("stream", "poster")
    master = await office.editor.rest("GET", f"/v1/assets/{film['id']}/renditions/master.m3u8")
    assert master.text.startswith("#EXTM3U")


async def test_an_upload_goes_on_where_it_was_cut_off(office: Office) -> None:
    data = b"a" * 300
    new = {"site_code": CITY, "name": "a.txt", "size": 300, "sha256": sha256(data).hexdigest()}
    begun = (await office.editor.rest("POST", "/v1/uploads", new)).json()
    path = f"/v1/uploads/{begun['id']}"

    async def piece(offset: int, part: bytes) -> Any:
        return await office.citizen.http.patch(
            f"{office.tour.addresses['content']}{path}",
            content=part,
            headers={
                "Authorization": f"Bearer {office.editor.token}",
                "Content-Type": "application/offset+octet-stream",
                "Upload-Offset": str(offset),
            },
        )

    assert (await piece(0, data[:100])).json()["offset"] == 100
    astray = await piece(0, data[:100])
    assert (astray.status_code, astray.json()["offset"]) == (409, 100)
    assert (await piece(100, data[100:])).json()["asset_id"]
