"""HTTP of monitoring."""

from uuid import UUID

from fastapi import APIRouter

from services.audit.monitoring import queries
from services.audit.monitoring.cadence import Freshness
from services.audit.monitoring.finding import FindingKind
from services.audit.monitoring.queries import Wanted
from shared.contracts.audit import Finding, WatchedColumn
from shared.contracts.page import Page
from shared.contracts.text import SiteCode
from shared.requests import Reading, Somebody, WhichPage

router = APIRouter(prefix="/v1", tags=["monitoring"])


@router.get("/findings")
async def list_findings(
    actor: Somebody,
    session: Reading,
    page: WhichPage,
    site_code: SiteCode | None = None,
    kind: FindingKind | None = None,
    open: bool | None = None,  # noqa: FBT001  # the name of the query parameter
) -> Page[Finding]:
    """Return the findings on sites the bearer oversees, the latest first."""
    wanted = Wanted(site_code=site_code, kind=kind, open=open)
    return await queries.findings(session, actor, wanted, page)


@router.get("/findings/{finding_id}", response_model=Finding)
async def read_finding(finding_id: UUID, actor: Somebody, session: Reading) -> object:
    """Return one finding."""
    return await queries.finding(session, actor, finding_id)


@router.get("/watched-columns")
async def list_columns(
    actor: Somebody,
    session: Reading,
    page: WhichPage,
    site_code: SiteCode | None = None,
    freshness: Freshness | None = None,
) -> Page[WatchedColumn]:
    """Return how the columns of sites the bearer oversees stand against their rhythm."""
    return await queries.columns(session, actor, site_code, freshness, page)
