"""What those at a desk of duty may ask."""

from datetime import date
from uuid import UUID

import strawberry

from gateway.arguments import OrganizationCode
from gateway.connection import After, Connection, First, connect
from gateway.context import Info
from gateway.interaction.duty import types as _types
from gateway.problem import find
from shared.contracts.duty import Duty, DutyNow, DutySwap, HandoverNote, OpenedDuty, SwapState
from shared.contracts.rostering import (
    DutyAbsence,
    DutyDesk,
    DutyMember,
    DutyRoster,
    RosterState,
)

# Their contracts become GraphQL types when they are imported.
TYPES = (_types,)


@strawberry.type
class DutyQuery:
    """Desks, their registers and rosters, and who is on duty."""

    @strawberry.field(description="The desks the reader may know of.")
    async def duty_desks(
        self, info: Info, first: First = 20, after: After = None
    ) -> Connection[DutyDesk]:
        """Return a page of desks."""
        return connect(await info.context.interaction.duty_desks(first, after), after)

    @strawberry.field(description="Who is on duty at an organization at this moment.")
    async def duty_now(self, info: Info, organization: OrganizationCode) -> DutyNow | None:
        """Return how a desk stands, if the reader may know of it."""
        return await find(info.context.interaction.duty_now(organization))

    @strawberry.field(description="A desk's register, with those who left.")
    async def duty_members(
        self, info: Info, organization: OrganizationCode, first: First = 20, after: After = None
    ) -> Connection[DutyMember] | None:
        """Return a page of members."""
        page = await find(info.context.interaction.duty_members(organization, first, after))
        return None if page is None else connect(page, after)

    @strawberry.field(description="The absences at a desk: all to its keepers, else one's own.")
    async def duty_absences(
        self, info: Info, organization: OrganizationCode, first: First = 20, after: After = None
    ) -> Connection[DutyAbsence] | None:
        """Return a page of absences."""
        page = await find(info.context.interaction.duty_absences(organization, first, after))
        return None if page is None else connect(page, after)

    @strawberry.field(description="A desk's rosters; drafts to its keepers alone.")
    async def duty_rosters(
        self,
        info: Info,
        organization: OrganizationCode,
        state: RosterState | None = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[DutyRoster] | None:
        """Return a page of rosters."""
        page = await find(info.context.interaction.duty_rosters(organization, state, first, after))
        return None if page is None else connect(page, after)

    @strawberry.field(description="One roster with its days, shares and gaps.")
    async def duty_roster(self, info: Info, id: UUID) -> DutyRoster | None:
        """Return a roster, if the reader may see it."""
        return await find(info.context.interaction.duty_roster(id))

    @strawberry.field(description="A desk's published days in their order.")
    async def duties(
        self,
        info: Info,
        organization: OrganizationCode,
        since: date | None = None,
        until: date | None = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[Duty] | None:
        """Return a page of days."""
        page = await find(
            info.context.interaction.duties(organization, since, until, first, after)
        )
        return None if page is None else connect(page, after)

    @strawberry.field(description="The days that the reader has, at whatever desks.")
    async def my_duties(
        self,
        info: Info,
        since: date | None = None,
        until: date | None = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[Duty]:
        """Return a page of the reader's own days."""
        page = await info.context.interaction.my_duties(since, until, first, after)
        return connect(page, after)

    @strawberry.field(description="One day with all that happened to it.")
    async def duty(self, info: Info, id: UUID) -> OpenedDuty | None:
        """Return a day, if the reader may know of it."""
        return await find(info.context.interaction.duty(id))

    @strawberry.field(description="A desk's swaps: all to its keepers, else one's own.")
    async def duty_swaps(
        self,
        info: Info,
        organization: OrganizationCode,
        state: SwapState | None = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[DutySwap] | None:
        """Return a page of swaps."""
        page = await find(info.context.interaction.duty_swaps(organization, state, first, after))
        return None if page is None else connect(page, after)

    @strawberry.field(
        description="A desk's hand-over notes, to those on its register; reading is announced."
    )
    async def handover_notes(
        self, info: Info, organization: OrganizationCode, first: First = 20, after: After = None
    ) -> Connection[HandoverNote] | None:
        """Return a page of notes."""
        page = await find(info.context.interaction.handover_notes(organization, first, after))
        return None if page is None else connect(page, after)
