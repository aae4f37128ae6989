"""Writing an item's text: first, anew, or as it once was."""

import asyncio
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from pydantic import ValidationError

from services.content.assets.commands.leaving import keep
from services.content.editorial.checks.gate import check
from services.content.editorial.commands.checking import (
    addresses,
    as_stored,
    file_facts,
    subject,
    surroundings,
)
from services.content.editorial.commands.opening import open_item, take_part
from services.content.editorial.commands.tasking import settle
from services.content.editorial.comparison import (
    Written,
    authorship,
    in_rows,
    paragraphs,
)
from services.content.editorial.link_reading.queries import dead_links
from services.content.editorial.models import Item, PartKind, Revision
from services.content.editorial.queries import items as queries
from services.content.editorial.queries import owing
from services.content.editorial.revision import content_hash
from services.content.editorial.vocabulary import unknown_terms
from services.content.editorial.waiver import answering, idle, waive
from services.content.editorial.workflow import Act, advance, consents_to
from services.content.registry import queries as registry
from services.content.topics import queries as topics
from shared.auth import Permission
from shared.contracts.content import ItemDrafted, ItemKind, ItemRevised
from shared.contracts.drafting import Draft, NewItem
from shared.contracts.revising import Authorship
from shared.contracts.tasking import TaskKind, TaskOutcome
from shared.faults import faults as told
from shared.ids import new_id
from shared.problem import Fault, Invalid
from shared.uow import UnitOfWork

TEXT = set(Draft.model_fields)
LISTS = {"waivers", "images", "attachments", "recordings", "links"}
"""Kept as JSON beside the columns of a revision."""


async def write_item(uow: UnitOfWork, new: NewItem, *, author: str | None = None) -> Item:
    """Write the first text of an item for a column of a site.

    An `author` other than the actor wrote the text, and so is the one who may not review it.
    """
    site = await registry.writable_site(uow.session, new.site_code)
    uow.actor.require(
        Permission.EDIT, site.sponsoring, site_code=site.code, column_id=new.column_id
    )
    column = await registry.writable_column(uow.session, new.column_id)
    if column.site_code != site.code:
        raise Invalid([Fault("/column_id", "other_site", "该栏目不属于此网站。")])
    item = Item(
        id=new_id(),
        site_code=site.code,
        sponsoring=site.sponsoring,
        column_id=column.id,
        kind=new.kind,
        approvals=[],
    )
    await _write(uow, item, None, new, author)
    uow.session.add(item)
    uow.announce(
        ItemDrafted(
            item_id=item.id,
            site_code=site.code,
            kind=item.kind,
            content_hash=item.current.content_hash,
        )
    )
    return item


async def revise_item(uow: UnitOfWork, item_id: UUID, draft: Draft, *, version: int) -> Item:
    """Replace an item's text; whoever approved the old one has not approved the new one."""
    item = await open_item(uow, item_id, version, Permission.EDIT)
    await _revise(uow, item, draft)
    return item


async def restore_revision(uow: UnitOfWork, item_id: UUID, number: int, *, version: int) -> Item:
    """Write a text the item once had anew; nothing in between is lost."""
    item = await open_item(uow, item_id, version, Permission.EDIT)
    once = await queries.revision(uow.session, item_id, number)
    try:
        draft = Draft.model_validate({name: getattr(once, name) for name in TEXT})
    except ValidationError as fault:  # the rules have grown stricter since
        raise Invalid(told(fault.errors())) from fault
    await _revise(uow, item, draft)
    return item


async def _revise(uow: UnitOfWork, item: Item, draft: Draft) -> None:
    stage = advance(item.stage, Act.REVISE)
    owed = await owing.open_tasks(uow.session, item.id)
    held = consents_to(item.current.content_hash, item.approvals)
    await _write(uow, item, item.current, draft)
    item.stage = stage
    settle(uow, [task for task in owed if task.kind is TaskKind.REVIEW], TaskOutcome.DROPPED)
    voided = 0 if consents_to(item.current.content_hash, item.approvals) else len(held)
    uow.announce(
        ItemRevised(
            item_id=item.id,
            site_code=item.site_code,
            content_hash=item.current.content_hash,
            voided=voided,
        )
    )


async def _write(
    uow: UnitOfWork, item: Item, before: Revision | None, draft: Draft, author: str | None = None
) -> None:
    author = author or uow.actor.id
    faults = [*_impossible(item, draft), *await _foreign_topic(uow, item, before, draft)]
    if faults:
        raise Invalid(faults)
    named = [file.asset_id for file in draft.files()]
    files = await keep(uow, named, item.site_code) if named else []
    around = await surroundings(uow.session, uow.now, [item.column_id])
    facts = await file_facts(uow.session, named)
    leads_to = await asyncio.to_thread(addresses, draft, item, facts)
    dead = await dead_links(uow.session, leads_to)
    checked = subject(draft, item, around, facts, dead)
    found = await asyncio.to_thread(check, checked)
    texts = dict(checked.texts())
    if unused := list(idle(found, draft.waivers, texts)):
        raise Invalid(unused)
    await take_part(uow, item.id, author, PartKind.WRITER)
    number = before.number + 1 if before else 1
    said = draft.model_dump(mode="json", include=TEXT, exclude_defaults=True)
    said |= {"sha256": {str(file.id): file.sha256 for file in files}} if files else {}
    item.current = Revision(
        **draft.model_dump(include=TEXT - LISTS),
        **draft.model_dump(mode="json", include=LISTS),
        item_id=item.id,
        number=number,
        content_hash=content_hash(item.site_code, item.column_id, item.kind, said),
        authorship=_authorship(before, draft.body, Written(author, number)),
        author=author,
        written_at=uow.now,
    )
    by = answering(draft.waivers, item.findings or [], author)
    item.findings = as_stored(waive(found, draft.waivers, texts, by))


def _impossible(item: Item, draft: Draft) -> Iterator[Fault]:
    yield from unknown_terms(draft)
    if draft.interprets is not None and item.kind is not ItemKind.INTERPRETATION:
        yield Fault("/interprets", "wrong_kind", "只有解读类稿件可以关联被解读的文件。")
    if draft.interprets == item.id:
        yield Fault("/interprets", "itself", "稿件不能解读自身。")


async def _foreign_topic(
    uow: UnitOfWork, item: Item, before: Revision | None, draft: Draft
) -> list[Fault]:
    """Name a topic the item may not join; one that it is in already may have closed since."""
    if draft.topic_id is None or (before is not None and before.topic_id == draft.topic_id):
        return []
    if await topics.may_join(uow.session, draft.topic_id, item.site_code):
        return []
    return [Fault("/topic_id", "not_open", "本网站没有这个进行中的专题。")]


def _authorship(before: Revision | None, body: str, by: Written) -> list[dict[str, Any]]:
    written = _one_by_one(before) if before else []
    known = paragraphs(before.body) if before else []
    rows = in_rows(authorship(known, written, paragraphs(body), by))
    return [
        Authorship(author=of.author, revision=of.revision, paragraphs=count).model_dump()
        for of, count in rows
    ]


def _one_by_one(revision: Revision) -> list[Written]:
    rows = [Authorship.model_validate(row) for row in revision.authorship]
    return [Written(row.author, row.revision) for row in rows for _ in range(row.paragraphs)]
