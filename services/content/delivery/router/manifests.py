"""HTTP of what anybody checks copies by: signed manifests, and the keys of our statements."""

import json
from typing import Annotated, Any
from uuid import UUID

import rfc8785
from fastapi import APIRouter, Depends, Request, Response

from services.content.delivery.caching import Freshness
from services.content.delivery.manifest import manifest
from services.content.delivery.router.public_state import PublicReading
from services.content.delivery.router.sending import HELD, ByReader
from services.content.release.queries import reading
from shared.contracts.manifests import EditionManifest
from shared.statements import StatementKeys, sign

router = APIRouter(tags=["public"])


async def statement_keys(request: Request) -> StatementKeys:
    """Return what this application signs statements with."""
    found: StatementKeys = request.app.state.statement_keys
    return found


WithStatementKeys = Annotated[StatementKeys, Depends(statement_keys)]


@router.get("/.well-known/statement-keys.json")
async def read_statement_keys(keys: WithStatementKeys, response: Response) -> dict[str, Any]:
    """Return the keys that verify manifests and certificates, former ones too (RFC 7517)."""
    response.headers["Cache-Control"] = Freshness.HOUR
    return dict(keys.public().as_dict(private=False))


@router.get("/v1/public/items/{item_id}/manifest", response_model=EditionManifest, responses=HELD)
async def read_manifest(
    item_id: UUID, session: PublicReading, reader: ByReader, keys: WithStatementKeys
) -> Response:
    """Return what a public item is, in hashes and signed: `zhengbu verify` checks copies by it."""
    answer = await reading.answer(session, item_id)
    return reader.send(rfc8785.dumps(sign(manifest(json.loads(answer.body)), keys.key)))
