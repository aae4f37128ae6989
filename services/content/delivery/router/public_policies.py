"""HTTP of what was in force on a day."""

from fastapi import APIRouter, Response

from services.content.delivery.router.public_state import PublicReading
from services.content.delivery.router.sending import HELD, ByReader
from services.content.release.queries import validity
from shared.business_day import business_date
from shared.contracts.page import Page
from shared.contracts.text import SiteCode
from shared.contracts.validity import PolicyInForce
from shared.moments import Day
from shared.requests import InHouse, WhichPage

router = APIRouter(prefix="/v1/public/policies", tags=["public"], responses=HELD)


@router.get("/in-force", response_model=Page[PolicyInForce])
async def list_in_force(
    session: PublicReading,
    house: InHouse,
    page: WhichPage,
    reader: ByReader,
    on: Day | None = None,
    site_code: SiteCode | None = None,
) -> Response:
    """Return the policies in force on a day, by what is recorded now; today without a day."""
    day = on or business_date(house.clock())
    return reader.send_view(await validity.in_force(session, day, site_code, page))
