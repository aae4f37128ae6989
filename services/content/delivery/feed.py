"""Public items as feeds."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from html import escape
from typing import Any, NamedTuple, Self

from feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from feedgenerator.django.utils.xmlutils import SimplerXMLGenerator

from shared.contracts.content import PublicItem
from shared.contracts.registry import Column, Site

PUBLIC, HUB = "/v1/public/", "/v1/public/hub"
NOTE = "本地按语："
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


class Form(StrEnum):
    """The form of a feed, as its address ends."""

    ATOM = "atom"
    RSS = "rss"
    JSON = "json"


class Channel(NamedTuple):
    """What a feed is of: its name for ever, its title, and whose it is."""

    id: str
    title: str
    site: Site

    @classmethod
    def of_site(cls, site: Site) -> Self:
        """Return the channel of everything on a site."""
        return cls(f"urn:zhengbu:site:{site.code}", site.name, site)

    @classmethod
    def of_column(cls, site: Site, column: Column) -> Self:
        """Return the channel of one column of a site."""
        return cls(column.id.urn, f"{column.name} - {site.name}", site)

    @property
    def home(self) -> str:
        """Return the address of the site's home page."""
        return f"https://{self.site.domain}/"


class _Atom(Atom1Feed):  # type: ignore[misc]  # the package has no types
    """Atom that names its hub, and says where a repost comes from (RFC 4287, 4.2.7.2)."""

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        super().add_root_elements(handler)
        hub = {"rel": "hub", "href": hub_of(self.feed["feed_url"])}
        handler.addQuickElement("link", "", hub)

    def add_item_elements(self, handler: Any, item: Mapping[str, Any]) -> None:
        super().add_item_elements(handler, item)
        if item["origin"]:
            handler.addQuickElement("link", "", {"rel": "via", "href": item["origin"]})


class _Rss(Rss201rev2Feed):  # type: ignore[misc]  # the package has no types
    """RSS that says the same, with the element of Atom."""

    def add_item_elements(self, handler: Any, item: Mapping[str, Any]) -> None:
        super().add_item_elements(handler, item)
        if item["origin"]:
            handler.addQuickElement("atom:link", "", {"rel": "via", "href": item["origin"]})


def _feed(
    form: type[SyndicationFeed], channel: Channel, items: Sequence[PublicItem], address: str
) -> bytes:
    feed = form(
        title=channel.title,
        link=channel.home,
        description=channel.title,
        language="zh-CN",
        author_name=channel.site.name,
        feed_url=address,
        feed_guid=channel.id,
    )
    if not items:  # else it would say that it changed just now
        feed.latest_post_date = lambda: BEGINNING
    for item in items:
        feed.add_item(
            title=item.title,
            link=item.url,
            description=escape(item.summary or item.title),
            content=_note(item) + _paragraphs(item.body),
            author_name=item.source,
            unique_id=item.id.urn,
            unique_id_is_permalink=False,
            pubdate=item.first_public_at,
            updateddate=item.updated_at,
            categories=[item.kind.value],
            origin=item.origin and item.origin.url,
        )
    return str(feed.writeString("utf-8")).encode()


def _note(item: PublicItem) -> str:
    """Return what the site says beside a repost, set apart from the text."""
    if item.local_note is None:
        return ""
    return f"<aside>{_paragraphs(f'{NOTE}{item.local_note}')}</aside>"


def _paragraphs(body: str) -> str:
    """Return plain text as the HTML that readers of feeds take it for, paragraph by paragraph."""
    return "".join(f"<p>{escape(line)}</p>" for line in body.splitlines() if line.strip())


def hub_of(address: str) -> str:
    """Return where the hub of a feed is asked, which stands beside it."""
    return f"{address.rpartition(PUBLIC)[0]}{HUB}"


def links(address: str) -> str:
    """Return a feed's own address and its hub's as a `Link` header (WebSub 4)."""
    return f'<{hub_of(address)}>; rel="hub", <{address}>; rel="self"'


def atom(channel: Channel, items: Sequence[PublicItem], address: str) -> bytes:
    """Return an Atom feed (RFC 4287) that names its hub; `address` is where it is read."""
    return _feed(_Atom, channel, items, address)


def rss(channel: Channel, items: Sequence[PublicItem], address: str) -> bytes:
    """Return an RSS 2.0 feed; `address` is where it is read."""
    return _feed(_Rss, channel, items, address)


def json_feed(channel: Channel, items: Sequence[PublicItem], address: str) -> bytes:
    """Return a JSON Feed 1.1; `address` is where it is read."""
    shown = [
        {
            "id": item.id.urn,
            "url": item.url,
            "title": item.title,
            "summary": item.summary or item.title,
            "content_text": item.body,
            "date_published": item.first_public_at.isoformat(),
            "date_modified": item.updated_at.isoformat(),
            "authors": [{"name": item.source}],
            "tags": [item.kind.value],
            "language": item.language,
            **_of_repost(item),
        }
        for item in items
    ]
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": channel.title,
        "home_page_url": channel.home,
        "feed_url": address,
        "language": "zh-CN",
        "items": shown,
    }
    return json.dumps(feed, ensure_ascii=False).encode()


def written(form: Form, channel: Channel, answers: Sequence[bytes], address: str) -> bytes:
    """Return a feed of public answers; `address` is where it is read."""
    items = [PublicItem.model_validate_json(answer) for answer in answers]
    return FEEDS[form](channel, items, address)


FOLLOWED = frozenset({Form.ATOM})
"""The forms whose changes the hub hands on."""


def _of_repost(item: PublicItem) -> dict[str, Any]:
    from_elsewhere = {"external_url": item.origin.url} if item.origin else {}
    return from_elsewhere | (
        {"_zhengbu": {"local_note": item.local_note}} if item.local_note else {}
    )


MEDIA_TYPES: Mapping[Form, str] = {
    Form.ATOM: "application/atom+xml",
    Form.RSS: "application/rss+xml",
    Form.JSON: "application/feed+json",
}
FEEDS: Mapping[Form, Callable[[Channel, Sequence[PublicItem], str], bytes]] = {
    Form.ATOM: atom,
    Form.RSS: rss,
    Form.JSON: json_feed,
}
