"""Taking a letter in."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy.dialects.postgresql import insert

from services.interaction.citizens.number import numbered
from services.interaction.citizens.query_code import RANDOM_BYTES, as_typed, query_code
from services.interaction.citizens.sealing import Keyring, WritingKey
from services.interaction.group import queries as group
from services.interaction.group.line import in_line
from services.interaction.mailbox.attachments.commands import arriving as attachments
from services.interaction.mailbox.clocks import commands as clocks
from services.interaction.mailbox.intake.fitness import faults
from services.interaction.mailbox.intake.models import LastSerial
from services.interaction.mailbox.letters.contact import spelt
from services.interaction.mailbox.letters.models import Letter, SealedContent, Step, WriterMark
from services.interaction.mailbox.letters.writing import Writing
from shared.business_day import business_date
from shared.contracts.letters import LetterReceipt, LetterReceived, LetterState, LetterStep
from shared.contracts.writing import NewLetter
from shared.ids import new_id
from shared.problem import Fault, Invalid
from shared.sealing import KEY_BYTES, NONCE_BYTES, Chance
from shared.uow import UnitOfWork


async def receive(
    uow: UnitOfWork, new: NewLetter, keyring: Keyring, chance: Chance
) -> LetterReceipt:
    """Take a letter in, seal it, and start its answer clock."""
    files = await attachments.find(uow, new.attachments)
    sponsoring = await _sponsor_addressed(uow, new, files.faults)
    received_on = business_date(uow.now)
    serial = await _next_serial(uow, new.site_code, received_on)
    number = numbered(new.site_code, received_on, serial)
    code = query_code(chance(RANDOM_BYTES))
    key = WritingKey(chance(KEY_BYTES), number)
    letter = Letter(
        id=new_id(),
        number=number,
        code_digest=key.code_digest(as_typed(code)),
        sponsoring=sponsoring,
        state=LetterState.RECEIVED,
        received_on=received_on,
        content=_sealed(new, key, keyring, chance),
        marks=[WriterMark(mark=mark) for mark in _marks(new, keyring)],
        **new.model_dump(include={"site_code", "kind", "addressee", "may_publish"}),
    )
    counted = await clocks.count(uow, letter)
    await _enter(uow, letter)
    clocks.start(uow, counted)
    attachments.claim(uow, files.files, letter.id, key, keyring, chance)
    return LetterReceipt(
        number=number,
        query_code=code,
        received_on=received_on,
        due_on=letter.due_on,
        due_provisional=letter.due_provisional,
    )


async def _sponsor_addressed(uow: UnitOfWork, new: NewLetter, in_files: Sequence[Fault]) -> str:
    """Return the path of the site's sponsor, or refuse a letter that cannot be taken in."""
    site = await group.site(uow.session, new.site_code)
    reachable = new.addressee is None
    if site and new.addressee:
        unit = await group.organization(uow.session, new.addressee)
        line = await group.governing(uow.session, site.sponsoring)
        reachable = unit is not None and in_line(unit.path, site.sponsoring, line)
    found = list(
        faults(
            site_known=site is not None,
            addressee_in_line=reachable,
            phone=new.writer.phone,
            email=new.writer.email,
        )
    )
    found += in_files
    if site is None or found:
        raise Invalid(found)
    return site.sponsoring


async def _enter(uow: UnitOfWork, letter: Letter) -> None:
    uow.session.add(letter)
    await uow.session.flush()
    uow.session.add(Step.of(letter, LetterStep.RECEIVED, uow.now))
    uow.announce(
        LetterReceived(
            letter_id=letter.id,
            number=letter.number,
            kind=letter.kind,
            site_code=letter.site_code,
            received_on=letter.received_on,
            due_on=letter.due_on,
            due_provisional=letter.due_provisional,
        )
    )


async def _next_serial(uow: UnitOfWork, site_code: str, received_on: date) -> int:
    """Return the day's next serial; whoever writes at the same time waits for this transaction."""
    first = insert(LastSerial).values(site_code=site_code, received_on=received_on, serial=1)
    taken = first.on_conflict_do_update(
        index_elements=[LastSerial.site_code, LastSerial.received_on],
        set_={"serial": LastSerial.serial + 1},
    )
    return (await uow.session.scalars(taken.returning(LastSerial.serial))).one()


def _sealed(new: NewLetter, key: WritingKey, keyring: Keyring, chance: Chance) -> SealedContent:
    wrapped = keyring.wrap(key, chance(NONCE_BYTES))
    wrote = Writing(title=new.title, text=new.text, **new.writer.model_dump())
    return SealedContent(
        wrapped_key=wrapped.key,
        wrapped_by=wrapped.by,
        sealed=key.close(chance(NONCE_BYTES), wrote.model_dump_json(), "letter"),
    )


def _marks(new: NewLetter, keyring: Keyring) -> list[bytes]:
    return [keyring.marks(contact)[0] for contact in spelt(new.writer.phone, new.writer.email)]
