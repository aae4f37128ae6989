"""The table of a directive's coverage: who, when, and by what evidence."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from shared.business_day import BEIJING
from shared.contracts.directives import ObligationState
from shared.contracts.receipts import PageFault, PageVerdict

Cell = str | float | None
HEADINGS = (
    *("网站标识码", "网站名称", "主办单位", "状态", "是否逾期"),
    *("截止时间", "办理时间", "不予转载理由", "转载网址", "登记时间"),
    *("核验结论", "核验时间", "最近读取时间", "最近读取结果", "未能读取原因"),
    *("HTTP 状态码", "相符比例", "页面摘要（SHA-256）", "文本摘要（SHA-256）"),
)
STATES = {
    ObligationState.DELIVERED: "待办理",
    ObligationState.ACCEPTED: "已转载",
    ObligationState.LATE: "逾期未办",
    ObligationState.DECLINED: "不予转载",
    ObligationState.WITHDRAWN: "已撤回",
    ObligationState.LIVE_CLAIMED: "已上线待核实",
    ObligationState.LIVE_VERIFIED: "已核实",
    ObligationState.DIVERGED: "内容不一致",
}
VERDICTS = {
    PageVerdict.SAME: "一致",
    PageVerdict.DIVERGED: "不一致",
    PageVerdict.ABSENT: "无此内容",
    PageVerdict.UNREAD: "未能读取",
}
FAULTS = {
    PageFault.NO_ANSWER: "无应答",
    PageFault.FORBIDDEN: "网址不允许访问",
    PageFault.STATUS: "状态码异常",
    PageFault.TOO_LONG: "页面过大",
    PageFault.TANGLED: "页面结构混乱",
    PageFault.NO_EDITION: "无可比对文本",
    PageFault.GONE: "页面已不存在",
    PageFault.NO_TEXT: "页面没有正文",
    PageFault.NO_LINK: "页面没有链接",
    PageFault.BLANK: "页面空白",
    PageFault.NEVER_SEEN: "从未读到原文",
}


class Evidence(NamedTuple):
    """What the last reading of a repost's page found."""

    read_at: datetime
    verdict: PageVerdict
    fault: PageFault | None
    status: int | None
    matched: float | None
    body_hash: str | None
    content_hash: str | None


class Covered(NamedTuple):
    """What one site did about a directive."""

    site_code: str
    site_name: str
    sponsor: str
    state: ObligationState
    late: bool
    deadline: datetime
    settled_at: datetime | None
    reason: str | None
    url: str | None
    claimed_at: datetime | None
    judged: PageVerdict | None
    judged_at: datetime | None
    evidence: Evidence | None


def row(covered: Covered) -> Sequence[Cell]:
    """Return a line of the table; times are Beijing's."""
    return (
        *(covered.site_code, covered.site_name, covered.sponsor, STATES[covered.state]),
        *("是" if covered.late else "否", _at(covered.deadline), _at(covered.settled_at)),
        *(covered.reason, covered.url, _at(covered.claimed_at)),
        *(VERDICTS[covered.judged] if covered.judged else None, _at(covered.judged_at)),
        *_of(covered.evidence),
    )


def _of(found: Evidence | None) -> Sequence[Cell]:
    if found is None:
        return (None,) * (len(HEADINGS) - HEADINGS.index("最近读取时间"))
    fault = FAULTS[found.fault] if found.fault else None
    return (
        *(_at(found.read_at), VERDICTS[found.verdict], fault, found.status, found.matched),
        *(found.body_hash, found.content_hash),
    )


def _at(instant: datetime | None) -> str | None:
    return instant.astimezone(BEIJING).strftime("%Y-%m-%d %H:%M:%S") if instant else None
