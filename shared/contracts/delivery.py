"""What the public face answers beside the items themselves."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import AliasChoices, BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from shared.contracts.content import ItemKind, PublicItem
from shared.contracts.item_text import InterpretationForm
from shared.contracts.page import Page
from shared.contracts.registry import ColumnKind
from shared.contracts.text import Strict

WANT_PUBLIC_STATE = "Want-Public-State"
PUBLIC_STATE = "Public-State"
"""The headers by which a read is asked of which public state it is, and tells it."""


class Part(BaseModel):
    """A stretch of plain text: one that was looked for, or what stands between."""

    text: str
    found: bool


class Highlight(BaseModel):
    """Why an item was found: plain text in parts, which a front end escapes like any text."""

    item_id: UUID
    title: list[Part]
    body: list[list[Part]] = Field(description="Snippets, each in parts; the beginning if none.")


class Total(BaseModel):
    """How many items were found."""

    count: int
    exact: bool = Field(description="Otherwise there are at least as many.")


class ClassCount(BaseModel):
    """How many of the counted items fall into one class."""

    value: str
    count: int


class Facets(BaseModel):
    """The newest of the items found, at most a thousand, by class; most numerous first."""

    kind: list[ClassCount]
    site_code: list[ClassCount]
    year: list[ClassCount]


class SearchPage(Page[PublicItem]):
    """Some of the items found, in order, and what was found altogether."""

    total: Total
    facets: Facets
    highlights: list[Highlight] = Field(description="One for each item, in the same order.")


class PageKind(StrEnum):
    """What a page of a site is, as page labels look at it."""

    HOME = "home"
    COLUMN = "column"
    CONTENT = "content"


class Label(BaseModel):
    """A page label (网页标签).

    Source: 国办发〔2017〕47号.
    """

    name: str = Field(max_length=100, examples=["SiteName"])
    content: str = Field(max_length=2_000)


class PageLabels(BaseModel):
    """The labels a page must carry, and the same as HTML for its head."""

    page: PageKind
    labels: list[Label]
    html: str


class LabelsToCheck(Strict):
    """A page's labels: as the page itself or as a list."""

    page: PageKind
    html: Annotated[str, Field(max_length=1_000_000)] | None = None
    labels: Annotated[list[Label], Field(max_length=200)] | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.html is None) == (self.labels is None):
            raise PydanticCustomError("html_or_labels", "Give either html or labels.")
        return self


class Severity(StrEnum):
    """Whether a label must or should be put right."""

    ERROR = "error"
    WARNING = "warning"


class LabelFinding(BaseModel):
    """Something to put right in a page's labels."""

    code: str = Field(examples=["missing"])
    severity: Severity
    name: str
    content: str | None = None
    message: str = Field(description="For the person, in Chinese.")
    suggestion: str | None = Field(default=None, description="What to write instead.")


class LabelsReport(BaseModel):
    """What a page's labels are, and what is wrong with them."""

    page: PageKind
    valid: bool = Field(description="Nothing must be put right; something still may.")
    labels: list[Label]
    findings: list[LabelFinding]


class Property(BaseModel):
    """One `<meta>` of a page."""

    name: str
    content: str


class ShareLink(BaseModel):
    """Where a reader shares a page on one of the social media."""

    channel: str = Field(examples=["weibo"])
    label: str = Field(examples=["微博"])
    url: str


class ShareData(BaseModel):
    """Everything a front end needs so that a page can be shared."""

    item_id: UUID
    url: str = Field(description="The canonical address.")
    title: str
    summary: str
    site_name: str
    open_graph: list[Property]
    twitter: list[Property]
    json_ld: dict[str, Any] = Field(description="schema.org, as data.")
    html: str = Field(description="All of it for the page's head, escaped.")
    qr: str = Field(description="Where the address stands as a QR code.")
    links: list[ShareLink]


class DayVisits(BaseModel):
    """How often something was read on one day, in Beijing."""

    day: date
    count: int


class ItemVisits(BaseModel):
    """How often an item was read."""

    item_id: UUID
    total: int
    days: list[DayVisits] = Field(description="The last thirty days that have any.")


class SiteVisits(BaseModel):
    """How often a site's items were read over some days."""

    site_code: str
    total: int
    days: list[DayVisits]


class CatalogueEntry(BaseModel):
    """A row of the disclosure catalogue.

    Source: 政府信息公开目录系统实施指引（试行）, core elements; the working set of Anhui pages.
    """

    model_config = ConfigDict(from_attributes=True)

    id: UUID = Field(validation_alias=AliasChoices("id", "item_id"))
    index_no: str | None = Field(default=None, description="索引号.")
    title: str = Field(description="信息名称.")
    summary: str | None = Field(description="内容概述.")
    column_id: UUID
    kind: ItemKind = Field(description="信息分类.")
    publisher: str = Field(
        validation_alias=AliasChoices("publisher", "source"), description="发布机构."
    )
    origin_url: str | None = Field(description="信息来源, of a repost.")
    doc_no: str | None = Field(description="文号.")
    written_on: date | None = Field(description="成文日期.")
    published_at: datetime = Field(
        validation_alias=AliasChoices("published_at", "first_public_at"), description="发布日期."
    )
    subject: str | None = Field(description="主题分类.")
    genre: str | None = Field(description="体裁分类.")
    audience: str | None = Field(description="服务对象分类.")
    keywords: list[str] = Field(description="关键词.")
    language: str = Field(description="语种.")
    in_force_on: date | None = Field(description="生效日期.")
    expires_on: date | None = Field(description="失效日期.")
    url: str


class CatalogueCounts(BaseModel):
    """How a site's catalogue falls into subjects and genres."""

    total: int
    subject: list[ClassCount]
    genre: list[ClassCount]


class CountedColumn(BaseModel):
    """What a column released in a year and still shows."""

    column_id: UUID
    name: str
    kind: ColumnKind
    count: int


class CountedKind(BaseModel):
    """What of one kind was released in a year and is still public."""

    kind: ItemKind
    count: int


class CountedForm(BaseModel):
    """Interpretations of one form; none where the form was not stated."""

    form: InterpretationForm | None
    count: int


class CountedRow(BaseModel):
    """A row of the annual report (年度工作报表)."""

    code: str
    label: str
    count: int


class AnnualCounters(BaseModel):
    """What a site's annual report asks of content, as far as the kept facts tell.

    Source: 国办发〔2017〕47号, 政府网站工作年度报表.
    """

    site_code: str
    year: int
    first_released: int = Field(
        description="Items first public in the year, withdrawn ones too; reposts as well."
    )
    standing: int = Field(description="Those of them that are public now.")
    withdrawn: int = Field(
        description="Those that are not: their columns and kinds are no longer known, so every"
        " count below leaves them out."
    )
    visits: int = Field(description="Visits counted in the year; visitors are not known.")
    rows: list[CountedRow]
    columns: list[CountedColumn]
    kinds: list[CountedKind]
    interpretations: list[CountedForm]
