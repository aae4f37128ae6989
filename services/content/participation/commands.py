"""Making drafts of what participation tells; reviews are the only road on from there."""

from dataclasses import replace
from uuid import UUID

from pydantic import ValidationError

from services.content.editorial.commands.writing import write_item
from services.content.participation import queries
from services.content.participation.fitting import COLUMNS, NO_AUTHORITY, place, why
from services.content.participation.models import ParticipationText
from services.content.registry import queries as registry
from services.content.staff.queries import posts as staff
from shared.auth import Permission
from shared.contracts.content import ItemKind
from shared.contracts.drafting import NewItem
from shared.contracts.participation import ParticipationTold
from shared.contracts.participation_texts import (
    ParticipationTextSettled,
    TextAcceptance,
    TextDismissal,
    TextState,
)
from shared.faults import faults
from shared.ids import new_id
from shared.problem import Conflict, Invalid, Problem
from shared.uow import UnitOfWork, expect

TAKE_PART = "参与页面"
REFUSED = range(400, 500)


class TextDrafted(Conflict):
    """A draft was made of the text already; there is never a second one."""

    advice = "该文稿已写成稿件，不会再生成第二份；请直接修改原稿件。"


async def take_up(uow: UnitOfWork, told: ParticipationTold) -> None:
    """Keep what was told, once, and make a draft of it where only one column fits."""
    if await queries.is_told(uow.session, told.subject_id, told.moment):
        return
    site = await registry.site(uow.session, told.site_code)
    text = ParticipationText(
        id=new_id(),
        **told.model_dump(exclude={"author"}),
        sponsoring=site.sponsoring,
        author=told.author or uow.actor.id,
        told_at=uow.now,
        state=TextState.WAITING,
    )
    uow.session.add(text)
    await uow.session.flush()
    await _draft_alone(uow, text)


async def accept(
    uow: UnitOfWork, text_id: UUID, given: TextAcceptance, *, version: int
) -> ParticipationText:
    """Make a draft of a text by hand, in a column of one's choice."""
    text = await _to_settle(uow, text_id, version)
    if given.title is not None:
        text.title = given.title
    text.item_id = await _draft(uow, text, given.kind, given.column_id)
    _settle(uow, text, TextState.DRAFTED, None)
    return text


async def dismiss(
    uow: UnitOfWork, text_id: UUID, given: TextDismissal, *, version: int
) -> ParticipationText:
    """Say why nothing is made of a text; it may still be taken up later."""
    text = await _to_settle(uow, text_id, version)
    _settle(uow, text, TextState.DISMISSED, given.reason)
    return text


async def _draft_alone(uow: UnitOfWork, text: ParticipationText) -> None:
    """Draft as the author with the authority they have now, or let the text wait for a person."""
    columns = await registry.columns_on(uow.session, text.site_code)
    fitting = [
        each.id
        for each in columns.values()
        if each.kind is COLUMNS[text.kind] and not each.hidden and each.merged_into is None
    ]
    found = place(text.kind, text.moment, fitting)
    author = await staff.acting(uow.session, text.author, text.sponsoring, {}, uow.now)
    if found.column_id is None:
        _settle(uow, text, TextState.WAITING, found.message)
        return
    if not author.may(Permission.EDIT, text.sponsoring):
        _settle(uow, text, TextState.WAITING, NO_AUTHORITY)
        return
    try:
        async with uow.session.begin_nested():
            acting = replace(uow, actor=author)
            item_id = await _draft(acting, text, found.kind, found.column_id)
    except Problem as refused:
        if refused.status not in REFUSED:
            raise
        _settle(uow, text, TextState.WAITING, why(refused))
        return
    text.item_id = item_id
    _settle(uow, text, TextState.DRAFTED, None)


async def _draft(
    uow: UnitOfWork, text: ParticipationText, kind: ItemKind, column_id: UUID
) -> UUID:
    site = await registry.site(uow.session, text.site_code)
    written = {
        "site_code": text.site_code,
        "column_id": column_id,
        "kind": kind,
        "title": text.title,
        "body": "\n\n".join(text.paragraphs),
        "source": text.source or site.name,
        "links": [{"text": TAKE_PART, "href": text.source_url}] if text.source_url else [],
    }
    try:
        new = NewItem.model_validate(written)
    except ValidationError as fault:
        said = [{**error, "loc": ("body", *error["loc"])} for error in fault.errors()]
        raise Invalid(faults(said)) from fault
    item = await write_item(uow, new, author=text.author)
    await uow.session.flush()  # the text can only name an item that is there
    return item.id


async def _to_settle(uow: UnitOfWork, text_id: UUID, version: int) -> ParticipationText:
    text = await queries.text_to_settle(uow.session, uow.actor, text_id)
    uow.actor.require(Permission.EDIT, text.sponsoring, site_code=text.site_code)
    expect(version, text.version)
    if text.item_id is not None:
        raise TextDrafted(item_id=str(text.item_id))
    return text


def _settle(
    uow: UnitOfWork, text: ParticipationText, state: TextState, message: str | None
) -> None:
    text.state, text.message = state, message
    if state is not TextState.WAITING:
        text.settled_by, text.settled_at = uow.actor.id, uow.now
    uow.announce(
        ParticipationTextSettled(
            text_id=text.id,
            subject_id=text.subject_id,
            kind=text.kind,
            moment=text.moment,
            site_code=text.site_code,
            state=state,
            item_id=text.item_id,
        )
    )
