"""Being on duty: signing on, leaving notes for the next, signing off."""

from uuid import UUID

from services.interaction.citizens.sealing import Keyring, WritingKey
from services.interaction.duty.attendance import (
    NotYours,
    check_may_sign_on,
    check_signed_on,
)
from services.interaction.duty.commands import holding
from services.interaction.duty.models import Duty, Member, SealedNote
from services.interaction.duty.queries import days, reaching
from shared.auth import OutsideAuthority
from shared.business_day import business_date
from shared.contracts.duty import (
    DutyChangeKind,
    DutySignedOff,
    DutySignedOn,
    HandoverNote,
    HandoverNoted,
    HandoverNotesRead,
)
from shared.contracts.page import Page
from shared.ids import new_id
from shared.pagination import Asked
from shared.sealing import KEY_BYTES, NONCE_BYTES, Chance
from shared.uow import UnitOfWork


async def sign_on(uow: UnitOfWork, duty_id: UUID, *, version: int) -> Duty:
    """Be on duty from this moment on; late from the moment somebody had to be there."""
    duty, member = await _own(uow, duty_id, version)
    check_may_sign_on(duty.state, duty.on, business_date(uow.now))
    duty.signed_on_at, duty.late = uow.now, uow.now >= duty.sign_on_by
    holding.note(uow, duty, DutyChangeKind.SIGNED_ON, duty.member_id)
    uow.announce(
        DutySignedOn(
            duty_id=duty.id,
            organization=duty.organization,
            on=duty.on,
            person_id=member.person_id,
            late=duty.late,
        )
    )
    return duty


async def sign_off(
    uow: UnitOfWork,
    duty_id: UUID,
    text: str | None,
    keyring: Keyring,
    chance: Chance,
    *,
    version: int,
) -> Duty:
    """End one's day, with a note for the next where there is something to hand on."""
    duty, member = await _own(uow, duty_id, version)
    check_signed_on(duty.state)
    if text is not None:
        _leave_note(uow, duty, member, text, keyring, chance)
    duty.signed_off_at = uow.now
    holding.note(uow, duty, DutyChangeKind.SIGNED_OFF, duty.member_id)
    uow.announce(
        DutySignedOff(
            duty_id=duty.id,
            organization=duty.organization,
            on=duty.on,
            person_id=member.person_id,
        )
    )
    return duty


async def leave_note(
    uow: UnitOfWork,
    duty_id: UUID,
    text: str,
    keyring: Keyring,
    chance: Chance,
    *,
    version: int,
) -> Duty:
    """Leave something for whoever is on duty next, sealed."""
    duty, member = await _own(uow, duty_id, version)
    check_signed_on(duty.state)
    _leave_note(uow, duty, member, text, keyring, chance)
    return duty


async def read_notes(
    uow: UnitOfWork, code: str, keyring: Keyring, asked: Asked
) -> Page[HandoverNote]:
    """Show a desk's notes to those on its register alone, and say that they were read."""
    found = await reaching.standing(uow.session, uow.actor, code)
    if found.member_id is None:
        raise OutsideAuthority
    page = await days.notes(uow.session, found.desk, keyring, asked)
    if page.items:
        uow.announce(
            HandoverNotesRead(
                organization=found.desk.organization,
                notes=tuple(note.id for note in page.items),
            )
        )
    return page


async def _own(uow: UnitOfWork, duty_id: UUID, version: int) -> tuple[Duty, Member]:
    which = reaching.desk_of(Duty.desk_id, Duty.id == duty_id)
    found = await reaching.lock(uow.session, uow.actor, which)
    duty = await holding.day(uow, duty_id, version=version)
    if duty.member is None or duty.member_id != found.member_id:
        raise NotYours
    return duty, duty.member


def _leave_note(
    uow: UnitOfWork, duty: Duty, member: Member, text: str, keyring: Keyring, chance: Chance
) -> None:
    note_id = new_id()
    key = WritingKey(chance(KEY_BYTES), str(note_id))
    wrapped = keyring.wrap(key, chance(NONCE_BYTES))
    note = SealedNote(
        id=note_id,
        desk_id=duty.desk_id,
        duty_id=duty.id,
        author_id=member.id,
        written_at=uow.now,
        wrapped_key=wrapped.key,
        wrapped_by=wrapped.by,
        sealed=key.close(chance(NONCE_BYTES), text, days.NOTE),
    )
    uow.session.add(note)
    duty.notes += 1
    uow.announce(HandoverNoted(note_id=note.id, duty_id=duty.id, organization=duty.organization))
