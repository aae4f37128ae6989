"""HTTP of files."""

from collections.abc import AsyncIterator
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Request, Response

from services.content.assets import place, queries
from services.content.assets.adapters.serving import Stored, send
from services.content.assets.commands import arriving, leaving
from services.content.assets.limits import limits
from services.content.assets.models import Asset as AssetRow
from services.content.assets.models import Upload as UploadRow
from services.content.assets.schemas import NewUpload
from shared.contracts.assets import Asset, AssetState, Upload
from shared.contracts.page import Page
from shared.contracts.text import SiteCode
from shared.files.adapters.storage import Files
from shared.files.form import FormReader, UnreadableForm
from shared.files.kind import admit, largest, most_bytes, rules
from shared.files.limits import MIB
from shared.http import allow_body
from shared.ids import new_id
from shared.problem import Conflict, Fault, Invalid, NotFound
from shared.requests import (
    BeginAct,
    BeginStep,
    BeginStream,
    IfMatch,
    InHouse,
    Reading,
    Somebody,
    WhichPage,
)

router = APIRouter(prefix="/v1", tags=["assets"])
ENVELOPE = MIB
"""Room for what a form puts around its file."""
FORM = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "description": "The site comes first: nothing is stored before it is known.",
                    "required": ["site_code", "file"],
                    "properties": {
                        "site_code": {"type": "string", "examples": ["3403000006"]},
                        "file": {"type": "string", "format": "binary"},
                    },
                }
            }
        },
    }
}
PIECE = {
    "requestBody": {
        "required": True,
        "content": {
            "application/offset+octet-stream": {"schema": {"type": "string", "format": "binary"}}
        },
    }
}
FILE: dict[int | str, dict[str, Any]] = {
    200: {"content": {"application/octet-stream": {}}, "description": "The bytes."},
    206: {"content": {"application/octet-stream": {}}, "description": "The part asked for."},
}


class NotScanned(Conflict):
    """The file was not scanned yet, or was refused; nobody is given its bytes."""

    advice = "文件尚未通过安全检查，暂不能查看。"


async def _files(request: Request) -> Files:
    found: Files = request.app.state.files
    return found


InFiles = Annotated[Files, Depends(_files)]


@router.post("/assets", status_code=201, response_model=Asset, openapi_extra=FORM)
async def upload_file(
    request: Request, files: InFiles, begin: BeginStep, begin_stream: BeginStream
) -> Response:
    """Upload a file for a site; it is scanned next, and ready some time after."""
    allow_body(request, largest() + ENVELOPE)
    form = FormReader(request.headers.get("content-type", ""))
    blocks = _file_of(form, request)
    first = await anext(blocks)
    if "site_code" not in form.fields or form.name is None:
        raise Invalid([Fault("/site_code", "missing", "此项必填，且应在文件之前。")])
    name = form.name
    async with begin() as uow:
        upload = await arriving.begin_upload(uow, form.fields["site_code"], name)

    async def whole() -> AsyncIterator[bytes]:
        yield first
        async for block in blocks:
            yield block

    arrived = await files.take_in(
        place.original(upload.id), whole(), largest(), lambda head: most_bytes(admit(name, head))
    )
    async with begin_stream(f"{upload.site_code} {name} {arrived.sha256}")() as uow:
        asset = await arriving.finish_upload(uow, upload.id, arrived)
        return await uow.answer(Asset, asset, 201)


async def _file_of(form: FormReader, request: Request) -> AsyncIterator[bytes]:
    """Yield the file in a form as it arrives; first nothing, once its name is known."""
    begun = False
    async for data in request.stream():
        pieces = form.feed(data)
        if form.name is not None and not begun:
            begun = True
            yield b""
        for piece in pieces:
            yield piece
    if not form.complete:
        raise UnreadableForm


@router.post("/uploads", status_code=201, response_model=Upload)
async def begin_upload(new: NewUpload, begin: BeginAct) -> Response:
    """Announce a file that will come in pieces."""
    async with begin() as uow:
        upload = await arriving.begin_upload(uow, new.site_code, new.name, new.size, new.sha256)
        return await uow.answer(Upload, upload, 201)


@router.get("/uploads/{upload_id}", response_model=Upload)
async def read_upload(upload_id: UUID, actor: Somebody, session: Reading) -> UploadRow:
    """Return how far an upload of the bearer's own has got."""
    return await queries.upload(session, actor, upload_id)


@router.patch("/uploads/{upload_id}", response_model=Upload, openapi_extra=PIECE)
async def continue_upload(
    upload_id: UUID,
    offset: Annotated[int, Header(alias="Upload-Offset", ge=0, le=2**53)],
    request: Request,
    actor: Somebody,
    stands: InHouse,
    files: InFiles,
    begin: BeginStep,
) -> Response:
    """Append a piece; with the last one the upload becomes a file.

    A piece that begins elsewhere than the upload ends is refused with `offset`, where to go on.
    An empty piece at the end takes up again what was cut off while the pieces were joined.
    """
    async with stands.readings() as session:
        upload = await queries.upload(session, actor, upload_id)
    arriving.check_offset(upload, offset)
    size = upload.size or 0
    if offset < size:
        lies_at = place.piece(upload_id, offset, new_id())
        most = min(limits().upload.piece_mib * MIB, size - offset)
        allow_body(request, most + 1)
        check = None if offset else lambda head: most_bytes(admit(upload.name, head))
        arrived = await files.take_in(lies_at, request.stream(), most, check)
        async with begin() as uow:
            upload = await arriving.append_piece(uow, upload_id, offset, lies_at, arrived.size)
            if upload.offset < size:
                return await uow.answer(Upload, upload)
    if not upload.finished:
        joined = files.joined(upload.pieces)
        arrived = await files.take_in(place.original(upload_id), joined, size)
        async with begin() as uow:
            await arriving.finish_upload(uow, upload_id, arrived)
    async with begin() as uow:
        return await uow.answer(Upload, await queries.upload(uow.session, actor, upload_id))


@router.get("/assets")
async def list_assets(
    actor: Somebody,
    session: Reading,
    page: WhichPage,
    site_code: SiteCode | None = None,
    state: AssetState | None = None,
) -> Page[Asset]:
    """Return the files of the sites the bearer's posts reach, newest first."""
    return await queries.assets(session, actor, site_code, state, page)


@router.get("/assets/{asset_id}", response_model=Asset)
async def read_asset(
    asset_id: UUID, actor: Somebody, session: Reading, response: Response
) -> AssetRow:
    """Return what a file is, how far it has got, and in which forms it can be shown."""
    asset = await queries.asset(session, actor, asset_id)
    response.headers["ETag"] = f'"{asset.version}"'
    return asset


@router.get("/assets/{asset_id}/content", response_class=Response, responses=FILE)
async def read_content(
    asset_id: UUID, actor: Somebody, session: Reading, request: Request, files: InFiles
) -> Response:
    """Return a scanned file as it was uploaded, or the part of it that Range asks for."""
    asset = await queries.asset(session, actor, asset_id)
    if asset.kind is None or asset.state not in {AssetState.READY, AssetState.CONVERTING}:
        raise NotScanned
    stored = Stored(
        place.original(asset.id), asset.name, rules()[asset.kind].mime, asset.size, asset.sha256
    )
    return await send(files, stored, request)


@router.get("/assets/{asset_id}/renditions/{name}", response_class=Response, responses=FILE)
async def read_rendition(
    asset_id: UUID,
    name: str,
    actor: Somebody,
    session: Reading,
    request: Request,
    files: InFiles,
) -> Response:
    """Return a file in one of the forms in which the public will see it."""
    await queries.asset(session, actor, asset_id)
    form = await queries.rendition(session, asset_id, name)
    if form is None:
        raise NotFound("没有这个文件。")
    stored = Stored(form.place, form.name, form.mime, form.size, form.sha256)
    return await send(files, stored, request)


@router.delete("/assets/{asset_id}", response_model=Asset)
async def delete_asset(asset_id: UUID, if_match: IfMatch, begin: BeginAct) -> Response:
    """Delete a file that no text names, and return what it was."""
    async with begin() as uow:
        asset = await leaving.delete_asset(uow, asset_id, version=if_match)
        return await uow.answer(Asset, asset)
