"""What a clerk is told about feeds and entries."""

from collections.abc import Mapping
from enum import StrEnum

from services.content.syndication.intake.entry import Flaw
from services.content.syndication.intake.figures import Figures
from shared.contracts.upstream_entries import SameBy, Sameness, SameThing
from shared.contracts.upstream_feeds import FeedFault
from shared.problem import Problem

FEED: Mapping[FeedFault, str] = {
    FeedFault.FORBIDDEN: "地址或其跳转目标不允许访问（内网、本机或保留地址），请核对网址。",
    FeedFault.NO_ANSWER: "服务器没有应答，稍后自动重试。",
    FeedFault.TOO_MANY_REDIRECTS: "跳转次数过多，请核对网址。",
    FeedFault.STATUS: "服务器返回状态码 {status}，稍后自动重试。",
    FeedFault.GONE: "对方已声明该信息源永久停用（410），不再读取；如有新地址请修改。",
    FeedFault.TOO_LONG: "内容超过 {megabytes} MB，未读取；请改用条目较少的信息源地址。",
    FeedFault.NOT_A_FEED: "该地址返回的不是信息源，可能是网页，请核对网址。",
    FeedFault.BROKEN_XML: "XML 第 {line} 行第 {column} 列有误；只收取了能识别的条目。",
    FeedFault.BROKEN_JSON: "JSON 第 {line} 行第 {column} 列有误，未能读取。",
    FeedFault.ENTITIES: "含有自定义实体（ENTITY），可能是攻击，未读取；请联系对方。",
    FeedFault.TANGLED: "单个标签的属性过多，未读取；请联系对方。",
    FeedFault.BAD_ENTRIES: "有 {bad} 个条目有误未收取，其余已收取。",
    FeedFault.TOO_MANY_ENTRIES: "条目超过 {most} 个，只收取了前 {most} 个。",
}
QUIET = "已 {days} 天没有新条目，远超其平时的更新间隔，请核对信息源是否已停用或改版。"


class EntryFault(StrEnum):
    """Why an entry could not become what its rule says."""

    NO_LINK = "no_link"
    FORBIDDEN = "forbidden"
    NO_ANSWER = "no_answer"
    STATUS = "status"
    TOO_LONG = "too_long"
    NO_TEXT = "no_text"


ENTRY: Mapping[EntryFault, str] = {
    EntryFault.NO_LINK: "条目没有正文，也没有可用的原文链接。",
    EntryFault.FORBIDDEN: "原文链接不允许访问。",
    EntryFault.NO_ANSWER: "原文网页没有应答。",
    EntryFault.STATUS: "原文网页返回状态码 {status}。",
    EntryFault.TOO_LONG: "原文网页过大，未读取。",
    EntryFault.NO_TEXT: "原文网页上没有读到这篇文章的标题和正文。",
}
BY_HAND = "请打开原文核对后人工采用。"
NO_RULE = "没有匹配的规则。"
BY_RULE = "按规则留待人工处理。"
BEFORE = "发布时间早于信息源登记的起始时间。"
WITHDRAWN = "对方已撤下，不再收取。"
NOT_DRAFTED = "未能按规则写成稿件：{why}"
NOT_ISSUED = "未能自动下达转载要求：{why}"
SAME: Mapping[SameBy, str] = {
    SameBy.OWN: "来自本单位所在网站群（{title}），属于循环转载。",
    SameBy.LINK: "原文链接相同",
    SameBy.DOCUMENT_NUMBER: "文号相同",
    SameBy.INDEX_NUMBER: "索引号相同",
    SameBy.LIKENESS: "标题和内容相近，请人工判断是否重复",
}
FIELDS = {
    "title": "标题",
    "body": "正文",
    "summary": "摘要",
    "doc_no": "文号",
    "written_on": "成文日期",
    "source": "来源",
    "byline": "作者",
    "links": "链接",
    "column_id": "栏目",
}
THING: Mapping[SameThing, str] = {SameThing.ENTRY: "已收取的条目", SameThing.ITEM: "已有的稿件"}


def told(flaw: Flaw | None, limits: Figures, *, status: int | None, bad: int) -> str | None:
    """Return what is wrong with a feed, and where."""
    if flaw is None:
        return None
    return FEED[flaw.fault].format(
        status=status,
        line=flaw.line or "?",
        column=flaw.column or "?",
        bad=bad,
        most=limits.most_entries,
        megabytes=limits.longest_feed // 1_000_000,
    )


def why(refused: Problem) -> str:
    """Return everything that a refusal says is wrong, in one line."""
    faults = refused.members.get("faults") or ()
    named = [f"{_field(fault['pointer'])}：{fault['detail']}" for fault in faults]
    return "；".join([refused.detail, *named])


def _field(pointer: str) -> str:
    name = pointer.split("/")[1] if "/" in pointer else pointer
    return FIELDS.get(name, name)


def told_same(same: Sameness) -> str:
    """Return why an entry counts as known."""
    said = SAME[same.by].format(title=same.title)
    thing = THING.get(same.what)
    return said if thing is None else f"与{thing}“{same.title}”：{said}。"
