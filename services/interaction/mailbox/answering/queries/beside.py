"""Questions about what stands beside a letter: notes, the working draft, what answers cite."""

from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import and_, cast, false, func, not_, or_, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from services.interaction.citizens.sealing import Keyring
from services.interaction.mailbox.answering.models import Answer, Citation, Draft, Note, Reply
from services.interaction.mailbox.answering.queries.submitted import open_to
from services.interaction.mailbox.letters import queries as letters
from services.interaction.mailbox.letters.models import Letter
from services.interaction.mailbox.library import queries as library
from services.interaction.mailbox.library.models import LibraryEdition, LibraryEntry
from shared.auth import Actor, Permission
from shared.contracts.answer_drafts import AnswerDraft, Insertion
from shared.contracts.answer_library import LibraryCitation
from shared.contracts.letter_notes import KeptNote, LetterNote
from shared.contracts.page import Page
from shared.pagination import Asked, Listing
from shared.problem import NotFound


class Beside(NamedTuple):
    """How many notes there are, and when the draft was saved, for those who may know."""

    notes: int
    draft_saved_at: datetime | None


class SealedNote(KeptNote):
    """A note on its way from the table to its readers."""

    sealed: bytes
    corrected_by: UUID | None


NOTES = Listing("letter-notes", SealedNote, [(Note.id, UUID)], newest_first=False)
CITATIONS = Listing(
    "answer-citations", LibraryCitation, [(Citation.answer_id, UUID), (Citation.entry_id, UUID)]
)


async def notes(
    session: AsyncSession, actor: Actor, keyring: Keyring, letter_id: UUID, asked: Asked
) -> Page[LetterNote]:
    """Return one page of the notes on a letter, the first first."""
    letter = await letters.letter(session, actor, letter_id)
    key = letters.key_of(letter, keyring)
    question = select(Note).where(Note.letter_id == letter_id).options(joinedload(Note.correction))
    page = await NOTES.turn(session, question, asked)
    items = [
        LetterNote(
            **note.model_dump(exclude={"sealed"}), text=key.open(note.sealed, "internal note")
        )
        for note in page.items
    ]
    return Page(items=items, cursors=page.cursors, next=page.next)


async def beside(session: AsyncSession, actor: Actor, letter: Letter) -> Beside:
    """Return what the desk tells of notes and the draft."""
    count = select(func.count()).where(Note.letter_id == letter.id).scalar_subquery()
    saved = select(Draft.saved_at).where(
        Draft.letter_id == letter.id,
        Draft.organization == letter.organization,
        Draft.sealed.is_not(None),
    )
    found, saved_at = (await session.execute(select(count, saved.scalar_subquery()))).one()
    may = letter.organization and actor.may(Permission.ANSWER, letter.organization)
    return Beside(found, saved_at if may else None)


async def draft(
    session: AsyncSession, actor: Actor, keyring: Keyring, letter_id: UUID, today: date
) -> AnswerDraft:
    """Return what the unit in charge works on, to nobody else."""
    letter = await letters.letter(session, actor, letter_id)
    unit = letter.organization
    if unit is None or not actor.may(Permission.ANSWER, unit):
        raise NotFound
    kept = await session.get(Draft, (letter.id, unit))
    if kept is None or kept.sealed is None:
        raise NotFound
    put_in = [Insertion.model_validate(each) for each in kept.insertions]
    usable = await library.usable_today(session, [each.entry_id for each in put_in], today)
    return AnswerDraft(
        letter_id=letter.id,
        text=letters.key_of(letter, keyring).open(kept.sealed, "draft"),
        policies=[UUID(policy) for policy in kept.policies],
        insertions=[
            each.model_copy(update={"outdated": usable.get(each.entry_id) != each.edition})
            for each in put_in
        ],
        writers=kept.writers,
        saved_at=kept.saved_at,
        saved_by=kept.saved_by,
        version=kept.version,
    )


async def citations(
    session: AsyncSession,
    actor: Actor,
    entry_id: UUID | None,
    today: date,
    asked: Asked,
    *,
    outdated: bool | None,
) -> Page[LibraryCitation]:
    """Return one page of the answers an actor may read that say something of an entry."""
    current = and_(library.in_force(today), LibraryEntry.edition_in_use == Citation.edition)
    stale = not_(func.coalesce(current, false()))
    told = func.jsonb_build_object(
        *("letter_id", Answer.letter_id, "number", Letter.number, "round", Answer.round),
        *("entry_id", Citation.entry_id, "edition", Citation.edition),
        *("outdated", stale, "answered_at", Reply.answered_at),
    )
    question = (
        select(cast(told, JSONB))
        .select_from(Citation)
        .join(Answer, Answer.id == Citation.answer_id)
        .join(Letter, Letter.id == Answer.letter_id)
        .join(LibraryEntry, LibraryEntry.id == Citation.entry_id)
        .outerjoin(LibraryEdition, library.USED)
        .outerjoin(Reply, and_(Reply.answer_id == Answer.id, Reply.letter_id == Answer.letter_id))
        .where(letters.visible_to(actor), or_(open_to(actor), Reply.id.is_not(None)))
    )
    if entry_id is not None:
        question = question.where(Citation.entry_id == entry_id)
    if outdated is not None:
        question = question.where(stale if outdated else not_(stale))
    return await CITATIONS.turn(session, question, asked)
