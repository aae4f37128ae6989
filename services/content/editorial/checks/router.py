"""HTTP of the checks: what they look for."""

from fastapi import APIRouter

from services.content.editorial.checks.rules import rules
from shared.contracts.checking import CheckRule
from shared.requests import Somebody

router = APIRouter(prefix="/v1", tags=["editorial"])


@router.get("/check-rules")
async def list_check_rules(_: Somebody) -> list[CheckRule]:
    """Return every code the checks report: what blocks, what may be waived, and why."""
    return list(rules().values())
