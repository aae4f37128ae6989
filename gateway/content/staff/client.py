"""Staff, one method for each thing the schema asks of them."""

from dataclasses import dataclass
from uuid import UUID

from gateway.content.staff.types import Client
from gateway.upstream import Upstream
from shared.contracts import admitting
from shared.contracts.page import Page
from shared.contracts.staff import (
    ClientKey,
    Delegation,
    IssuedKey,
    PersonView,
    PostKind,
    PostView,
    SessionView,
    Vacancy,
    Viewer,
)


@dataclass(frozen=True)
class StaffClient:
    """Who works where, and with which credentials, on behalf of one reader."""

    upstream: Upstream

    async def viewer(self) -> Viewer:
        """Return who the token speaks for."""
        return await self.upstream.get(Viewer, "/v1/viewer")

    async def sessions(
        self, person_id: UUID | None, first: int, after: str | None
    ) -> Page[SessionView]:
        """Return a page of logins, the reader's own unless a person is named."""
        return await self.upstream.get(
            Page[SessionView], "/v1/sessions", person_id=person_id, first=first, after=after
        )

    async def end_session(self, session_id: UUID) -> SessionView:
        """End a login before its time."""
        path = f"/v1/sessions/{session_id}"
        return await self.upstream.post(SessionView, path, method="DELETE")

    async def person(self, person_id: UUID) -> PersonView:
        """Return a person."""
        return await self.upstream.get(PersonView, f"/v1/people/{person_id}")

    async def people(
        self, organization: str | None, first: int, after: str | None, *, active: bool | None
    ) -> Page[PersonView]:
        """Return a page of the people the reader administers."""
        return await self.upstream.get(
            Page[PersonView],
            "/v1/people",
            organization=organization,
            active=active,
            first=first,
            after=after,
        )

    async def admit_person(self, new: admitting.NewPerson) -> PersonView:
        """Let a person join an organization."""
        return await self.upstream.post(PersonView, "/v1/people", new)

    async def deactivate_person(self, person_id: UUID, version: int) -> PersonView:
        """Keep a person out."""
        path = f"/v1/people/{person_id}/deactivation"
        return await self.upstream.post(PersonView, path, version=version)

    async def reactivate_person(self, person_id: UUID, version: int) -> PersonView:
        """Let a barred person log in again."""
        path = f"/v1/people/{person_id}/reactivation"
        return await self.upstream.post(PersonView, path, version=version)

    async def reset_password(
        self, person_id: UUID, new: admitting.NewPassword, version: int
    ) -> PersonView:
        """Set a password for somebody who lost theirs."""
        path = f"/v1/people/{person_id}/password"
        return await self.upstream.post(PersonView, path, new, version=version, method="PUT")

    async def link_identity(
        self, person_id: UUID, identity: admitting.Identity, version: int
    ) -> PersonView:
        """Let a person log in as whom an outside issuer knows them."""
        path = f"/v1/people/{person_id}/identity"
        return await self.upstream.post(PersonView, path, identity, version=version, method="PUT")

    async def unlink_identity(self, person_id: UUID, version: int) -> PersonView:
        """Let a person no longer log in through an outside issuer."""
        path = f"/v1/people/{person_id}/identity"
        return await self.upstream.post(PersonView, path, version=version, method="DELETE")

    async def posts(
        self, organization: str | None, kind: PostKind | None, first: int, after: str | None
    ) -> Page[PostView]:
        """Return a page of filled posts."""
        return await self.upstream.get(
            Page[PostView],
            "/v1/posts",
            organization=organization,
            kind=kind,
            first=first,
            after=after,
        )

    async def fill_post(self, new: admitting.NewPost) -> PostView:
        """Let a person take up a post."""
        return await self.upstream.post(PostView, "/v1/posts", new)

    async def vacate_post(self, post_id: UUID) -> PostView:
        """Let a person leave a post."""
        return await self.upstream.post(PostView, f"/v1/posts/{post_id}", method="DELETE")

    async def vacancies(self, first: int, after: str | None) -> Page[Vacancy]:
        """Return a page of organizations whose required posts nobody holds."""
        return await self.upstream.get(Page[Vacancy], "/v1/vacancies", first=first, after=after)

    async def delegations(self, first: int, after: str | None) -> Page[Delegation]:
        """Return a page of posts lent for a time."""
        path = "/v1/delegations"
        return await self.upstream.get(Page[Delegation], path, first=first, after=after)

    async def delegate_post(self, new: admitting.NewDelegation) -> Delegation:
        """Lend a post to a colleague for a time."""
        return await self.upstream.post(Delegation, "/v1/delegations", new)

    async def end_delegation(self, delegation_id: UUID) -> Delegation:
        """End a delegation before its time."""
        path = f"/v1/delegations/{delegation_id}"
        return await self.upstream.post(Delegation, path, method="DELETE")

    async def programs(self, first: int, after: str | None) -> Page[Client]:
        """Return a page of programs."""
        return await self.upstream.get(Page[Client], "/v1/clients", first=first, after=after)

    async def admit_client(self, new: admitting.NewClient) -> admitting.ClientView:
        """Let a program act, with a first key."""
        return await self.upstream.post(admitting.ClientView, "/v1/clients", new)

    async def revoke_client(self, client_id: UUID) -> Client:
        """Let a program get no token any more."""
        return await self.upstream.post(Client, f"/v1/clients/{client_id}", method="DELETE")

    async def keys_of(self, client_id: UUID, first: int, after: str | None) -> Page[ClientKey]:
        """Return a page of a program's keys."""
        path = f"/v1/clients/{client_id}/keys"
        return await self.upstream.get(Page[ClientKey], path, first=first, after=after)

    async def issue_key(self, client_id: UUID, new: admitting.NewKey) -> IssuedKey:
        """Give a program a further key."""
        return await self.upstream.post(IssuedKey, f"/v1/clients/{client_id}/keys", new)

    async def revoke_key(self, client_id: UUID, key_id: UUID) -> ClientKey:
        """Let one key get no token any more."""
        path = f"/v1/clients/{client_id}/keys/{key_id}"
        return await self.upstream.post(ClientKey, path, method="DELETE")
