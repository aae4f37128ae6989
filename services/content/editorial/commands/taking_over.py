"""Taking over texts that were public elsewhere, on the word of a person who vouches for them."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from services.content.editorial.commands.writing import LISTS, TEXT
from services.content.editorial.comparison import paragraphs
from services.content.editorial.models import Item, Part, PartKind, Revision
from services.content.editorial.revision import content_hash
from shared.contracts.content import ItemKind, Stage
from shared.contracts.drafting import Draft
from shared.contracts.revising import Authorship
from shared.db import copy_in, unwatched
from shared.ids import new_id
from shared.uow import UnitOfWork


class TakenOver(NamedTuple):
    """A text that passed the checks, what they said of it, and where it will stand.

    `files` holds the digests of those that go out with it.
    """

    item_id: UUID
    site_code: str
    sponsoring: str
    column_id: UUID
    kind: ItemKind
    text: Draft
    findings: list[dict[str, Any]]
    files: Mapping[UUID, str] = {}


async def take_over(uow: UnitOfWork, texts: Sequence[TakenOver], author: str) -> list[Item]:
    """Write items whose texts the actor vouches for; `author` says where they come from.

    Nobody reviewed them here, and nothing says that somebody did: they have no approvals.
    """
    items = [_item(uow, text, author) for text in texts]
    wrote = {"person": author, "kind": PartKind.WRITER}
    await copy_in(uow.session, Part, ({"item_id": item.id, **wrote} for item in items))
    await copy_in(uow.session, Revision, (vars(item.current) for item in items))
    await copy_in(uow.session, Item, map(vars, items))
    return items


def _item(uow: UnitOfWork, taken: TakenOver, author: str) -> Item:
    revision = _revision(uow, taken, author)
    return unwatched(
        Item,
        id=taken.item_id,
        site_code=taken.site_code,
        sponsoring=taken.sponsoring,
        column_id=taken.column_id,
        kind=taken.kind,
        stage=Stage.CLEARED,
        vouched_by=uow.actor.id,
        vouched_at=uow.now,
        vouched_hash=revision.content_hash,
        steps=[],
        findings=taken.findings,
        current_id=revision.id,
        current=revision,
        approvals=[],
        version=1,
    )


def _revision(uow: UnitOfWork, taken: TakenOver, author: str) -> Revision:
    text = taken.text
    said = text.model_dump(mode="json", include=TEXT, exclude_defaults=True)
    if taken.files:
        said |= {"sha256": {str(asset_id): digest for asset_id, digest in taken.files.items()}}
    written = Authorship(author=author, revision=1, paragraphs=len(paragraphs(text.body)))
    return unwatched(
        Revision,
        **{name: getattr(text, name) for name in TEXT - LISTS},
        **text.model_dump(mode="json", include=LISTS),
        id=new_id(),
        item_id=taken.item_id,
        number=1,
        content_hash=content_hash(taken.site_code, taken.column_id, taken.kind, said),
        authorship=[written.model_dump()],
        author=author,
        written_at=uow.now,
    )
