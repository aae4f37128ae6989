"""Proposing the rendition that the public reads, letting it out, and taking it down."""

from uuid import UUID

from sqlalchemy import delete, update
from sqlalchemy.dialects.postgresql import insert

from services.interaction.citizens.sealing import Keyring, WritingKey
from services.interaction.mailbox.answering.queries.given import given
from services.interaction.mailbox.attachments.commands import leaving
from services.interaction.mailbox.attachments.commands import publishing as attachments
from services.interaction.mailbox.letters import queries as letters
from services.interaction.mailbox.letters.handling import Act, advance
from services.interaction.mailbox.letters.models import Letter, Step
from services.interaction.mailbox.publication import queries
from services.interaction.mailbox.publication.models import PublishedLetter, Rendition
from services.interaction.mailbox.publication.rendition import Masked, rendition
from services.interaction.mailbox.publication.second_review import (
    NoProposal,
    Proposed,
    RenditionChanged,
    decide,
    may_publish,
)
from shared.auth import OutsideAuthority, Permission
from shared.business_day import business_date
from shared.contracts.content import Verdict
from shared.contracts.letters import LetterStep
from shared.contracts.published_letters import (
    LetterPublished,
    LetterUnpublished,
    ProposedRendition,
    PublicationProposed,
    PublicationReturned,
    RenditionReview,
    RenditionText,
    TakingDown,
)
from shared.sealing import NONCE_BYTES, Chance
from shared.uow import UnitOfWork


async def propose(
    uow: UnitOfWork,
    letter_id: UUID,
    said: RenditionText,
    keyring: Keyring,
    chance: Chance,
    *,
    version: int,
) -> ProposedRendition:
    """Make the masked rendition of an answered letter that another person is asked to let out.

    It takes the place of one that was proposed before.
    """
    letter = await letters.locked(uow, letter_id, version)
    _require_desk(uow, letter)
    advance(letter.state, Act.PUBLISH)
    may_publish(kind=letter.kind, consents=letter.may_publish)
    key = letters.key_of(letter, keyring)
    said_to_writer = [answer.text for answer in await given(uow.session, letter.id, key)]
    masked = rendition(
        letters.writing(letter, key),
        said_to_writer,
        said,
        await attachments.proposed(uow, letter),
    )
    text = masked.model_dump_json()
    proposed = {
        "sealed": key.close(chance(NONCE_BYTES), text, "rendition"),
        "rendition_hash": key.answer_hash(text),
        "proposed_by": uow.actor.id,
        "proposed_at": uow.now,
        **dict.fromkeys(("verdict", "reviewer", "decided_at", "sealed_reason")),
    }
    row = insert(Rendition).values(letter_id=letter.id, **proposed)
    await uow.session.execute(
        row.on_conflict_do_update(index_elements=[Rendition.letter_id], set_=proposed)
    )
    uow.announce(
        PublicationProposed(
            letter_id=letter.id,
            number=letter.number,
            site_code=letter.site_code,
            rendition_hash=proposed["rendition_hash"],
        )
    )
    return await queries.proposed(uow.session, letter, key)


async def review(
    uow: UnitOfWork,
    letter_id: UUID,
    reviewed: RenditionReview,
    keyring: Keyring,
    chance: Chance,
    *,
    version: int,
) -> Letter:
    """Let a rendition out to the public, or give it back; the sealed letter stays unread."""
    letter = await letters.locked(uow, letter_id, version)
    uow.actor.require(Permission.REVIEW_ANSWER, letter.sponsoring)
    state = advance(letter.state, Act.PUBLISH)
    may_publish(kind=letter.kind, consents=letter.may_publish)
    waiting = await uow.session.get(Rendition, letter.id)
    if waiting is None or waiting.verdict is not None:
        raise NoProposal
    decide(
        Proposed(waiting.proposed_by, waiting.rendition_hash),
        reviewer=uow.actor.id,
        verdict=reviewed.verdict,
        rendition_hash=reviewed.rendition_hash,
        reason=reviewed.reason,
    )
    key = letters.key_of(letter, keyring)
    waiting.verdict, waiting.reviewer, waiting.decided_at = (
        reviewed.verdict,
        uow.actor.id,
        uow.now,
    )
    if reviewed.reason:
        waiting.sealed_reason = key.close(chance(NONCE_BYTES), reviewed.reason, "reason")
    letter.state = state
    if reviewed.verdict is Verdict.APPROVE:
        masked = Masked.model_validate_json(key.open(waiting.sealed, "rendition"))
        await _let_out(uow, letter, masked, key)
    else:
        uow.announce(
            PublicationReturned(
                letter_id=letter.id,
                number=letter.number,
                site_code=letter.site_code,
                rendition_hash=waiting.rendition_hash,
            )
        )
    return letter


async def withdraw(
    uow: UnitOfWork,
    letter_id: UUID,
    why: TakingDown,
    keyring: Keyring,
    chance: Chance,
    *,
    version: int,
) -> Letter:
    """Let the public read a letter no longer, and tell its writer why."""
    letter = await letters.locked(uow, letter_id, version)
    uow.actor.require(Permission.REVIEW_ANSWER, letter.sponsoring)
    key = letters.key_of(letter, keyring)
    await take_down(uow, letter, key.close(chance(NONCE_BYTES), why.reason, "note"))
    return letter


async def take_down(uow: UnitOfWork, letter: Letter, note: bytes | None = None) -> None:
    """Let the public read a letter no longer, if it did, nor what was proposed of it."""
    await uow.session.execute(delete(Rendition).where(Rendition.letter_id == letter.id))
    if letter.published_on is None:
        return
    letter.published_on = None
    await leaving.retract(uow, letter.number)
    public = delete(PublishedLetter).where(PublishedLetter.number == letter.number)
    await uow.session.execute(public)
    uow.session.add(Step.of(letter, LetterStep.UNPUBLISHED, uow.now, note))
    uow.announce(
        LetterUnpublished(letter_id=letter.id, number=letter.number, site_code=letter.site_code)
    )


async def tell_satisfaction(uow: UnitOfWork, letter: Letter) -> None:
    """Let the public read, with a letter that is public, what its writer said of the answer."""
    public = update(PublishedLetter).where(PublishedLetter.number == letter.number)
    await uow.session.execute(public.values(satisfaction=letter.satisfaction))


async def _let_out(uow: UnitOfWork, letter: Letter, masked: Masked, key: WritingKey) -> None:
    """Write what the public reads; it takes the place of what was public before."""
    former = delete(PublishedLetter).where(PublishedLetter.number == letter.number)
    await uow.session.execute(former)
    if tuple(await attachments.release(uow, letter, key)) != masked.attachments:
        raise RenditionChanged
    letter.published_on = business_date(uow.now)
    public = PublishedLetter(
        number=letter.number,
        site_code=letter.site_code,
        kind=letter.kind,
        **masked.model_dump(),
        received_on=letter.received_on,
        answered_on=letter.answered_on,
        answering_unit=letter.organization_name,
        published_at=uow.now,
        satisfaction=letter.satisfaction,
    )
    uow.session.add_all([public, Step.of(letter, LetterStep.PUBLISHED, uow.now)])
    uow.announce(
        LetterPublished(
            letter_id=letter.id,
            number=letter.number,
            kind=letter.kind,
            site_code=letter.site_code,
        )
    )


def _require_desk(uow: UnitOfWork, letter: Letter) -> None:
    """Refuse who neither dispatches nor reviews at the letter's site."""
    either = (Permission.DISPATCH, Permission.REVIEW_ANSWER)
    if not any(uow.actor.may(permission, letter.sponsoring) for permission in either):
        raise OutsideAuthority(permission=Permission.DISPATCH)
