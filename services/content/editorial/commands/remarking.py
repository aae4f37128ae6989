"""Remarks on an item's text, made and dealt with."""

from uuid import UUID

from services.content.editorial.commands.opening import known_item, require
from services.content.editorial.models import Comment
from services.content.editorial.queries import items as queries
from services.content.editorial.queries import owing
from shared.auth import Permission
from shared.contracts.remarking import CommentSettled, ItemCommented, NewComment
from shared.ids import new_id
from shared.problem import Conflict, Fault, Invalid, NotFound
from shared.uow import UnitOfWork, expect

QUOTED = 200
UNKNOWN = "没有这条批注。"


class AlreadyDealtWith(Conflict):
    """Somebody has settled the remark before."""

    advice = "此条批注已处理。"


async def comment_on(uow: UnitOfWork, item_id: UUID, new: NewComment) -> Comment:
    """Remark on a stretch of one of an item's texts."""
    item = await known_item(uow, item_id)
    revision = await queries.revision(uow.session, item_id, new.revision)
    text = getattr(revision, new.field) or ""
    if not new.start <= new.end <= len(text):
        raise Invalid([Fault("/end", "outside_text", "批注位置超出该项文字。")])
    comment = Comment(
        id=new_id(),
        item_id=item.id,
        revision=new.revision,
        field=new.field,
        start=new.start,
        end=new.end,
        quote=text[new.start : new.end][:QUOTED],
        remark=new.remark,
        author=uow.actor.id,
        written_at=uow.now,
    )
    uow.session.add(comment)
    uow.announce(
        ItemCommented(
            comment_id=comment.id,
            item_id=item.id,
            site_code=item.site_code,
            revision=new.revision,
        )
    )
    return comment


async def settle_comment(uow: UnitOfWork, comment_id: UUID, *, version: int) -> Comment:
    """Note that a remark was dealt with, by its author or whoever edits the item."""
    comment = await owing.comment(uow.session, comment_id)
    if comment is None:
        raise NotFound(UNKNOWN)
    item = await known_item(uow, comment.item_id, UNKNOWN)
    if comment.author != uow.actor.id:
        require(uow, Permission.EDIT, item)
    expect(version, comment.version)
    if comment.settled_at is not None:
        raise AlreadyDealtWith
    comment.settled_by, comment.settled_at = uow.actor.id, uow.now
    uow.announce(CommentSettled(comment_id=comment.id, item_id=item.id, site_code=item.site_code))
    return comment
