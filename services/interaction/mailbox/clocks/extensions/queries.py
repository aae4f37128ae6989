"""Questions about extensions."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import contains_eager, joinedload

from services.interaction.citizens.sealing import Keyring
from services.interaction.mailbox.clocks.extensions.models import Extension
from services.interaction.mailbox.letters import queries as letters
from services.interaction.mailbox.letters.models import Letter
from shared.auth import Actor
from shared.contracts.letter_extensions import ExtensionState, LetterExtension
from shared.contracts.page import Page
from shared.pagination import Asked, Listing
from shared.problem import NotFound
from shared.uow import UnitOfWork, expect


class StoredExtension(LetterExtension):
    """An extension on its way from the table to its readers."""

    letter: letters.SealedLetter
    sealed_reason: bytes
    sealed_for_writer: bytes
    sealed_ruling_reason: bytes | None


EXTENSIONS = Listing("letter-extensions", StoredExtension, [(Extension.id, UUID)])
WORDS = ("reason", "for_writer", "ruling_reason")


def _extensions() -> Select[Extension]:
    return (
        select(Extension)
        .join(Extension.letter)
        .options(contains_eager(Extension.letter).options(joinedload(Letter.content)))
    )


async def extensions(
    session: AsyncSession,
    actor: Actor,
    keyring: Keyring,
    state: ExtensionState | None,
    letter_id: UUID | None,
    asked: Asked,
) -> Page[LetterExtension]:
    """Return one page of the extensions of letters an actor may know of, the latest first."""
    question = _extensions().where(letters.visible_to(actor))
    if state is not None:
        question = question.where(Extension.state == state)
    if letter_id is not None:
        question = question.where(Extension.letter_id == letter_id)
    page = await EXTENSIONS.turn(session, question, asked)
    items = [_opened(each, keyring) for each in page.items]
    return Page(items=items, cursors=page.cursors, next=page.next)


async def counts(session: AsyncSession, clock_id: UUID) -> Mapping[ExtensionState, int]:
    """Return how many extensions of a clock are in each state."""
    question = (
        select(Extension.state, func.count())
        .where(Extension.clock_id == clock_id)
        .group_by(Extension.state)
    )
    return dict((await session.execute(question)).all())


async def locked(uow: UnitOfWork, extension_id: UUID, version: int) -> Extension:
    """Return an extension its actor may know of with its letter, both held by this transaction."""
    question = (
        _extensions()
        .where(Extension.id == extension_id, letters.visible_to(uow.actor))
        .with_for_update(of=[Letter, Extension])
    )
    found = await uow.session.scalar(question)
    if found is None:
        raise NotFound("没有这项延期申请。")
    expect(version, found.version)
    return found


def view(extension: Extension, keyring: Keyring) -> LetterExtension:
    """Return an extension unsealed."""
    return _opened(StoredExtension.model_validate(extension, from_attributes=True), keyring)


def _opened(stored: StoredExtension, keyring: Keyring) -> LetterExtension:
    """Return an extension with what was said of it; without its letter's key, that is gone."""
    shown = stored.model_dump(exclude={"letter", *(f"sealed_{name}" for name in WORDS)})
    if stored.letter.content is not None:
        key = letters.key_of(stored.letter, keyring)
        for name in WORDS:
            sealed = getattr(stored, f"sealed_{name}")
            shown[name] = sealed and key.open(sealed, "note")
    return LetterExtension.model_validate(shown)
