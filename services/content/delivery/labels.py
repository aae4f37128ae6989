"""Page labels (网页标签), ready-made for each kind of page."""

from collections.abc import Mapping, Sequence
from functools import cache
from html import escape
from importlib.resources import files
from typing import NamedTuple

import yaml

from services.content.registry.column_kinds import column_kinds
from shared.business_day import BEIJING
from shared.contracts.content import PublicItem
from shared.contracts.delivery import Label, PageKind, PageLabels
from shared.contracts.registry import Column, Site

HOME = "首页"
INSTANT = "%Y-%m-%d %H:%M"


class LabelRule(NamedTuple):
    """What the national table says of one label."""

    label: str
    required: frozenset[PageKind]
    pattern: str | None = None
    form: str | None = None
    among: tuple[str, ...] = ()
    instant: bool = False
    on_home: str | None = None


class Catalogue(NamedTuple):
    """The national table: its labels, and what they are not mistaken for."""

    rules: Mapping[str, LabelRule]
    names_of_html: frozenset[str]


@cache
def catalogue() -> Catalogue:
    """Return the national table of labels; its source stands beside it."""
    listed = yaml.safe_load(files(__package__).joinpath("labels.yaml").read_text("utf-8"))
    rules = {
        name: LabelRule(
            label=said["label"],
            required=frozenset(map(PageKind, said["required"])),
            pattern=said.get("pattern"),
            form=said.get("form"),
            among=tuple(listed.get(said.get("among"), ())),
            instant=said.get("instant", False),
            on_home=said.get("on_home"),
        )
        for name, said in listed["labels"].items()
    }
    return Catalogue(rules, frozenset(listed["names_of_html"]))


def of_home(site: Site) -> PageLabels:
    """Return the labels of a site's home page."""
    return _page(PageKind.HOME, {**_of_site(site), "ColumnName": HOME, "ColumnType": HOME})


def of_column(site: Site, column: Column) -> PageLabels:
    """Return the labels of a column's page."""
    told = {
        "ColumnName": column.name,
        "ColumnDescription": column.description or f"{site.name}“{column.name}”栏目",
        "ColumnKeywords": ",".join(column.keywords or (column.name, site.name)),
        "ColumnType": column_kinds().kinds[column.kind].column_type,
    }
    return _page(PageKind.COLUMN, {**_of_site(site), **told})


def of_item(site: Site, column: Column, item: PublicItem, image: str | None) -> PageLabels:
    """Return the labels of an item's page; `image` is where its first image is fetched."""
    told = {
        "ColumnName": column.name,
        "ArticleTitle": item.title,
        "PubDate": item.first_public_at.astimezone(BEIJING).strftime(INSTANT),
        "ContentSource": item.source,
        "Keywords": ",".join(item.keywords),
        "Author": item.byline or "",
        "Description": item.summary or "",
        "Image": image or "",
        "Url": item.url,
    }
    return _page(PageKind.CONTENT, {**_of_site(site), **told})


def html(labels: Sequence[Label]) -> str:
    """Return labels as lines for the head of a page."""
    return "".join(
        f'<meta name="{escape(label.name)}" content="{escape(label.content)}">\n'
        for label in labels
    )


def _of_site(site: Site) -> dict[str, str]:
    return {"SiteName": site.name, "SiteDomain": site.domain, "SiteIDCode": site.code}


def _page(page: PageKind, told: Mapping[str, str]) -> PageLabels:
    labels = [Label(name=name, content=told[name]) for name in catalogue().rules if told.get(name)]
    return PageLabels(page=page, labels=labels, html=html(labels))
