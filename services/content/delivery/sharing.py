"""What a page needs so that readers can share it: addresses, previews, links, a QR code."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from html import escape
from importlib.resources import files
from io import BytesIO
from typing import Any
from urllib.parse import quote

import segno
import yaml

from shared.business_day import BEIJING
from shared.contracts.assets import Family, Use
from shared.contracts.content import ItemKind, PublicItem
from shared.contracts.delivery import Property, ShareData, ShareLink
from shared.contracts.registry import Site

SUMMARY_LENGTH = 120
NEWS = {ItemKind.NEWS, ItemKind.RESPONSE, ItemKind.TOPIC_UPDATE, ItemKind.NOTICE}
WITHIN_A_SCRIPT = str.maketrans(
    {sign: f"\\u{ord(sign):04x}" for sign in ("<", ">", "&", "\u2028", "\u2029")}
)
"""None of them may end the script or open a comment in it."""


def preview(item: PublicItem, address: str) -> str | None:
    """Return where an item's first image is fetched from the API at `address`, if it has one."""
    images = (file for file in item.files if file.family is Family.IMAGE)
    forms = (form for file in images for form in file.forms if form.use is Use.PAGE)
    return next((f"{address}{form.url}" for form in forms), None)


def share(site: Site, item: PublicItem, qr: str, image: str | None) -> ShareData:
    """Return an item's share data; `qr` is where its QR code is read."""
    summary = item.summary or _beginning(item.body)
    graph, card = _open_graph(site, item, summary, image), _twitter(item, summary, image)
    data = _json_ld(site, item, summary) | ({"image": image} if image else {})
    return ShareData(
        item_id=item.id,
        url=item.url,
        title=item.title,
        summary=summary,
        site_name=site.name,
        open_graph=graph,
        twitter=card,
        json_ld=data,
        html=_head(_canonical(item), graph, card, data),
        qr=qr,
        links=_links(item, summary, qr),
    )


def qr_code(url: str) -> bytes:
    """Return an address as a QR code in SVG."""
    drawn = BytesIO()
    segno.make(url, error="m", micro=False).save(drawn, kind="svg", scale=4, title=url)
    return drawn.getvalue()


def in_script(data: Mapping[str, Any]) -> str:
    """Return data as JSON that may stand in a `<script>`, whatever its texts hold."""
    return json.dumps(data, ensure_ascii=False).translate(WITHIN_A_SCRIPT)


def _beginning(body: str) -> str:
    text = " ".join(body.split())
    return text if len(text) <= SUMMARY_LENGTH else f"{text[: SUMMARY_LENGTH - 1]}…"


def _open_graph(site: Site, item: PublicItem, summary: str, image: str | None) -> list[Property]:
    told = [
        ("og:type", "article"),
        ("og:title", item.title),
        ("og:description", summary),
        ("og:url", item.url),
        ("og:site_name", site.name),
        ("og:locale", item.language.replace("-", "_")),
        *((("og:image", image),) if image else ()),
        ("article:published_time", _instant(item.first_public_at)),
        ("article:modified_time", _instant(item.updated_at)),
        *(("article:tag", keyword) for keyword in item.keywords),
    ]
    return [Property(name=name, content=content) for name, content in told]


def _twitter(item: PublicItem, summary: str, image: str | None) -> list[Property]:
    told = {
        "twitter:card": "summary_large_image" if image else "summary",
        "twitter:title": item.title,
        "twitter:description": summary,
        **({"twitter:image": image} if image else {}),
    }
    return [Property(name=name, content=content) for name, content in told.items()]


def _json_ld(site: Site, item: PublicItem, summary: str) -> dict[str, Any]:
    """Return schema.org data: a service for a guide, news for news, else an article."""
    source = {"@type": "GovernmentOrganization", "name": item.source}
    common = {
        "@context": "https://schema.org",
        "@id": item.id.urn,
        "url": item.url,
        "description": summary,
        **({"isBasedOn": item.origin.url} if item.origin else {}),
    }
    if item.kind is ItemKind.GUIDE:
        told = {"@type": "GovernmentService", "name": item.title, "serviceOperator": source}
        return common | told | ({"serviceType": item.subject} if item.subject else {})
    return common | {
        "@type": "NewsArticle" if item.kind in NEWS else "Article",
        "headline": item.title,
        "datePublished": _instant(item.first_public_at),
        "dateModified": _instant(item.updated_at),
        "inLanguage": item.language,
        "keywords": item.keywords,
        "author": source,
        "publisher": source,
        "mainEntityOfPage": _canonical(item),
        "isPartOf": {"@type": "WebSite", "name": site.name, "url": f"https://{site.domain}/"},
    }


def _canonical(item: PublicItem) -> str:
    """Return the address a text is known by: of a repost, its source's."""
    return item.origin.url if item.origin else item.url


def _instant(instant: datetime) -> str:
    return instant.astimezone(BEIJING).isoformat(timespec="seconds")


def _head(
    url: str, graph: Sequence[Property], card: Sequence[Property], data: Mapping[str, Any]
) -> str:
    lines = [
        f'<link rel="canonical" href="{escape(url)}">',
        *(f'<meta property="{one.name}" content="{escape(one.content)}">' for one in graph),
        *(f'<meta name="{one.name}" content="{escape(one.content)}">' for one in card),
        f'<script type="application/ld+json">{in_script(data)}</script>',
    ]
    return "".join(f"{line}\n" for line in lines)


def _links(item: PublicItem, summary: str, qr: str) -> list[ShareLink]:
    filled = {
        "url": quote(item.url, safe=""),
        "title": quote(item.title, safe=""),
        "summary": quote(summary, safe=""),
        "qr": qr,
    }
    return [
        ShareLink(**{**channel, "url": channel["url"].format_map(filled)})
        for channel in _channels()
    ]


@cache
def _channels() -> Sequence[Mapping[str, str]]:
    listed: Sequence[Mapping[str, str]] = yaml.safe_load(
        files(__package__).joinpath("share_links.yaml").read_text("utf-8")
    )
    return listed
