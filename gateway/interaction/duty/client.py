"""Duty, one method for each thing the schema asks of it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from gateway.upstream import Upstream, segment
from shared.contracts.duty import Duty, DutyNow, DutySwap, HandoverNote, OpenedDuty, SwapState
from shared.contracts.page import Page
from shared.contracts.rostering import (
    AbsentDays,
    Cover,
    DutyAbsence,
    DutyDesk,
    DutyMember,
    DutyMemberTerms,
    DutyRoster,
    NewDutyMember,
    NewHandoverNote,
    RosterChoice,
    RosterPeriod,
    RosterState,
    SignOff,
    SwapWish,
)


@dataclass(frozen=True)
class DutyClient:
    """Duty on behalf of one reader."""

    upstream: Upstream

    async def duty_desks(self, first: int, after: str | None) -> Page[DutyDesk]:
        """Return a page of desks."""
        return await self.upstream.get(Page[DutyDesk], "/v1/duty-desks", first=first, after=after)

    async def duty_members(
        self, organization: str, first: int, after: str | None
    ) -> Page[DutyMember]:
        """Return a page of a desk's register."""
        path = f"/v1/duty-desks/{segment(organization)}/members"
        return await self.upstream.get(Page[DutyMember], path, first=first, after=after)

    async def enrol_duty_member(self, organization: str, new: NewDutyMember) -> DutyMember:
        """Put a person on a register."""
        path = f"/v1/duty-desks/{segment(organization)}/members"
        return await self.upstream.post(DutyMember, path, new)

    async def change_duty_member(
        self, member_id: UUID, terms: DutyMemberTerms, version: int
    ) -> DutyMember:
        """Say otherwise what a member is called and does."""
        path = f"/v1/duty-members/{member_id}"
        return await self.upstream.post(DutyMember, path, terms, version=version, method="PUT")

    async def leave_duty(self, member_id: UUID, version: int) -> DutyMember:
        """Let a member leave the register."""
        path = f"/v1/duty-members/{member_id}/leaving"
        return await self.upstream.post(DutyMember, path, version=version)

    async def duty_absences(
        self, organization: str, first: int, after: str | None
    ) -> Page[DutyAbsence]:
        """Return a page of the absences at a desk."""
        path = f"/v1/duty-desks/{segment(organization)}/absences"
        return await self.upstream.get(Page[DutyAbsence], path, first=first, after=after)

    async def record_duty_absence(self, member_id: UUID, days: AbsentDays) -> DutyAbsence:
        """Note that a member will be away."""
        path = f"/v1/duty-members/{member_id}/absences"
        return await self.upstream.post(DutyAbsence, path, days)

    async def withdraw_duty_absence(self, absence_id: UUID, version: int) -> DutyAbsence:
        """Note that a member is there after all."""
        path = f"/v1/duty-absences/{absence_id}/withdrawal"
        return await self.upstream.post(DutyAbsence, path, version=version)

    async def duty_rosters(
        self, organization: str, state: RosterState | None, first: int, after: str | None
    ) -> Page[DutyRoster]:
        """Return a page of a desk's rosters."""
        path = f"/v1/duty-desks/{segment(organization)}/rosters"
        return await self.upstream.get(
            Page[DutyRoster], path, state=state, first=first, after=after
        )

    async def duty_roster(self, roster_id: UUID) -> DutyRoster:
        """Return a roster."""
        return await self.upstream.get(DutyRoster, f"/v1/duty-rosters/{roster_id}")

    async def draft_duty_roster(self, organization: str, period: RosterPeriod) -> DutyRoster:
        """Share out the working days of some time."""
        path = f"/v1/duty-desks/{segment(organization)}/rosters"
        return await self.upstream.post(DutyRoster, path, period)

    async def give_roster_day(
        self, roster_id: UUID, on: date, choice: RosterChoice, version: int
    ) -> DutyRoster:
        """Let a draft give a day to somebody else."""
        path = f"/v1/duty-rosters/{roster_id}/days/{on}"
        return await self.upstream.post(DutyRoster, path, choice, version=version, method="PUT")

    async def publish_duty_roster(self, roster_id: UUID, version: int) -> DutyRoster:
        """Let a draft hold."""
        path = f"/v1/duty-rosters/{roster_id}/publication"
        return await self.upstream.post(DutyRoster, path, version=version)

    async def discard_duty_roster(self, roster_id: UUID, version: int) -> DutyRoster:
        """Give a draft up."""
        path = f"/v1/duty-rosters/{roster_id}/discard"
        return await self.upstream.post(DutyRoster, path, version=version)

    async def duty_now(self, organization: str) -> DutyNow:
        """Return how a desk stands at this moment."""
        return await self.upstream.get(DutyNow, f"/v1/duty-desks/{segment(organization)}/now")

    async def duties(
        self,
        organization: str,
        since: date | None,
        until: date | None,
        first: int,
        after: str | None,
    ) -> Page[Duty]:
        """Return a page of a desk's days."""
        path = f"/v1/duty-desks/{segment(organization)}/duties"
        return await self.upstream.get(
            Page[Duty], path, since=since, until=until, first=first, after=after
        )

    async def my_duties(
        self, since: date | None, until: date | None, first: int, after: str | None
    ) -> Page[Duty]:
        """Return a page of the reader's own days."""
        return await self.upstream.get(
            Page[Duty], "/v1/my-duties", since=since, until=until, first=first, after=after
        )

    async def duty(self, duty_id: UUID) -> OpenedDuty:
        """Return a day with all that happened to it."""
        return await self.upstream.get(OpenedDuty, f"/v1/duties/{duty_id}")

    async def cover_duty(self, duty_id: UUID, by: Cover, version: int) -> Duty:
        """Let somebody take a day over at once."""
        path = f"/v1/duties/{duty_id}/cover"
        return await self.upstream.post(Duty, path, by, version=version)

    async def sign_on(self, duty_id: UUID, version: int) -> Duty:
        """Be on duty from this moment on."""
        path = f"/v1/duties/{duty_id}/sign-on"
        return await self.upstream.post(Duty, path, version=version)

    async def sign_off(self, duty_id: UUID, end: SignOff, version: int) -> Duty:
        """End one's day."""
        path = f"/v1/duties/{duty_id}/sign-off"
        return await self.upstream.post(Duty, path, end, version=version)

    async def leave_handover_note(self, duty_id: UUID, new: NewHandoverNote, version: int) -> Duty:
        """Leave something for whoever is on duty next."""
        path = f"/v1/duties/{duty_id}/notes"
        return await self.upstream.post(Duty, path, new, version=version)

    async def handover_notes(
        self, organization: str, first: int, after: str | None
    ) -> Page[HandoverNote]:
        """Return a page of a desk's hand-over notes."""
        path = f"/v1/duty-desks/{segment(organization)}/notes"
        return await self.upstream.get(Page[HandoverNote], path, first=first, after=after)

    async def ask_for_swap(self, duty_id: UUID, wish: SwapWish, version: int) -> DutySwap:
        """Ask another member to take one's day."""
        path = f"/v1/duties/{duty_id}/swaps"
        return await self.upstream.post(DutySwap, path, wish, version=version)

    async def duty_swaps(
        self, organization: str, state: SwapState | None, first: int, after: str | None
    ) -> Page[DutySwap]:
        """Return a page of a desk's swaps."""
        path = f"/v1/duty-desks/{segment(organization)}/swaps"
        return await self.upstream.get(Page[DutySwap], path, state=state, first=first, after=after)

    async def accept_swap(self, swap_id: UUID, version: int) -> DutySwap:
        """Take the day one was asked to take."""
        path = f"/v1/duty-swaps/{swap_id}/acceptance"
        return await self.upstream.post(DutySwap, path, version=version)

    async def refuse_swap(self, swap_id: UUID, version: int) -> DutySwap:
        """Decline to take it."""
        path = f"/v1/duty-swaps/{swap_id}/refusal"
        return await self.upstream.post(DutySwap, path, version=version)

    async def withdraw_swap(self, swap_id: UUID, version: int) -> DutySwap:
        """Ask no longer."""
        path = f"/v1/duty-swaps/{swap_id}/withdrawal"
        return await self.upstream.post(DutySwap, path, version=version)
