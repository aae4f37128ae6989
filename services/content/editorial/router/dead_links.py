"""HTTP of the links that lead nowhere."""

from fastapi import APIRouter

from services.content.editorial.link_reading import queries
from shared.contracts.dead_links import DeadLink
from shared.contracts.page import Page
from shared.contracts.text import SiteCode
from shared.requests import Reading, Somebody, WhichPage

router = APIRouter(prefix="/v1", tags=["editorial"])


@router.get("/sites/{code}/dead-links")
async def list_dead_links(
    code: SiteCode, actor: Somebody, session: Reading, page: WhichPage
) -> Page[DeadLink]:
    """Return the dead links in a site's items that the bearer's posts reach, the latest first."""
    return await queries.of_site(session, actor, code, page)
