"""Giving letters to those who are to answer them."""

from uuid import UUID

from services.interaction.group import queries as group
from services.interaction.group.line import in_line
from services.interaction.mailbox.clocks import commands as clocks
from services.interaction.mailbox.letters import queries as letters
from services.interaction.mailbox.letters.handling import Act, advance
from services.interaction.mailbox.letters.models import Letter, Step
from services.interaction.mailbox.sorting.line import OutsideLine
from shared.auth import Permission
from shared.contracts.letter_clocks import LetterClockStep
from shared.contracts.letters import LetterStep
from shared.contracts.sorting import LetterDispatched
from shared.problem import Fault, Invalid
from shared.uow import UnitOfWork


async def dispatch(uow: UnitOfWork, letter_id: UUID, unit_code: str, *, version: int) -> Letter:
    """Give a letter to the unit that must answer it; its number and due date stay."""
    letter = await letters.locked(uow, letter_id, version)
    uow.actor.require(Permission.DISPATCH, letter.sponsoring)
    state = advance(letter.state, Act.DISPATCH)
    unit = await group.organization(uow.session, unit_code)
    if unit is None:
        raise Invalid([Fault("/organization", "unknown", "没有这个单位。")])
    line = await group.governing(uow.session, letter.sponsoring)
    if not in_line(unit.path, letter.sponsoring, line):
        raise OutsideLine
    letter.state = state
    letter.organization, letter.organization_name = unit.path, unit.name
    letter.dispatched_at = uow.now
    await clocks.meet(uow, letter, LetterClockStep.ACCEPT)
    uow.session.add(Step.of(letter, LetterStep.DISPATCHED, uow.now))
    uow.announce(
        LetterDispatched(
            letter_id=letter.id,
            number=letter.number,
            site_code=letter.site_code,
            organization=unit.path,
            due_on=letter.due_on,
            due_provisional=letter.due_provisional,
        )
    )
    return letter
