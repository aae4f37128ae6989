"""HTTP of terms."""

from fastapi import APIRouter, Response

from services.interaction.mailbox.clocks.terms import commands, queries
from services.interaction.mailbox.clocks.terms.policy import policies, shown
from shared.contracts.letter_terms import LetterPolicy, NewLetterTerms, SiteLetterTerms
from shared.contracts.page import Page
from shared.contracts.text import SiteCode
from shared.requests import BeginAct, IfMatchOrNew, Reading, Somebody, WhichPage

router = APIRouter(prefix="/v1", tags=["clocks"])


@router.get("/public/letter-policies")
async def list_letter_policies() -> list[LetterPolicy]:
    """Return the named policies a site may choose, each figure with its source; for everyone."""
    known = policies()
    return [shown(name, known.terms(name)) for name in known.policies]


@router.get("/sites/{site_code}/letter-terms")
async def list_letter_terms(
    actor: Somebody, site_code: SiteCode, session: Reading, page: WhichPage
) -> Page[SiteLetterTerms]:
    """Return the editions of a site's terms, the one in force first; none before the first letter.

    For administrators, clerks and leaders of its sponsor, and those who supervise it.
    """
    return await queries.editions(session, actor, site_code, page)


@router.put("/sites/{site_code}/letter-terms", response_model=SiteLetterTerms)
async def set_letter_terms(
    site_code: SiteCode, new: NewLetterTerms, edition: IfMatchOrNew, begin: BeginAct
) -> Response:
    """Choose the policy for letters received from now on; those that are open keep theirs."""
    async with begin() as uow:
        terms = await commands.choose(uow, site_code, new, version=edition)
        return await uow.answer(SiteLetterTerms, terms)
