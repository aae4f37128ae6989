"""Keep what events tell of sites, columns, publications, letters and obligations."""

from datetime import date
from uuid import UUID

from sqlalchemy import or_, select, update
from sqlalchemy.dialects.postgresql import insert

from services.audit.monitoring import queries
from services.audit.monitoring.cadence import Freshness
from services.audit.monitoring.commands import weighing
from services.audit.monitoring.commands.weighing import AN_INSTANT
from services.audit.monitoring.models import Column, Letter, Obligation, Publication, Site
from services.audit.trail import queries as trail
from services.audit.trail.queries import Kept
from shared.contracts.answers import LetterAnswered
from shared.contracts.content import ItemKind, ItemReleased, ItemWithdrawn
from shared.contracts.declining import DeclineRuling
from shared.contracts.directives import (
    DeclineRuled,
    DirectiveExtended,
    DirectiveIssued,
    DirectiveWithdrawn,
    ObligationJudged,
    ObligationMissed,
    ObligationSettled,
    ObligationState,
)
from shared.contracts.registry import ColumnOpened, SiteOpened
from shared.contracts.screening import LetterRefused
from shared.uow import UnitOfWork


async def watch_site(uow: UnitOfWork, told: SiteOpened) -> None:
    """Know the site, and who answers for it."""
    uow.session.add(Site(code=told.code, name=told.name, sponsoring=told.sponsoring))


async def watch_column(uow: UnitOfWork, told: ColumnOpened) -> None:
    """Start the column's clock."""
    entry = await _entry(uow)
    uow.session.add(
        Column(
            id=told.id,
            site_code=told.site_code,
            name=told.name,
            kind=told.kind,
            target_days=told.target_days,
            red_line_days=told.red_line_days,
            opened_at=entry.time,
            entries=[entry.sequence],
            freshness=Freshness.FRESH,
            due_at=uow.now,
        )
    )


async def note_release(uow: UnitOfWork, told: ItemReleased) -> None:
    """Keep the item as public, and have what depends on it weighed again."""
    entry = await _entry(uow)
    publication = await uow.session.get(Publication, told.item_id, with_for_update=True)
    if publication is None:
        publication = Publication(id=told.item_id, entries=[])
        uow.session.add(publication)
    publication.site_code, publication.column_id = told.site_code, told.column_id
    publication.is_statement = told.kind is ItemKind.STATUS_STATEMENT
    publication.title, publication.first_public_at = told.title, told.first_public_at
    publication.withdrawn_at, publication.interprets = None, told.interprets
    publication.to_be_interpreted = told.to_be_interpreted
    publication.interpretation_due_on = told.interpretation_due_on
    publication.entries = [*publication.entries, entry.sequence]
    publication.due_at = uow.now if told.to_be_interpreted else None
    await _weigh_again(uow, publication)


async def note_withdrawal(uow: UnitOfWork, told: ItemWithdrawn) -> None:
    """Keep the item as public no more, and have what depends on it weighed again."""
    entry = await _entry(uow)
    publication = await uow.session.get(Publication, told.item_id, with_for_update=True)
    if publication is None:
        return
    publication.withdrawn_at = entry.time
    publication.entries = [*publication.entries, entry.sequence]
    publication.due_at = uow.now if publication.to_be_interpreted else None
    await _weigh_again(uow, publication)


async def note_letter(
    uow: UnitOfWork, letter_id: UUID, number: str, site_code: str, due_on: date
) -> Letter:
    """Keep by when a letter is to be answered, and weigh it at once."""
    letter = await _letter(uow, letter_id, number, site_code, due_on)
    await weighing.weigh_letter(uow, letter)
    return letter


async def note_answer(uow: UnitOfWork, told: LetterAnswered) -> None:
    """Keep that a letter was answered; one answered late becomes a finding all the same."""
    letter = await _letter(uow, told.letter_id, told.number, told.site_code, told.due_on)
    letter.answered_at = (await _entry(uow)).time
    if told.late:
        await weighing.weigh_letter(uow, letter, letter.answered_at - AN_INSTANT)
    await weighing.weigh_letter(uow, letter)


async def note_refusal(uow: UnitOfWork, told: LetterRefused) -> None:
    """Keep that a letter is owed no answer any more: its writer was told why."""
    letter = await _letter(uow, told.letter_id, told.number, told.site_code, told.due_on)
    letter.answered_at = (await _entry(uow)).time
    await weighing.weigh_letter(uow, letter)


async def note_directive(uow: UnitOfWork, told: DirectiveIssued | DirectiveExtended) -> None:
    """Keep what each site owes, unless an answer of its came in before."""
    entry = await _entry(uow)
    rows = [
        {
            "site_code": code,
            "directive_id": told.directive_id,
            "item_id": told.item_id,
            "deadline": told.deadline,
            "state": ObligationState.DELIVERED,
            "entries": [entry.sequence],
            "due_at": told.deadline + AN_INSTANT,
        }
        for code in told.site_codes
    ]
    await uow.session.execute(insert(Obligation).on_conflict_do_nothing(), rows)


async def note_missed(uow: UnitOfWork, told: ObligationMissed) -> None:
    """Keep that a deadline passed, and weigh it at once."""
    obligation = await _obligation(uow, told)
    await weighing.weigh_obligation(uow, obligation)


async def note_settled(uow: UnitOfWork, told: ObligationSettled) -> None:
    """Keep how a site settled; one that was late becomes a finding all the same."""
    obligation = await _obligation(uow, told)
    obligation.state = told.state
    obligation.settled_at = (await _entry(uow)).time
    if told.late:
        just_before = obligation.settled_at - AN_INSTANT
        await weighing.weigh_obligation(uow, obligation, just_before)
    await weighing.weigh_obligation(uow, obligation)


async def note_judged(uow: UnitOfWork, told: ObligationJudged) -> None:
    """Keep what a site's page was judged to show, and weigh it at once.

    A site settles before it is judged, and both are told in order, so that it is known here.
    """
    entry = await _entry(uow)
    known = await queries.obligations(uow.session, told.directive_id)
    obligation = known.get(told.site_code)
    if obligation is None:
        return
    obligation.entries = [*obligation.entries, entry.sequence]
    if told.state is ObligationState.DIVERGED:
        evidence = told.model_dump(mode="json", include={"url", "reading_id", "matched"})
        obligation.diverged_at, obligation.diverged = entry.time, evidence
        obligation.mended_at = None
    elif told.state is ObligationState.LIVE_VERIFIED:
        obligation.mended_at = entry.time  # taking the page down mends nothing
    await weighing.weigh_obligation(uow, obligation)


async def note_ruling(uow: UnitOfWork, told: DeclineRuled) -> None:
    """Keep that a site was let off, or that it owes the repost again and by when."""
    obligation = await _obligation(uow, told)
    if told.ruling is DeclineRuling.ACCEPT:
        obligation.withdrawn_at = (await _entry(uow)).time
    else:
        obligation.state, obligation.settled_at = told.state, None
        obligation.deadline, obligation.due_at = told.deadline, told.deadline + AN_INSTANT
    await weighing.weigh_obligation(uow, obligation)


async def note_end_of_directive(uow: UnitOfWork, told: DirectiveWithdrawn) -> None:
    """Release the sites from what they still owed."""
    entry = await _entry(uow)
    for obligation in (await queries.obligations(uow.session, told.directive_id)).values():
        obligation.withdrawn_at = entry.time
        obligation.entries = [*obligation.entries, entry.sequence]
        await weighing.weigh_obligation(uow, obligation)


async def _entry(uow: UnitOfWork) -> Kept:
    """Return the trail's entry of the event that is taken in right now."""
    return await trail.kept(uow.session, uow.cause)


async def _letter(
    uow: UnitOfWork, letter_id: UUID, number: str, site_code: str, due_on: date
) -> Letter:
    entry = await _entry(uow)
    letter = await uow.session.get(Letter, letter_id, with_for_update=True)
    if letter is None:
        letter = Letter(id=letter_id, number=number, site_code=site_code, entries=[])
        uow.session.add(letter)
    letter.due_on = due_on
    letter.entries = [*letter.entries, entry.sequence]
    await uow.session.flush()
    return letter


async def _obligation(
    uow: UnitOfWork, told: ObligationMissed | ObligationSettled | DeclineRuled
) -> Obligation:
    entry = await _entry(uow)
    known = await queries.obligations(uow.session, told.directive_id)
    obligation = known.get(told.site_code)
    if obligation is None:
        obligation = Obligation(
            directive_id=told.directive_id,
            site_code=told.site_code,
            item_id=told.item_id,
            deadline=told.deadline,
            state=ObligationState.DELIVERED,
            entries=[],
        )
        uow.session.add(obligation)
    obligation.entries = [*obligation.entries, entry.sequence]
    await uow.session.flush()
    return obligation


async def _weigh_again(uow: UnitOfWork, publication: Publication) -> None:
    """Have the column, and the policy it interprets, weighed as soon as may be."""
    await uow.session.flush()
    went = select(Column.merged_into).where(Column.id == publication.column_id)
    column = update(Column).where(
        or_(Column.id == publication.column_id, Column.id == went.scalar_subquery())
    )
    await uow.session.execute(column.values(due_at=uow.now))
    if publication.interprets is not None:
        policy = update(Publication).where(
            Publication.id == publication.interprets, Publication.to_be_interpreted
        )
        await uow.session.execute(policy.values(due_at=uow.now))
