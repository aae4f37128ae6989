"""HTTP of the files that go out with public items, as long as they do."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Request, Response

from services.content.assets import queries as assets
from services.content.assets.adapters.serving import Stored, send
from services.content.assets.router import FILE, InFiles
from services.content.release.queries import reading
from shared.problem import NotFound
from shared.requests import Reading

router = APIRouter(prefix="/v1/public/assets", tags=["public"])

Name = Annotated[str, Path(max_length=100)]


class NotOut(NotFound):
    """There is no such file, or no public item has it any more."""

    advice = "没有这个文件，或所属内容已撤下。"


@router.get("/{asset_id}/{name}", response_class=Response, responses=FILE)
async def read_file(
    asset_id: UUID, name: Name, session: Reading, request: Request, files: InFiles
) -> Response:
    """Return a file of a public item in one of its forms, or the part that Range asks for."""
    if not await reading.goes_out_with(session, asset_id):
        raise NotOut
    form = await assets.rendition(session, asset_id, name)
    if form is None:
        raise NotOut
    answer = await send(
        files, Stored(form.place, form.name, form.mime, form.size, form.sha256), request
    )
    answer.headers["Cache-Control"] = "public, max-age=0, must-revalidate"
    return answer
