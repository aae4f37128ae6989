"""Telling what is held of a writer, and finding letters by contact; both are noted."""

from services.interaction.citizens.number import as_issued
from services.interaction.citizens.query_code import ShownCode
from services.interaction.citizens.sealing import Keyring
from services.interaction.mailbox.letters import commands as letters
from services.interaction.mailbox.letters import queries as kept
from services.interaction.mailbox.letters.models import Letter
from services.interaction.mailbox.privacy import queries
from shared.auth import Permission
from shared.authority import reached
from shared.contracts.letters import ListedLetter
from shared.contracts.page import Page
from shared.contracts.privacy import Contact, LetterRecord, LetterUse
from shared.pagination import Asked
from shared.uow import UnitOfWork


async def export_own(
    uow: UnitOfWork, number: str, shown: ShownCode, keyring: Keyring
) -> LetterRecord | None:
    """Return all that is held of one's own letter; a wrong code counts, and gives nothing."""
    number = as_issued(number)
    if not await letters.opens(uow, number, shown, keyring):
        return None
    letter = await kept.numbered(uow.session, number)
    (held,) = await queries.held(uow.session, [letter], keyring)
    return held


async def find_by_contact(
    uow: UnitOfWork, contact: Contact, keyring: Keyring, asked: Asked
) -> Page[ListedLetter]:
    """Return one page of a writer's letters within the actor's authority, the latest first."""
    question = queries.by_contact(kept.visible_to(uow.actor), contact, keyring)
    page = await kept.LETTERS.turn(uow.session, question, asked)
    for letter in page.items:
        letters.note_access(uow, letter, LetterUse.SOUGHT)
    return kept.listed(page, keyring)


async def export_of_writer(
    uow: UnitOfWork, contact: Contact, keyring: Keyring, asked: Asked
) -> Page[LetterRecord]:
    """Return one page of all that is held of a writer at the sites one administers."""
    administered = reached(uow.actor, Permission.ADMINISTER, Letter.sponsoring)
    question = queries.by_contact(administered, contact, keyring)
    page = await kept.LETTERS.turn(uow.session, question, asked)
    found = await queries.with_content(uow.session, [letter.id for letter in page.items])
    for letter in found:
        letters.note_access(uow, letter, LetterUse.EXPORTED)
    held = await queries.held(uow.session, found, keyring)
    return Page(items=held, cursors=page.cursors, next=page.next)
