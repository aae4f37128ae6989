"""Merging letters into one that is answered for all of them, and parting them again.

Whoever merges locks leads in the order of their ids, then what waits for them, as whoever answers
does: two who merge at once wait for each other, and never for ever.
"""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select, update

from services.interaction.citizens.sealing import Keyring
from services.interaction.mailbox.clocks import commands as clocks
from services.interaction.mailbox.letters import queries as letters
from services.interaction.mailbox.letters.handling import Act, WrongState, advance
from services.interaction.mailbox.letters.models import Letter, Step
from services.interaction.mailbox.screening import merging, queries
from services.interaction.mailbox.screening.models import Merger
from shared.auth import Permission
from shared.contracts.letter_clocks import LetterClockStep
from shared.contracts.letters import LetterStep
from shared.contracts.screening import LetterMerged, LetterUnmerged
from shared.problem import Invalid, NotFound
from shared.sealing import NONCE_BYTES, Chance
from shared.uow import UnitOfWork, expect


async def merge(
    uow: UnitOfWork, letter_id: UUID, asked: Sequence[UUID], *, version: int
) -> Letter:
    """Let letters wait for the answer to another, or to the one that is merged into itself.

    What waits for them already comes along. To merge a letter is to accept it.
    """
    into = await queries.lead_of(uow.session, uow.actor, letter_id)
    if into is None:
        raise NotFound
    found = await _locked(uow, {into.lead_id, *asked})
    # Only now does it stand still: somebody may have merged or parted it since.
    into = await queries.lead_of(uow.session, uow.actor, letter_id)
    if into is None:
        raise NotFound
    expect(version, into.version)
    lead = found.get(into.lead_id)
    if lead is None:
        raise NotFound
    uow.actor.require(Permission.DISPATCH, lead.sponsoring)
    if not merging.may_lead(lead.state):
        raise WrongState(state=lead.state)
    known = {id_: merging.Candidate(each.sponsoring, each.state) for id_, each in found.items()}
    if wrong := list(merging.faults(lead.id, lead.sponsoring, asked, known)):
        raise Invalid(wrong)
    for followed in await _waiting(uow, asked):
        await _end(uow, followed)
        _follow(uow, followed, lead)
    for joined in dict.fromkeys(asked):
        found[joined].state = advance(found[joined].state, Act.MERGE)
        _follow(uow, found[joined], lead)
        await clocks.meet(uow, found[joined], LetterClockStep.ACCEPT)
        uow.session.add(Step.of(found[joined], LetterStep.MERGED, uow.now))
    return lead


async def part(
    uow: UnitOfWork, letter_id: UUID, words: str, keyring: Keyring, chance: Chance, *, version: int
) -> Letter:
    """Let a merged letter be handled by itself again, by its own clock, which never stopped."""
    letter = await letters.locked(uow, letter_id, version)
    uow.actor.require(Permission.DISPATCH, letter.sponsoring)
    letter.state = advance(letter.state, Act.UNMERGE)
    lead_id, letter.lead_id = letter.lead_id, None
    letter.organization = letter.organization_name = letter.dispatched_at = None
    await _end(uow, letter)
    key = letters.key_of(letter, keyring)
    note = key.close(chance(NONCE_BYTES), words, "note")
    uow.session.add(Step.of(letter, LetterStep.UNMERGED, uow.now, note))
    uow.announce(
        LetterUnmerged(
            letter_id=letter.id,
            number=letter.number,
            site_code=letter.site_code,
            lead_id=lead_id,
        )
    )
    return letter


async def release(uow: UnitOfWork, lead: Letter) -> Sequence[Letter]:
    """End the waiting of all that is merged into a letter, which is answered now; return it."""
    waiting = await _waiting(uow, [lead.id])
    for letter in waiting:
        await _end(uow, letter)
    return waiting


async def _locked(uow: UnitOfWork, ids: set[UUID]) -> dict[UUID, Letter]:
    question = (
        select(Letter)
        .where(Letter.id.in_(ids), Letter.erased_on.is_(None), letters.visible_to(uow.actor))
        .order_by(Letter.id)
        .with_for_update()
    )
    return {letter.id: letter for letter in await uow.session.scalars(question)}


async def _waiting(uow: UnitOfWork, lead_ids: Sequence[UUID]) -> Sequence[Letter]:
    question = queries.joined(lead_ids).order_by(Letter.id).with_for_update(of=Letter)
    return (await uow.session.scalars(question)).all()


async def _end(uow: UnitOfWork, letter: Letter) -> None:
    present = update(Merger).where(Merger.letter_id == letter.id, Merger.until.is_(None))
    await uow.session.execute(present.values(until=uow.now, ended_by=uow.actor.id))


def _follow(uow: UnitOfWork, letter: Letter, lead: Letter) -> None:
    """Let a letter wait for its lead's answer, with whoever works on that."""
    letter.lead_id = lead.id
    letter.organization, letter.organization_name = lead.organization, lead.organization_name
    letter.dispatched_at = lead.dispatched_at
    uow.session.add(Merger(letter_id=letter.id, lead_id=lead.id, by=uow.actor.id, at=uow.now))
    uow.announce(
        LetterMerged(
            letter_id=letter.id,
            number=letter.number,
            site_code=letter.site_code,
            lead_id=lead.id,
            lead_number=lead.number,
        )
    )
