"""What is done about people, their posts and logins, and about programs and their keys."""

from typing import Annotated
from uuid import UUID

import strawberry

from gateway.content.staff.types import Client
from gateway.context import Info
from gateway.problem import Problem
from shared.contracts import admitting
from shared.contracts.staff import (
    ClientKey,
    Delegation,
    IssuedKey,
    PersonView,
    PostView,
    SessionView,
)

for plain in (
    admitting.NewPerson,
    admitting.NewPassword,
    admitting.Identity,
    admitting.NewPost,
    admitting.NewDelegation,
    admitting.NewClient,
    admitting.NewKey,
):
    strawberry.pydantic.input(plain, name=f"{plain.__name__}Input", description=plain.__doc__)

SessionOrProblem = Annotated[SessionView | Problem, strawberry.union("SessionOrProblem")]
PersonOrProblem = Annotated[PersonView | Problem, strawberry.union("PersonOrProblem")]
PostOrProblem = Annotated[PostView | Problem, strawberry.union("PostOrProblem")]
DelegationOrProblem = Annotated[Delegation | Problem, strawberry.union("DelegationOrProblem")]
AdmittedOrProblem = Annotated[
    admitting.ClientView | Problem, strawberry.union("AdmittedClientOrProblem")
]
ClientOrProblem = Annotated[Client | Problem, strawberry.union("ClientOrProblem")]
IssuedKeyOrProblem = Annotated[IssuedKey | Problem, strawberry.union("IssuedKeyOrProblem")]
ClientKeyOrProblem = Annotated[ClientKey | Problem, strawberry.union("ClientKeyOrProblem")]


@strawberry.type
class StaffMutation:
    """Admitting people and programs, filling posts, and taking credentials away."""

    @strawberry.mutation(description="End a login; it gets no more tokens.")
    async def end_session(self, info: Info, id: UUID) -> SessionOrProblem:
        """End a session."""
        return await info.context.content.end_session(id)

    @strawberry.mutation(description="Let a person join an organization.")
    async def admit_person(self, info: Info, input: admitting.NewPerson) -> PersonOrProblem:
        """Admit a person."""
        return await info.context.content.admit_person(input)

    @strawberry.mutation(description="Keep a person out; their sessions end at once.")
    async def deactivate_person(self, info: Info, id: UUID, version: int) -> PersonOrProblem:
        """Deactivate a person."""
        return await info.context.content.deactivate_person(id, version)

    @strawberry.mutation(description="Let a barred person log in again, with the posts they hold.")
    async def reactivate_person(self, info: Info, id: UUID, version: int) -> PersonOrProblem:
        """Reactivate a person."""
        return await info.context.content.reactivate_person(id, version)

    @strawberry.mutation(
        description="Set a password for somebody who lost theirs; their sessions end."
    )
    async def reset_password(
        self, info: Info, id: UUID, version: int, input: admitting.NewPassword
    ) -> PersonOrProblem:
        """Reset a password."""
        return await info.context.content.reset_password(id, input, version)

    @strawberry.mutation(description="Let a person log in as whom a trusted issuer knows them.")
    async def link_identity(
        self, info: Info, id: UUID, version: int, input: admitting.Identity
    ) -> PersonOrProblem:
        """Link an outside identity."""
        return await info.context.content.link_identity(id, input, version)

    @strawberry.mutation(description="Let a person no longer log in through an outside issuer.")
    async def unlink_identity(self, info: Info, id: UUID, version: int) -> PersonOrProblem:
        """Unlink an outside identity."""
        return await info.context.content.unlink_identity(id, version)

    @strawberry.mutation(description="Let a person take up a post.")
    async def fill_post(self, info: Info, input: admitting.NewPost) -> PostOrProblem:
        """Fill a post."""
        return await info.context.content.fill_post(input)

    @strawberry.mutation(description="Let a person leave a post.")
    async def vacate_post(self, info: Info, id: UUID) -> PostOrProblem:
        """Vacate a post."""
        return await info.context.content.vacate_post(id)

    @strawberry.mutation(description="Lend a post to a colleague for a time.")
    async def delegate_post(
        self, info: Info, input: admitting.NewDelegation
    ) -> DelegationOrProblem:
        """Delegate a post."""
        return await info.context.content.delegate_post(input)

    @strawberry.mutation(description="End a delegation before its time.")
    async def end_delegation(self, info: Info, id: UUID) -> DelegationOrProblem:
        """End a delegation."""
        return await info.context.content.end_delegation(id)

    @strawberry.mutation(description="Let a program act, with a first key shown this once.")
    async def admit_client(self, info: Info, input: admitting.NewClient) -> AdmittedOrProblem:
        """Admit a program."""
        return await info.context.content.admit_client(input)

    @strawberry.mutation(description="Let a program get no token any more, with whichever key.")
    async def revoke_client(self, info: Info, id: UUID) -> ClientOrProblem:
        """Revoke a program."""
        return await info.context.content.revoke_client(id)

    @strawberry.mutation(description="Give a program a further key, shown this once.")
    async def issue_key(
        self, info: Info, client_id: UUID, input: admitting.NewKey
    ) -> IssuedKeyOrProblem:
        """Issue a key."""
        return await info.context.content.issue_key(client_id, input)

    @strawberry.mutation(description="Let one key get no token any more.")
    async def revoke_key(self, info: Info, client_id: UUID, key_id: UUID) -> ClientKeyOrProblem:
        """Revoke a key."""
        return await info.context.content.revoke_key(client_id, key_id)
