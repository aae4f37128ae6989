"""Making the rendition that the public reads."""

from uuid import UUID

from sqlalchemy import delete

from services.interaction.citizens.redaction import redact
from services.interaction.citizens.sealing import Keyring
from services.interaction.mailbox.answering import queries as answers
from services.interaction.mailbox.letters import queries as letters
from services.interaction.mailbox.letters.handling import Act, advance
from services.interaction.mailbox.letters.models import Letter, Step
from services.interaction.mailbox.publication.consent import NoConsent
from services.interaction.mailbox.publication.models import PublishedLetter
from shared.auth import Permission
from shared.business_day import business_date
from shared.contracts.letters import LetterStep
from shared.contracts.published_letters import LetterPublished, LetterUnpublished
from shared.uow import UnitOfWork


async def publish(uow: UnitOfWork, letter_id: UUID, keyring: Keyring, *, version: int) -> Letter:
    """Make the masked rendition that the public reads; the sealed letter stays unread."""
    letter = await letters.locked(uow, letter_id, version)
    state = advance(letter.state, Act.PUBLISH)
    uow.actor.require(Permission.REVIEW_ANSWER, letter.sponsoring)
    if not letter.may_publish:
        raise NoConsent
    letter.state, letter.published_on = state, business_date(uow.now)
    answer = await answers.answer_of_round(uow.session, letter.id, letter.rounds)
    key = letters.key_of(letter, keyring)
    wrote = letters.writing(letter, key)
    rendition = PublishedLetter(
        number=letter.number,
        site_code=letter.site_code,
        kind=letter.kind,
        title=redact(wrote.title, wrote),
        text=redact(wrote.text, wrote),
        answer=redact(key.open(answer.sealed, "answer"), wrote),
        received_on=letter.received_on,
        answered_on=letter.answered_on,
        answering_unit=letter.organization_name,
        published_at=uow.now,
    )
    uow.session.add_all([rendition, Step.of(letter, LetterStep.PUBLISHED, uow.now)])
    uow.announce(
        LetterPublished(
            letter_id=letter.id,
            number=letter.number,
            kind=letter.kind,
            site_code=letter.site_code,
        )
    )
    return letter


async def take_down(uow: UnitOfWork, letter: Letter) -> None:
    """Let the public read a letter no longer, if it did."""
    if letter.published_on is None:
        return
    letter.published_on = None
    rendition = delete(PublishedLetter).where(PublishedLetter.number == letter.number)
    await uow.session.execute(rendition)
    uow.session.add(Step.of(letter, LetterStep.UNPUBLISHED, uow.now))
    uow.announce(
        LetterUnpublished(letter_id=letter.id, number=letter.number, site_code=letter.site_code)
    )
