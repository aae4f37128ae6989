"""Writing an answer: the unit's working draft, of which nobody else is told."""

from uuid import UUID

from services.interaction.citizens.sealing import Keyring
from services.interaction.mailbox.answering.models import Draft
from services.interaction.mailbox.answering.review import submitting
from services.interaction.mailbox.letters import queries as letters
from services.interaction.mailbox.letters.handling import WrongState, advance
from services.interaction.mailbox.letters.models import Letter
from services.interaction.mailbox.library import queries as library
from services.interaction.mailbox.library.editions import NotInUse
from shared.auth import Permission
from shared.business_day import business_date
from shared.contracts.answer_drafts import AnswerBegun, DraftText, SavedDraft
from shared.problem import Fault, Invalid, StaleVersion
from shared.sealing import NONCE_BYTES, Chance
from shared.uow import UnitOfWork, expect

LONGEST = 5_000


async def save_draft(
    uow: UnitOfWork,
    letter_id: UUID,
    text: DraftText,
    keyring: Keyring,
    chance: Chance,
    *,
    version: int | None,
) -> SavedDraft:
    """Keep what a unit has written so far; nobody is asked for anything."""
    letter = await letters.lock(uow, letter_id)
    draft = await writable(uow, letter, version)
    _announce_begun(uow, letter, draft)
    draft.policies = [str(policy) for policy in text.policies]
    keep(uow, letter, draft, text.text, keyring, chance)
    return await _saved(uow, draft)


async def insert_entry(
    uow: UnitOfWork,
    letter_id: UUID,
    entry_id: UUID,
    keyring: Keyring,
    chance: Chance,
    *,
    version: int | None,
) -> SavedDraft:
    """Put an entry of the library at the end of the draft, and note which text of it that was."""
    letter = await letters.lock(uow, letter_id)
    draft = await writable(uow, letter, version)
    entry = await library.entry(uow.session, uow.actor, entry_id)
    usable = await library.usable_today(uow.session, [entry.id], business_date(uow.now))
    if entry.edition is None or usable.get(entry.id) != entry.edition.number:
        raise NotInUse
    before = text_of(letter, draft, keyring)
    text = f"{before}\n{entry.edition.text}".strip()
    if len(text) > LONGEST:
        raise Invalid([Fault("/entry_id", "too_long", f"插入后答复超过{LONGEST}个字。")])
    others = [each for each in draft.insertions if each["entry_id"] != str(entry.id)]
    put_in = {"entry_id": str(entry.id), "edition": entry.edition.number}
    _announce_begun(uow, letter, draft)
    draft.insertions = [*others, put_in]
    draft.policies = list(dict.fromkeys([*draft.policies, *entry.edition.policies]))
    keep(uow, letter, draft, text, keyring, chance)
    return await _saved(uow, draft)


async def writable(uow: UnitOfWork, letter: Letter, version: int | None) -> Draft:
    """Return the draft of the unit in charge as it was read, or refuse whoever may not write."""
    draft = await begun(uow, letter)
    if draft.sealed is not None:
        expect(version, draft.version)
    elif version is not None:
        raise StaleVersion(version=draft.version)
    return draft


async def begun(uow: UnitOfWork, letter: Letter) -> Draft:
    """Return the draft of the unit in charge, a fresh one if there is none."""
    advance(letter.state, submitting(letter.state))  # so that what is written can be submitted
    unit = unit_of(letter)
    uow.actor.require(Permission.ANSWER, unit)
    found = await uow.session.get(Draft, (letter.id, unit))
    if found is None:
        return Draft(
            letter_id=letter.id, organization=unit, policies=[], insertions=[], writers=[]
        )
    return found


def keep(
    uow: UnitOfWork, letter: Letter, draft: Draft, text: str, keyring: Keyring, chance: Chance
) -> None:
    """Let a draft say this from now on; whoever saved it had a hand in it."""
    key = letters.key_of(letter, keyring)
    draft.sealed = key.close(chance(NONCE_BYTES), text, "draft")
    draft.writers = list(dict.fromkeys([*draft.writers, uow.actor.id]))
    draft.saved_at, draft.saved_by = uow.now, uow.actor.id
    uow.session.add(draft)


def text_of(letter: Letter, draft: Draft, keyring: Keyring) -> str:
    """Return what a draft says."""
    if draft.sealed is None:
        return ""
    return letters.key_of(letter, keyring).open(draft.sealed, "draft")


def unit_of(letter: Letter) -> str:
    """Return the path of the unit in charge; only a letter nobody dispatched has none."""
    if letter.organization is None:
        raise WrongState(state=letter.state)
    return letter.organization


def _announce_begun(uow: UnitOfWork, letter: Letter, draft: Draft) -> None:
    """Say once that a unit writes; each save would say the same."""
    if draft.sealed is None:
        uow.announce(
            AnswerBegun(
                letter_id=letter.id,
                number=letter.number,
                site_code=letter.site_code,
                organization=draft.organization,
            )
        )


async def _saved(uow: UnitOfWork, draft: Draft) -> SavedDraft:
    await uow.session.flush()
    return SavedDraft.model_validate(draft, from_attributes=True)
