"""The answer library, one method for each thing the schema asks of it."""

from dataclasses import dataclass
from uuid import UUID

from gateway.upstream import Upstream
from shared.contracts.answer_library import (
    EntryReview,
    EntryText,
    LibraryCitation,
    LibraryEdition,
    LibraryEntry,
    NewEntry,
    Retirement,
)
from shared.contracts.page import Page


@dataclass(frozen=True)
class LibraryClient:
    """The answer library on behalf of one reader."""

    upstream: Upstream

    async def library_entries(
        self, phrase: str | None, matter: str | None, first: int, after: str | None
    ) -> Page[LibraryEntry]:
        """Return a page of the entries the reader may use today."""
        return await self.upstream.get(
            Page[LibraryEntry],
            "/v1/library-entries",
            q=phrase,
            matter=matter,
            first=first,
            after=after,
        )

    async def library_entry(self, entry_id: UUID) -> LibraryEntry:
        """Return an entry with the text it is used by."""
        return await self.upstream.get(LibraryEntry, f"/v1/library-entries/{entry_id}")

    async def library_editions(
        self, entry_id: UUID | None, first: int, after: str | None, *, waiting: bool | None
    ) -> Page[LibraryEdition]:
        """Return a page of the texts of the reader's own units."""
        return await self.upstream.get(
            Page[LibraryEdition],
            "/v1/library-editions",
            entry_id=entry_id,
            waiting=waiting,
            first=first,
            after=after,
        )

    async def library_citations(
        self, entry_id: UUID | None, first: int, after: str | None, *, outdated: bool | None
    ) -> Page[LibraryCitation]:
        """Return a page of the answers that say something of the library."""
        return await self.upstream.get(
            Page[LibraryCitation],
            "/v1/library-citations",
            entry_id=entry_id,
            outdated=outdated,
            first=first,
            after=after,
        )

    async def write_library_entry(self, new: NewEntry) -> LibraryEntry:
        """Begin an entry."""
        return await self.upstream.post(LibraryEntry, "/v1/library-entries", new)

    async def rewrite_library_entry(
        self, entry_id: UUID, text: EntryText, version: int
    ) -> LibraryEntry:
        """Write an entry anew."""
        path = f"/v1/library-entries/{entry_id}"
        return await self.upstream.post(LibraryEntry, path, text, version=version, method="PUT")

    async def review_library_entry(
        self, entry_id: UUID, review: EntryReview, version: int
    ) -> LibraryEntry:
        """Let an edition be used, or give it back."""
        path = f"/v1/library-entries/{entry_id}/review"
        return await self.upstream.post(LibraryEntry, path, review, version=version)

    async def retire_library_entry(
        self, entry_id: UUID, why: Retirement, version: int
    ) -> LibraryEntry:
        """Let an entry be used no more."""
        path = f"/v1/library-entries/{entry_id}/retirement"
        return await self.upstream.post(LibraryEntry, path, why, version=version)
