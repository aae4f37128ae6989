"""Reading JSON Feed (jsonfeed.org, 1.1) and the change feed of systems like ours."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from pydantic import AliasChoices, BaseModel, Field, ValidationError
from pydantic_core import from_json

from services.content.syndication.intake.entry import (
    LONGEST_KEY,
    Flaw,
    Parsed,
    Told,
    address,
    believable,
    clean,
    line,
    summarized,
    text_in_feed,
)
from services.content.syndication.intake.figures import figures
from shared.contracts.content import ChangeAct
from shared.contracts.upstream_feeds import BadEntry, FeedFault, FeedForm

VERSION = re.compile(r"https?://(?:www\.)?jsonfeed\.org/version/1")
LONGEST_NUMBER = 100
PLACE = re.compile(r"line (\d+) column (\d+)")


class Author(BaseModel):
    """Who wrote an entry."""

    name: str | None = None


class JsonEntry(BaseModel):
    """An entry of a JSON Feed."""

    id: str | int
    url: str | None = None
    external_url: str | None = None
    title: str | None = None
    content_html: str | None = None
    content_text: str | None = None
    summary: str | None = None
    date_published: datetime | None = None
    authors: list[Author] = []
    author: Author | None = None
    tags: list[str] = []


class Source(BaseModel):
    """Where an item of a change feed was reposted from."""

    url: str


class ChangedItem(BaseModel):
    """An item of a change feed, as far as it is taken in; kinds we do not know are no matter."""

    title: str
    body: str
    url: str
    source: str
    summary: str | None = None
    doc_no: str | None = None
    written_on: date | None = None
    index_no: str | None = None
    byline: str | None = None
    published_at: datetime = Field(validation_alias=AliasChoices("first_public_at"))
    origin: Source | None = None


class JsonChange(BaseModel):
    """A step of a change feed."""

    act: str
    item_id: str
    item: Mapping[str, Any] | None = None


class Read(NamedTuple):
    """One part of a feed: an entry, what was withdrawn, or why it is neither."""

    told: Told | None = None
    withdrawn: str | None = None
    bad: BadEntry | None = None


def parse_json(text: str) -> Parsed:
    """Read a JSON document; an entry that is broken does not spoil the others."""
    try:
        document = from_json(text.lstrip("\ufeff"))
    except ValueError as fault:
        place = PLACE.search(str(fault))
        found = (int(place[1]), int(place[2])) if place else (None, None)
        return Parsed(None, flaw=Flaw(FeedFault.BROKEN_JSON, *found))
    if isinstance(document, dict):
        version, changes = document.get("version"), document.get("changes")
        if isinstance(version, str) and VERSION.match(version):
            return _parsed(FeedForm.JSON_FEED, map(_entry, *_numbered(document.get("items"))))
        if isinstance(changes, list) and isinstance(document.get("next"), str):
            steps = _parsed(FeedForm.CHANGES, map(_change, *_numbered(changes)))
            return steps._replace(cursor=clean(document["next"]), has_more=bool(changes))
    return Parsed(None, flaw=Flaw(FeedFault.NOT_A_FEED))


def _numbered(items: object) -> tuple[list[Any], range]:
    listed = items if isinstance(items, list) else []
    return listed, range(1, len(listed) + 1)


def _parsed(form: FeedForm, read: Iterable[Read]) -> Parsed:
    parts = list(read)
    too_many = len(parts) > figures().most_entries
    taken = parts[: figures().most_entries]
    bad = [part.bad for part in taken if part.bad]
    fault = FeedFault.TOO_MANY_ENTRIES if too_many else FeedFault.BAD_ENTRIES if bad else None
    return Parsed(
        form,
        [part.told for part in taken if part.told],
        [part.withdrawn for part in taken if part.withdrawn],
        bad,
        Flaw(fault) if fault else None,
    )


def _entry(raw: object, place: int) -> Read:
    try:
        entry = JsonEntry.model_validate(raw)
    except ValidationError as fault:
        return _bad(raw, place, fault)
    title = line(entry.title)
    if not title:
        return Read(bad=BadEntry(place=place, message="没有标题。"))
    text = text_in_feed(entry.content_html or entry.content_text)
    by = [one.name for one in (*entry.authors, entry.author) if one and one.name]
    return Read(
        Told(
            key=(clean(str(entry.id)) or title)[:LONGEST_KEY],
            title=title,
            url=address(entry.url or entry.external_url),
            author=line("、".join(by)) or None,
            categories=[line(tag) for tag in entry.tags[:50]],
            published_at=believable(entry.date_published),
            text=text.body if text else None,
            summary=summarized(entry.summary),
            doc_no=text.doc_no if text else None,
            written_on=text.written_on if text else None,
            hops=_hops(address(entry.external_url), address(entry.url)),
        )
    )


def _change(raw: object, place: int) -> Read:
    try:
        change = JsonChange.model_validate(raw)
        if change.act == ChangeAct.WITHDRAWN:
            return Read(withdrawn=clean(change.item_id))
        if change.item is None:
            return Read()  # a later step tells what became of it
        item = ChangedItem.model_validate(change.item)
    except ValidationError as fault:
        return _bad(raw, place, fault)
    title, origin = line(item.title), address(item.origin.url) if item.origin else None
    if not title:
        return Read(bad=BadEntry(place=place, message="没有标题。"))
    return Read(
        Told(
            key=(clean(change.item_id) or title)[:LONGEST_KEY],
            title=title,
            url=address(item.url),
            author=clean(item.byline),
            source=clean(item.source),
            published_at=believable(item.published_at),
            text=clean(item.body),
            summary=clean(item.summary),
            doc_no=_number(item.doc_no),
            written_on=item.written_on,
            index_no=_number(item.index_no),
            hops=_hops(origin, address(item.url)),
        )
    )


def _number(told: str | None) -> str | None:
    number = clean(told)
    return number if number and len(number) <= LONGEST_NUMBER else None


def _bad(raw: object, place: int, fault: ValidationError) -> Read:
    told = raw if isinstance(raw, dict) else {}
    title = (
        (told.get("item") or told).get("title") if isinstance(told.get("item", {}), dict) else None
    )
    named = "、".join(sorted({".".join(map(str, one["loc"])) or "条目" for one in fault.errors()}))
    shown = line(title) if isinstance(title, str) else None
    return Read(bad=BadEntry(place=place, title=shown, message=f"格式不符合要求：{named}。"))


def _hops(*found: str | None) -> list[str]:
    return list(dict.fromkeys(filter(None, found)))
