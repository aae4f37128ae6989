"""What the public is shown of attachments: decided one by one, and released with the letter."""

from typing import NamedTuple
from uuid import UUID

from sqlalchemy.orm.attributes import flag_modified

from services.interaction.citizens.sealing import WritingKey
from services.interaction.mailbox.attachments import place, queries
from services.interaction.mailbox.attachments.commands import arriving, leaving
from services.interaction.mailbox.attachments.models import (
    Attachment,
    AttachmentRemoval,
    Decision,
    PublishedAttachment,
)
from services.interaction.mailbox.attachments.sealing import (
    FileKey,
    unwrap_for_letter,
    wrap_for_letter,
)
from services.interaction.mailbox.letters.models import Letter
from shared.auth import Permission
from shared.contracts.assets import AssetKind
from shared.contracts.attachments import (
    AttachmentDecided,
    NewDecision,
    PublicAttachment,
)
from shared.ids import new_id
from shared.problem import Conflict
from shared.sealing import NONCE_BYTES, Chance
from shared.uow import UnitOfWork, expect


class NotDecided(Conflict):
    """Nobody has decided yet whether the public is shown this attachment."""

    advice = "还有附件未决定是否公开，请逐一处理后再公开来信。"


class Made(NamedTuple):
    """A rendition that lies sealed in the store."""

    key: FileKey
    kind: AssetKind
    size: int
    sha256: str


def note_rendition(uow: UnitOfWork) -> UUID:
    """Return the id of a rendition about to be made; it goes unless a decision names it."""
    made = new_id()
    due_at = uow.now + arriving.UNFINISHED
    prefix = place.rendered(made)
    uow.session.add(AttachmentRemoval(id=made, prefix=prefix, due_at=due_at))
    return made


async def decide(
    uow: UnitOfWork,
    letter: Letter,
    attachment_id: UUID,
    new: NewDecision,
    made: Made | None,
    key: WritingKey,
    chance: Chance,
    *,
    version: int,
) -> Attachment:
    """Record what the public will be shown of a file, and the rendition made for it."""
    uow.actor.require(Permission.REVIEW_ANSWER, letter.sponsoring)
    row = await queries.attachment(uow.session, letter.id, attachment_id, lock=True)
    expect(version, row.version)
    await leaving.drop_decision(uow, row)
    decision = Decision(
        attachment_id=row.id,
        publish=new.publish,
        reason=new.reason,
        decided_by=uow.actor.id,
        decided_at=uow.now,
    )
    if made is not None:
        await queries.end_removal(uow.session, AttachmentRemoval.id == made.key.file)
        decision.rendition_id = made.key.file
        decision.sealed_key = wrap_for_letter(made.key, key, chance(NONCE_BYTES))
        decision.kind, decision.size, decision.sha256 = made.kind, made.size, made.sha256
    uow.session.add(decision)
    flag_modified(row, "state")  # whoever decides names the version, and so tells the next one
    uow.announce(AttachmentDecided(letter_id=letter.id, attachment_id=row.id, publish=new.publish))
    await uow.session.flush()
    await uow.session.refresh(row, ["decision", "redacted"])
    return row


async def proposed(uow: UnitOfWork, letter: Letter) -> list[PublicAttachment]:
    """Return what the public will see of a letter's files, or refuse while any is undecided."""
    return [_decided(would_show) for _, would_show in await _all(uow, letter)]


async def release(uow: UnitOfWork, letter: Letter, key: WritingKey) -> list[PublicAttachment]:
    """Make public what was decided of a letter's files; return what the public sees of each."""
    await leaving.retract(uow, letter.number)
    shown = []
    for row, would_show in await _all(uow, letter):
        shown.append(_decided(would_show))
        if row.decision is not None and row.decision.kind is not None:
            uow.session.add(_published(row.decision, letter.number, shown[-1].name, key))
    return shown


async def _all(
    uow: UnitOfWork, letter: Letter
) -> list[tuple[Attachment, PublicAttachment | None]]:
    rows = await queries.attachments(uow.session, letter.id)
    return [(row, queries.would_show(row, letter.number)) for row in rows]


def _decided(would_show: PublicAttachment | None) -> PublicAttachment:
    if would_show is None:
        raise NotDecided
    return would_show


def _published(
    decided: Decision, number: str, called: str, key: WritingKey
) -> PublishedAttachment:
    """Return the row by which everyone can open a rendition."""
    if decided.rendition_id is None or decided.sealed_key is None:
        raise NotDecided
    opened = unwrap_for_letter(decided.sealed_key, decided.rendition_id, key)
    return PublishedAttachment(
        id=decided.rendition_id,
        number=number,
        name=called,
        key=opened.key,
        kind=decided.kind,
        size=decided.size,
        sha256=decided.sha256,
    )
