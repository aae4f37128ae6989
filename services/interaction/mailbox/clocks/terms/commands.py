"""Choosing the terms of a site."""

from typing import Any

from sqlalchemy.dialects.postgresql import insert

from services.interaction.mailbox.clocks.terms import queries
from services.interaction.mailbox.clocks.terms.models import SiteTerms
from services.interaction.mailbox.clocks.terms.policy import Terms, chosen, faults, policies, usual
from shared.auth import Permission, system
from shared.contracts.letter_terms import LetterTermsSet, NewLetterTerms
from shared.ids import new_id
from shared.problem import Conflict, Invalid
from shared.uow import UnitOfWork, expect

NOBODY = system("interaction").id


class TermsJustChanged(Conflict):
    """Somebody else set the site's terms at the same time."""

    advice = "本网站的办理时限刚刚被他人修改，请刷新后再操作。"


async def choose(
    uow: UnitOfWork, site_code: str, new: NewLetterTerms, *, version: int | None
) -> SiteTerms:
    """Let a site handle what it receives from now on by other terms; open letters keep theirs."""
    sponsor = await queries.sponsor(uow.session, uow.actor, site_code)
    uow.actor.require(Permission.ADMINISTER, sponsor)
    before = await queries.latest(uow.session, site_code)
    if before is not None:
        expect(version, before.edition)
    known = policies()
    if found := list(faults(new, known)):
        raise Invalid(found)
    terms = chosen(new, known)
    beyond = any(known.beyond(terms))
    edition = _edition(
        uow,
        site_code,
        before,
        new.policy,
        terms,
        beyond_reason=new.beyond_reason if beyond else None,
        set_by=uow.actor.id,
    )
    kept = await _keep(uow, edition)
    if kept is None:
        raise TermsJustChanged
    uow.announce(
        LetterTermsSet(
            site_code=site_code,
            edition=kept.edition,
            policy=kept.policy,
            digest=kept.digest,
            beyond_binding=beyond,
        )
    )
    return kept


async def in_force(uow: UnitOfWork, site_code: str) -> SiteTerms:
    """Return the terms a letter is received under now.

    A site that chose nothing goes by the policy this version was made with; the edition written
    then keeps what a later version may say otherwise.
    """
    latest = await queries.latest(uow.session, site_code)
    if latest is not None and (latest.set_by != NOBODY or latest.digest == usual().version):
        return latest
    named = policies().default
    edition = _edition(uow, site_code, latest, named, usual(), beyond_reason=None, set_by=NOBODY)
    kept = await _keep(uow, edition) or await queries.latest(uow.session, site_code)
    if kept is None:
        raise TermsJustChanged
    return kept


def _edition(
    uow: UnitOfWork,
    site_code: str,
    before: SiteTerms | None,
    policy: str,
    terms: Terms,
    **decided: str | None,
) -> dict[str, Any]:
    return {
        "id": new_id(),
        "site_code": site_code,
        "edition": before.edition + 1 if before else 1,
        "policy": policy,
        "digest": terms.version,
        "document": terms.model_dump(mode="json"),
        "set_at": uow.now,
        **decided,
    }


async def _keep(uow: UnitOfWork, edition: dict[str, Any]) -> SiteTerms | None:
    """Write an edition, or return none if somebody else has just written that number."""
    row = insert(SiteTerms).values(**edition)
    place = [SiteTerms.site_code, SiteTerms.edition]
    kept = row.on_conflict_do_nothing(index_elements=place).returning(SiteTerms)
    return await uow.session.scalar(kept)
