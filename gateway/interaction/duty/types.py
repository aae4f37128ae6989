"""Duty's contracts as GraphQL types."""

import strawberry

from shared.contracts import duty, rostering

for plain in (
    duty.Duty,
    duty.DutyChange,
    duty.OpenedDuty,
    duty.DutyLeader,
    duty.OnDuty,
    duty.DutyNow,
    duty.DutySwap,
    duty.HandoverNote,
    rostering.DutyDesk,
    rostering.DutyMember,
    rostering.DutyAbsence,
    rostering.RosterDay,
    rostering.RosterShare,
    rostering.DutyRoster,
):
    strawberry.pydantic.type(plain, description=plain.__doc__)
