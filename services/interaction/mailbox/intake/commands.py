"""Taking letters in."""

from datetime import date
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import bindparam
from sqlalchemy.dialects.postgresql import insert

from services.interaction.admission.gate import Place
from services.interaction.citizens.number import numbered
from services.interaction.citizens.query_code import RANDOM_BYTES, as_typed, query_code
from services.interaction.citizens.sealing import Keyring, WritingKey
from services.interaction.database import Base
from services.interaction.group import queries as group
from services.interaction.group.line import in_line
from services.interaction.mailbox.attachments.commands import arriving as attachments
from services.interaction.mailbox.clocks import commands as clocks
from services.interaction.mailbox.intake import queries
from services.interaction.mailbox.intake.fitness import (
    entering,
    faults,
    misdirected,
    misrepresented,
    mistimed,
)
from services.interaction.mailbox.intake.holding import (
    Mark,
    holding,
    reasons,
    refuse_flood,
    worded,
)
from services.interaction.mailbox.intake.models import Entry, Hold, LastSerial, LetterMark
from services.interaction.mailbox.letters import queries as letters
from services.interaction.mailbox.letters.contact import spelt
from services.interaction.mailbox.letters.handling import Act, advance
from services.interaction.mailbox.letters.models import Letter, SealedContent, Step, WriterMark
from services.interaction.mailbox.letters.writing import Writing
from shared.auth import Permission
from shared.business_day import business_date
from shared.contracts.held_letters import LetterHeld
from shared.contracts.letters import (
    LetterChannel,
    LetterReceipt,
    LetterReceived,
    LetterState,
    LetterStep,
)
from shared.contracts.writing import LetterBody, LetterOnBehalf, NewLetter
from shared.db import table_of, write_new
from shared.ids import new_id
from shared.problem import Fault, Invalid
from shared.sealing import KEY_BYTES, NONCE_BYTES, Chance
from shared.uow import UnitOfWork

SERIALS = table_of(LastSerial)
NEXT_SERIAL = (
    insert(SERIALS)
    .values(site_code=bindparam("site_code"), received_on=bindparam("received_on"), serial=1)
    .on_conflict_do_update(
        index_elements=[SERIALS.c.site_code, SERIALS.c.received_on],
        set_={"serial": SERIALS.c.serial + 1},
    )
    .returning(SERIALS.c.serial)
)


class Addressed(NamedTuple):
    """Whose letter it is to answer, where that is known, and whether its addressee may."""

    sponsoring: str | None
    in_line: bool


async def receive(
    uow: UnitOfWork, new: NewLetter, keyring: Keyring, chance: Chance, place: Place
) -> LetterReceipt:
    """Take a stranger's letter in and seal it; a suspicious one is held, and looks the same."""
    to = await _addressed(uow, new)
    found = faults(
        site_known=to.sponsoring is not None,
        addressee_in_line=to.in_line,
        phone=new.writer.phone,
        email=new.writer.email,
    )
    files = await attachments.find(uow, new.attachments)
    sponsoring = _require(to.sponsoring, [*found, *files.faults])
    wrote = Writing(title=new.title, text=new.text, **new.writer.model_dump())
    marks = {mark: keyring.text_digest(f"{mark}\n{text}") for mark, text in worded(wrote).items()}
    marks[Mark.PLACE] = place
    rules = holding()
    seen = await queries.seen(uow.session, marks, rules, uow.now)
    refuse_flood(seen, rules, uow.now)
    held = list(reasons(wrote, seen, rules))
    letter = Letter(sponsoring=sponsoring, received_on=business_date(uow.now), **_fields(new))
    letter.state = LetterState.HELD if held else LetterState.RECEIVED
    beside: list[Base] = [
        LetterMark(digest=each, at=uow.now, letter_id=letter.id) for each in marks.values()
    ]
    if held:
        beside.append(Hold(letter_id=letter.id, rules=list(held), held_at=uow.now))
    code, key = await _seal(uow, letter, wrote, keyring, chance, *beside)
    attachments.claim(uow, files.files, letter.id, key, keyring, chance)
    (_announce_held if held else _announce)(uow, letter)
    return _receipt(letter, code)


async def enter(
    uow: UnitOfWork, new: LetterOnBehalf, keyring: Keyring, chance: Chance
) -> LetterReceipt:
    """Take in what a citizen said, sent or brought; its clock runs from the day it came."""
    to = await _addressed(uow, new)
    if to.sponsoring is not None:
        uow.actor.require(Permission.DISPATCH, to.sponsoring, site_code=new.site_code)
    today = business_date(uow.now)
    reached_on = new.reached_on or today
    found = [
        *misdirected(site_known=to.sponsoring is not None, addressee_in_line=to.in_line),
        *mistimed(reached_on, today, entering().days),
        *misrepresented(new.writer),
    ]
    files = await attachments.find(uow, new.attachments)
    sponsoring = _require(to.sponsoring, [*found, *files.faults])
    who = new.writer
    wrote = Writing(
        title=new.title, text=new.text, name=who.name, phone=who.phone, email=who.email
    )
    letter = Letter(sponsoring=sponsoring, received_on=reached_on, **_fields(new))
    letter.state = LetterState.RECEIVED
    entry = Entry(
        letter_id=letter.id,
        entered_by=uow.actor.id,
        entered_at=uow.now,
        writer_identity=who.identity,
    )
    code, key = await _seal(uow, letter, wrote, keyring, chance, entry)
    attachments.claim(uow, files.files, letter.id, key, keyring, chance)
    _announce(uow, letter)
    return _receipt(letter, code)


async def clear(uow: UnitOfWork, letter_id: UUID, *, version: int) -> Letter:
    """Let a held letter count as received; its clock has run since it came."""
    letter = await letters.locked(uow, letter_id, version)
    uow.actor.require(Permission.DISPATCH, letter.sponsoring, site_code=letter.site_code)
    letter.state = advance(letter.state, Act.CLEAR)
    hold = await uow.session.get_one(Hold, letter.id)
    hold.cleared_by, hold.cleared_at = uow.actor.id, uow.now
    _announce(uow, letter)
    return letter


def _fields(new: NewLetter | LetterOnBehalf) -> dict[str, object]:
    same = new.model_dump(include={"site_code", "kind", "addressee", "may_publish"})
    return {"id": new_id(), "version": 1, "channel": LetterChannel(new.channel), **same}


def _require(sponsoring: str | None, found: list[Fault]) -> str:
    if sponsoring is None or found:
        raise Invalid(found)
    return sponsoring


async def _addressed(uow: UnitOfWork, new: LetterBody) -> Addressed:
    sponsoring = await group.sponsor(uow.session, new.site_code)
    if sponsoring is None:
        return Addressed(None, in_line=False)
    if new.addressee is None:
        return Addressed(sponsoring, in_line=True)
    unit = await group.organization(uow.session, new.addressee)
    line = await group.governing(uow.session, sponsoring)
    reachable = unit is not None and in_line(unit.path, sponsoring, line)
    return Addressed(sponsoring, in_line=reachable)


async def _seal(
    uow: UnitOfWork,
    letter: Letter,
    wrote: Writing,
    keyring: Keyring,
    chance: Chance,
    *beside: Base,
) -> tuple[str, WritingKey]:
    """Give a letter its number, seal and keep it with what stands beside; return code and key.

    The serial is taken as late as can be: whoever writes to the same site waits from then on.
    """
    counted = await clocks.count(uow, letter)
    serial = await _next_serial(uow, letter.site_code, letter.received_on)
    letter.number = numbered(letter.site_code, letter.received_on, serial)
    code = query_code(chance(RANDOM_BYTES))
    key = WritingKey(chance(KEY_BYTES), letter.number)
    letter.code_digest = key.code_digest(as_typed(code))
    wrapped = keyring.wrap(key, chance(NONCE_BYTES))
    content = SealedContent(
        letter_id=letter.id,
        wrapped_key=wrapped.key,
        wrapped_by=wrapped.by,
        sealed=key.close(chance(NONCE_BYTES), wrote.model_dump_json(), "letter"),
    )
    step = Step.of(letter, LetterStep.RECEIVED, uow.now)
    marks = [
        WriterMark(letter_id=letter.id, mark=keyring.marks(contact)[0])
        for contact in spelt(wrote.phone, wrote.email)
    ]
    await write_new(uow.session, letter, content, step, *marks, *beside, *counted)
    return code, key


def _announce_held(uow: UnitOfWork, letter: Letter) -> None:
    uow.announce(
        LetterHeld(
            letter_id=letter.id,
            kind=letter.kind,
            channel=letter.channel,
            site_code=letter.site_code,
            received_on=letter.received_on,
        )
    )


def _announce(uow: UnitOfWork, letter: Letter) -> None:
    uow.announce(
        LetterReceived(
            letter_id=letter.id,
            number=letter.number,
            kind=letter.kind,
            channel=letter.channel,
            site_code=letter.site_code,
            received_on=letter.received_on,
            due_on=letter.due_on,
            due_provisional=letter.due_provisional,
        )
    )


def _receipt(letter: Letter, code: str) -> LetterReceipt:
    return LetterReceipt(
        number=letter.number,
        query_code=code,
        received_on=letter.received_on,
        due_on=letter.due_on,
        due_provisional=letter.due_provisional,
    )


async def _next_serial(uow: UnitOfWork, site_code: str, received_on: date) -> int:
    at = {"site_code": site_code, "received_on": received_on}
    serial: int = (await uow.session.scalars(NEXT_SERIAL, at)).one()
    return serial
