"""Keeping the answer library."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import func, select, update

from services.interaction.group import queries as group
from services.interaction.mailbox.letters.words import words
from services.interaction.mailbox.library import queries
from services.interaction.mailbox.library.editions import (
    EditionChanged,
    Retired,
    decide,
    faults,
)
from services.interaction.mailbox.library.models import LibraryEdition, LibraryEntry
from shared.auth import Permission
from shared.business_day import business_date
from shared.contracts.answer_library import (
    EntryApproved,
    EntryRetired,
    EntryReturned,
    EntryReview,
    EntryText,
    EntryWritten,
    LibraryEntryState,
    NewEntry,
)
from shared.contracts.content import Verdict
from shared.problem import Fault, Invalid, NotFound
from shared.uow import UnitOfWork, expect


async def write_entry(uow: UnitOfWork, new: NewEntry) -> LibraryEntry:
    """Begin an entry of a unit's library; it is of use once its first text was approved."""
    unit = await group.organization(uow.session, new.organization)
    if unit is None:
        raise Invalid([Fault("/organization", "unknown", "没有这个单位。")])
    uow.actor.require(Permission.ANSWER, unit.path)
    entry = LibraryEntry(organization=unit.path, organization_name=unit.name)
    uow.session.add(entry)
    await _write_edition(uow, entry, new)
    return await _shown(uow, entry)


async def rewrite_entry(
    uow: UnitOfWork, entry_id: UUID, text: EntryText, *, version: int
) -> LibraryEntry:
    """Write an entry anew; the text approved last is used until this one is."""
    entry = await _locked(uow, entry_id, version)
    uow.actor.require(Permission.ANSWER, entry.organization)
    await _write_edition(uow, entry, text)
    return await _shown(uow, entry)


async def review_entry(
    uow: UnitOfWork, entry_id: UUID, review: EntryReview, *, version: int
) -> LibraryEntry:
    """Let an edition be used from now on, or give it back."""
    entry = await _locked(uow, entry_id, version)
    uow.actor.require(Permission.REVIEW_ANSWER, entry.organization)
    edition = await uow.session.get_one(LibraryEdition, (entry.id, entry.editions))
    if review.edition != edition.number or edition.verdict is not None:
        raise EditionChanged
    decide(
        author=edition.author,
        reviewer=uow.actor.id,
        verdict=review.verdict,
        reason=review.reason,
    )
    edition.verdict, edition.reason = review.verdict, review.reason
    edition.reviewer, edition.decided_at = uow.actor.id, uow.now
    said = {"entry_id": entry.id, "organization": entry.organization, "edition": edition.number}
    if review.verdict is Verdict.APPROVE:
        entry.state, entry.edition_in_use = LibraryEntryState.IN_USE, edition.number
        uow.announce(EntryApproved(**said))
    else:
        uow.announce(EntryReturned(**said))
    return await _shown(uow, entry)


async def retire_entry(
    uow: UnitOfWork, entry_id: UUID, reason: str, *, version: int
) -> LibraryEntry:
    """Let an entry be used no more; what cites it is found."""
    entry = await _locked(uow, entry_id, version)
    uow.actor.require(Permission.REVIEW_ANSWER, entry.organization)
    entry.state, entry.retired_reason = LibraryEntryState.RETIRED, reason
    uow.announce(
        EntryRetired(
            entry_id=entry.id, organization=entry.organization, edition=entry.edition_in_use
        )
    )
    return await _shown(uow, entry)


async def count_uses(uow: UnitOfWork, entries: Collection[UUID]) -> None:
    """Count that an answer with something of these entries reached its writer."""
    used = update(LibraryEntry).where(LibraryEntry.id.in_(entries))
    await uow.session.execute(used.values(uses=LibraryEntry.uses + 1))


async def _locked(uow: UnitOfWork, entry_id: UUID, version: int) -> LibraryEntry:
    question = (
        select(LibraryEntry)
        .where(LibraryEntry.id == entry_id, queries.usable_by(uow.actor))
        .with_for_update()
    )
    entry = await uow.session.scalar(question)
    if entry is None:
        raise NotFound
    expect(version, entry.version)
    if entry.state is LibraryEntryState.RETIRED:
        raise Retired
    return entry


async def _write_edition(uow: UnitOfWork, entry: LibraryEntry, text: EntryText) -> None:
    if found := list(faults(f"{text.title}\n{text.text}")):
        raise Invalid(found)
    entry.editions = (entry.editions or 0) + 1
    await uow.session.flush()
    searched = " ".join(words("\n".join((text.title, text.text, *text.keywords))))
    edition = LibraryEdition(
        entry_id=entry.id,
        number=entry.editions,
        **text.model_dump(include={"title", "text", "keywords", "matter", "valid_until"}),
        policies=[str(policy) for policy in text.policies],
        valid_from=text.valid_from or business_date(uow.now),
        author=uow.actor.id,
        written_at=uow.now,
        words=func.to_tsvector("simple", searched),
    )
    uow.session.add(edition)
    uow.announce(
        EntryWritten(entry_id=entry.id, organization=entry.organization, edition=edition.number)
    )


async def _shown(uow: UnitOfWork, entry: LibraryEntry) -> LibraryEntry:
    await uow.session.flush()
    await uow.session.refresh(entry, ["edition"])
    return entry
