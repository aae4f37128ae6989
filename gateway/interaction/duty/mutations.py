"""What those at a desk of duty do."""

from datetime import date
from typing import Annotated
from uuid import UUID

import strawberry

from gateway.arguments import OrganizationCode
from gateway.context import Info
from gateway.problem import Problem
from shared.contracts.duty import Duty, DutySwap
from shared.contracts.rostering import (
    AbsentDays,
    Cover,
    DutyAbsence,
    DutyMember,
    DutyMemberTerms,
    DutyRoster,
    NewDutyMember,
    NewHandoverNote,
    RosterChoice,
    RosterPeriod,
    SignOff,
    SwapWish,
)

for plain in (DutyMemberTerms, NewDutyMember, AbsentDays, RosterPeriod, RosterChoice, SwapWish):
    strawberry.pydantic.input(plain, name=f"{plain.__name__}Input", description=plain.__doc__)
strawberry.pydantic.input(Cover, name="DutyCoverInput", description=Cover.__doc__)
strawberry.pydantic.input(SignOff, name="DutySignOffInput", description=SignOff.__doc__)
strawberry.pydantic.input(
    NewHandoverNote, name="HandoverNoteInput", description=NewHandoverNote.__doc__
)

DutyMemberOrProblem = Annotated[DutyMember | Problem, strawberry.union("DutyMemberOrProblem")]
DutyAbsenceOrProblem = Annotated[DutyAbsence | Problem, strawberry.union("DutyAbsenceOrProblem")]
DutyRosterOrProblem = Annotated[DutyRoster | Problem, strawberry.union("DutyRosterOrProblem")]
DutyOrProblem = Annotated[Duty | Problem, strawberry.union("DutyOrProblem")]
DutySwapOrProblem = Annotated[DutySwap | Problem, strawberry.union("DutySwapOrProblem")]


@strawberry.type
class DutyMutation:
    """Keeping registers and rosters, and being on duty."""

    @strawberry.mutation(description="Put a person on a register; the first one opens the desk.")
    async def enrol_duty_member(
        self, info: Info, organization: OrganizationCode, input: NewDutyMember
    ) -> DutyMemberOrProblem:
        """Enrol a person."""
        return await info.context.interaction.enrol_duty_member(organization, input)

    @strawberry.mutation(description="Say otherwise what a member is called and does.")
    async def change_duty_member(
        self, info: Info, id: UUID, version: int, input: DutyMemberTerms
    ) -> DutyMemberOrProblem:
        """Change a member."""
        return await info.context.interaction.change_duty_member(id, input, version)

    @strawberry.mutation(description="Let a member leave; the days they had are vacant.")
    async def leave_duty(self, info: Info, id: UUID, version: int) -> DutyMemberOrProblem:
        """Let a member leave the register."""
        return await info.context.interaction.leave_duty(id, version)

    @strawberry.mutation(description="Note that a member will be away.")
    async def record_duty_absence(
        self, info: Info, member_id: UUID, input: AbsentDays
    ) -> DutyAbsenceOrProblem:
        """Record an absence."""
        return await info.context.interaction.record_duty_absence(member_id, input)

    @strawberry.mutation(description="Note that a member is there after all.")
    async def withdraw_duty_absence(
        self, info: Info, id: UUID, version: int
    ) -> DutyAbsenceOrProblem:
        """Withdraw an absence."""
        return await info.context.interaction.withdraw_duty_absence(id, version)

    @strawberry.mutation(description="Share out working days among those who can take them.")
    async def draft_duty_roster(
        self, info: Info, organization: OrganizationCode, input: RosterPeriod
    ) -> DutyRosterOrProblem:
        """Draft a roster."""
        return await info.context.interaction.draft_duty_roster(organization, input)

    @strawberry.mutation(description="Let a draft give a day to somebody else, or to nobody.")
    async def give_roster_day(
        self, info: Info, roster_id: UUID, on: date, version: int, input: RosterChoice
    ) -> DutyRosterOrProblem:
        """Change a day of a draft."""
        return await info.context.interaction.give_roster_day(roster_id, on, input, version)

    @strawberry.mutation(description="Let a draft hold; what it rests on must not have changed.")
    async def publish_duty_roster(self, info: Info, id: UUID, version: int) -> DutyRosterOrProblem:
        """Publish a roster."""
        return await info.context.interaction.publish_duty_roster(id, version)

    @strawberry.mutation(description="Give a draft up.")
    async def discard_duty_roster(self, info: Info, id: UUID, version: int) -> DutyRosterOrProblem:
        """Discard a draft."""
        return await info.context.interaction.discard_duty_roster(id, version)

    @strawberry.mutation(description="Let somebody take a day over at once.")
    async def cover_duty(self, info: Info, id: UUID, version: int, input: Cover) -> DutyOrProblem:
        """Cover a day."""
        return await info.context.interaction.cover_duty(id, input, version)

    @strawberry.mutation(description="Be on duty from this moment on.")
    async def sign_on(self, info: Info, duty_id: UUID, version: int) -> DutyOrProblem:
        """Sign on."""
        return await info.context.interaction.sign_on(duty_id, version)

    @strawberry.mutation(description="End one's day, with a note for the next if there is need.")
    async def sign_off(
        self, info: Info, duty_id: UUID, version: int, input: SignOff
    ) -> DutyOrProblem:
        """Sign off."""
        return await info.context.interaction.sign_off(duty_id, input, version)

    @strawberry.mutation(description="Leave something for whoever is on duty next.")
    async def leave_handover_note(
        self, info: Info, duty_id: UUID, version: int, input: NewHandoverNote
    ) -> DutyOrProblem:
        """Leave a note."""
        return await info.context.interaction.leave_handover_note(duty_id, input, version)

    @strawberry.mutation(
        description="Ask another member to take one's day, in return for one of theirs or none."
    )
    async def ask_for_swap(
        self, info: Info, duty_id: UUID, version: int, input: SwapWish
    ) -> DutySwapOrProblem:
        """Ask for a swap."""
        return await info.context.interaction.ask_for_swap(duty_id, input, version)

    @strawberry.mutation(description="Take the day one was asked to take.")
    async def accept_swap(self, info: Info, id: UUID, version: int) -> DutySwapOrProblem:
        """Accept a swap."""
        return await info.context.interaction.accept_swap(id, version)

    @strawberry.mutation(description="Decline to take the day one was asked to take.")
    async def refuse_swap(self, info: Info, id: UUID, version: int) -> DutySwapOrProblem:
        """Refuse a swap."""
        return await info.context.interaction.refuse_swap(id, version)

    @strawberry.mutation(description="Ask no longer.")
    async def withdraw_swap(self, info: Info, id: UUID, version: int) -> DutySwapOrProblem:
        """Withdraw a swap."""
        return await info.context.interaction.withdraw_swap(id, version)
