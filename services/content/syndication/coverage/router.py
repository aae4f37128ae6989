"""HTTP of a directive's coverage as a file."""

from uuid import UUID

from fastapi import APIRouter, Response
from fastapi.responses import StreamingResponse

from services.content.syndication.coverage import adapters, queries
from services.content.syndication.directives.queries import directive
from shared.requests import Reading, Somebody

router = APIRouter(prefix="/v1/directives", tags=["syndication"])

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@router.get("/{directive_id}/obligations.xlsx", response_class=Response)
async def export_coverage(directive_id: UUID, actor: Somebody, session: Reading) -> Response:
    """Return what each site did about a directive, and the evidence, as an Excel workbook."""
    ordered = await directive(session, actor, directive_id)
    file = await adapters.written(queries.coverage(session, ordered.id))
    named = {"Content-Disposition": f'attachment; filename="directive-{ordered.id}.xlsx"'}
    return StreamingResponse(adapters.pieces(file), media_type=XLSX, headers=named)
