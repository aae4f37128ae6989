"""HTTP of the trail: public, so that nobody has to believe it."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import PlainTextResponse, Response, StreamingResponse

from services.audit.trail import queries
from services.audit.trail.queries import LARGEST_PAGE
from shared.contracts.audit import Checkpoint, ConsistencyProof, InclusionProof, TrailEntry
from shared.contracts.page import Page
from shared.requests import InHouse, Reading, WhichPage

router = APIRouter(prefix="/v1/public/trail", tags=["trail"])

JSON_LINES = "application/x-ndjson"
LONGEST_TRAIL = 2**53
Sequence = Annotated[int, Query(ge=0, lt=LONGEST_TRAIL)]
Size = Annotated[int, Query(ge=0, le=LONGEST_TRAIL)]
SizeOrLatest = Annotated[
    int | None,
    Query(ge=0, le=LONGEST_TRAIL, description="As long as the latest checkpoint, if not named."),
]


@router.get("/checkpoint", response_class=PlainTextResponse)
async def read_checkpoint(session: Reading) -> Response:
    """Return the latest signed checkpoint as a signed note."""
    return PlainTextResponse((await queries.checkpoint(session)).note)


@router.get("/checkpoints")
async def list_checkpoints(session: Reading, page: WhichPage) -> Page[Checkpoint]:
    """Return every checkpoint ever signed, the latest first."""
    return await queries.checkpoints(session, page)


@router.get("/key", response_class=PlainTextResponse)
async def read_key(session: Reading) -> Response:
    """Return the public key that checks the latest checkpoint; keep a copy elsewhere."""
    return PlainTextResponse((await queries.checkpoint(session)).verifier_key + "\n")


@router.get("/entries")
async def list_entries(
    session: Reading,
    first: Annotated[int, Query(ge=1, le=LARGEST_PAGE, description="How many at most.")] = 100,
    after: Annotated[
        int | None, Query(ge=0, lt=LONGEST_TRAIL, description="The last sequence number seen.")
    ] = None,
) -> Page[TrailEntry]:
    """Return entries, oldest first; cursors are sequence numbers."""
    return await queries.entries(session, first, after)


@router.get(
    "/export",
    response_class=StreamingResponse,
    responses={200: {"content": {JSON_LINES: {"schema": {"type": "string"}}}}},
)
async def export_entries(
    session: Reading, house: InHouse, size: SizeOrLatest = None
) -> StreamingResponse:
    """Return the first `size` entries as JSON lines, to be verified offline."""
    lines = queries.exported(house.readings, await queries.reached(session, size))
    return StreamingResponse(lines, media_type=JSON_LINES)


@router.get("/proof")
async def prove_inclusion(
    session: Reading, sequence: Sequence, size: SizeOrLatest = None
) -> InclusionProof:
    """Return what shows an entry to be in the trail at one size."""
    return await queries.inclusion(session, sequence, size)


@router.get("/consistency")
async def prove_consistency(
    session: Reading, older: Size, newer: SizeOrLatest = None
) -> ConsistencyProof:
    """Return what shows that between two sizes the trail only grew."""
    return await queries.consistency(session, older, newer)
