"""What a repost keeps of its source, and what keeps a text from standing on a site twice."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Protocol, TypeVar
from uuid import UUID

import rfc8785

from shared.contracts.content import ItemKind
from shared.contracts.origin import Fidelity, Hop
from shared.problem import Conflict

ORDER = tuple(Fidelity)


class AlreadyStands(Conflict):
    """The text stands on this site already."""

    advice = "本网站已有该内容，无需重复转载。"


class FromThisSite(Conflict):
    """The text comes from this site itself."""

    advice = "该内容出自本网站，不能转载回来源网站。"


class NotTheOriginal(Conflict):
    """What is asked is done to an original, and the item is a repost."""

    advice = "该内容是转载，请在原文上操作。"


class OtherEdition(Conflict):
    """The source was released anew since these words were made from it."""

    advice = "原文已更新，请按新的原文重新拟写。"


class LooserThanAsked(Conflict):
    """The repost that stands here was changed further than this directive allows."""

    advice = "本网站现有的转载改动超出本次转载要求允许的范围，请先撤下再转载。"


class Edition(Protocol):
    """A public text, as far as words are made from it."""

    content_hash: str


class Text(Protocol):
    """A public text, as far as it is known again elsewhere."""

    item_id: UUID
    site_code: str
    title: str
    body: str
    url: str
    doc_no: str | None
    index_no: str | None
    origin_item_id: UUID | None
    origin_url: str | None
    fidelity: Fidelity | None


T = TypeVar("T", bound=Text)


@dataclass(frozen=True)
class Manner:
    """How a site reposts: in which words of its own, if any, and with which note beside them.

    `made_from` is the hash of the edition that the words were made from.
    """

    title: str | None = None
    summary: str | None = None
    local_note: str | None = None
    made_from: str | None = None

    @property
    def fidelity(self) -> Fidelity:
        """How far this keeps to the source."""
        if self.summary is not None:
            return Fidelity.SUMMARY
        return Fidelity.VERBATIM if self.title is None else Fidelity.TITLE


UNCHANGED = Manner()


def allows(asked: Fidelity, made: Fidelity | None) -> bool:
    """Say whether a repost made so far from its source keeps to what is asked."""
    return ORDER.index(made or Fidelity.VERBATIM) <= ORDER.index(asked)


def own_hash(
    origin_hash: str, site_code: str, column_id: UUID, kind: ItemKind, manner: Manner
) -> str:
    """Return the SHA-256 of a site's own words and of the edition that they were made from."""
    words = {"title": manner.title, "summary": manner.summary}
    place = {"site_code": site_code, "column_id": str(column_id), "kind": kind.value}
    return sha256(rfc8785.dumps({**words, **place, "origin": origin_hash})).hexdigest()


def way(before: Sequence[Mapping[str, object]], taken: Text, by: str, at: datetime) -> list[Hop]:
    """Return the hops of a text that a site takes over now from where it was found."""
    hop = Hop(site_code=taken.site_code, item_id=taken.item_id, taken_by=by, at=at)
    return [*map(Hop.model_validate, before), hop]


def check_original(text: Text) -> None:
    """Refuse a repost where only its origin will do, and say which that is."""
    if text.origin_item_id is not None:
        raise NotTheOriginal(origin_item_id=str(text.origin_item_id), origin_url=text.origin_url)


def check_edition(manner: Manner, source: Edition) -> None:
    """Refuse words that were made from an edition that stands no more."""
    if manner.made_from not in {None, source.content_hash}:
        raise OtherEdition(content_hash=source.content_hash)


def check_new_on(site_code: str, source: Text, there: Iterable[T]) -> T | None:
    """Return the site's repost of this very item, if it has one; refuse any other loop or double.

    `there` is what stands on the site and is this item, comes from it, or bears its numbers.
    """
    found = sorted(there, key=lambda text: text.origin_item_id != source.item_id)
    if source.site_code == site_code:
        raise FromThisSite(
            f"该内容出自本网站：{source.url}，不能转载回来源网站。",
            item_id=str(source.item_id),
            url=source.url,
        )
    for text in found:
        if text.origin_item_id == source.item_id:
            return text
        raise already(text, source)
    return None


def already(text: Text, source: Text) -> AlreadyStands:
    """Return the refusal of a double: where the one there stands, and by what it is known."""
    return AlreadyStands(
        f"本网站已有该内容：{text.url}，无需重复转载；有转载任务的可认领现有页面。",
        item_id=str(text.item_id),
        url=text.url,
        known_by=_known_by(text, source),
        same_text=(text.title, text.body) == (source.title, source.body),
    )


def _known_by(text: Text, source: Text) -> str:
    if text.origin_item_id == source.item_id:
        return "origin"
    return "doc_no" if source.doc_no is not None and text.doc_no == source.doc_no else "index_no"
