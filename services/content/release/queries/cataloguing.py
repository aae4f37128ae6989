"""The public items as rows of the disclosure catalogue."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import load_only

from services.content.release.models import Live
from services.content.release.queries.filtering import Wanted
from shared.contracts.delivery import CatalogueEntry
from shared.contracts.page import Page
from shared.pagination import Asked, Listing

SHOWN = (
    Live.item_id,
    Live.title,
    Live.summary,
    Live.column_id,
    Live.kind,
    Live.source,
    Live.origin_url,
    Live.doc_no,
    Live.index_no,
    Live.written_on,
    Live.first_public_at,
    Live.subject,
    Live.genre,
    Live.audience,
    Live.keywords,
    Live.language,
    Live.in_force_on,
    Live.expires_on,
    Live.url,
)


async def entries(session: AsyncSession, wanted: Wanted, asked: Asked) -> Page[CatalogueEntry]:
    """Return one page of the catalogue, newest first, in one query."""
    listing = Listing(
        f"catalogue:{wanted.listing}",
        CatalogueEntry,
        [(Live.first_public_at, datetime.fromisoformat), (Live.item_id, UUID)],
    )
    question = select(Live).options(load_only(*SHOWN)).where(*wanted.conditions())
    return await listing.turn(session, question, asked)
