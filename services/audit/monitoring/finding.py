"""The kinds of finding, and what each one means for the people who must put it right."""

from enum import StrEnum
from typing import NamedTuple


class Severity(StrEnum):
    """How much harm a finding does while it stands."""

    MINOR = "minor"
    SERIOUS = "serious"
    GRAVE = "grave"


class Nature(NamedTuple):
    """What a kind of finding weighs, what it is called, and how it is put right."""

    severity: Severity
    label: str
    remedy: str


class FindingKind(StrEnum):
    """What is wrong, as a code that never changes its meaning."""

    NEWS_OVERDUE = "news_overdue"
    NOTICES_OVERDUE = "notices_overdue"
    POLICIES_OVERDUE = "policies_overdue"
    PERSONNEL_OVERDUE = "personnel_overdue"
    PLANS_OVERDUE = "plans_overdue"
    COLUMN_OVERDUE = "column_overdue"
    COLUMN_PAST_RED_LINE = "column_past_red_line"
    BLANK_COLUMN = "blank_column"
    STATEMENT_MISSING = "statement_missing"
    STATEMENT_LEFT_BEHIND = "statement_left_behind"
    HOME_STALE = "home_stale"
    DATE_FORGED = "date_forged"
    POLICY_UNINTERPRETED = "policy_uninterpreted"
    INTERPRETATION_LATE = "interpretation_late"
    LETTER_LATE = "letter_late"
    LETTER_UNANSWERED = "letter_unanswered"
    REPOST_LATE = "repost_late"
    REPOST_DIVERGED = "repost_diverged"
    REPOST_DECLINED = "repost_declined"
    WITHDRAWAL_IGNORED = "withdrawal_ignored"
    PROCEDURE_MISSING = "procedure_missing"
    POST_VACANT = "post_vacant"
    SITE_UNREACHABLE = "site_unreachable"
    PAGE_TAMPERED = "page_tampered"
    HIDDEN_LINK = "hidden_link"
    DEAD_LINK = "dead_link"
    LABEL_MISSING = "label_missing"
    PERSONAL_DATA_EXPOSED = "personal_data_exposed"
    WRONG_WORDING = "wrong_wording"
    NAMED_BY_STATE_COUNCIL = "named_by_state_council"
    NAMED_BY_PROVINCE = "named_by_province"

    @property
    def nature(self) -> Nature:
        """The severity, label and remedy of this kind."""
        return NATURES[self]


NATURES = {
    FindingKind.NEWS_OVERDUE: Nature(
        Severity.SERIOUS,
        "动态、要闻类栏目更新逾期",
        "尽快发布新的动态、要闻信息，并保持每周至少更新一次。",
    ),
    FindingKind.NOTICES_OVERDUE: Nature(
        Severity.SERIOUS,
        "通知公告类栏目更新逾期",
        "尽快发布新的通知公告，并保持每月至少更新一次。",
    ),
    FindingKind.POLICIES_OVERDUE: Nature(
        Severity.SERIOUS,
        "政策文件类栏目更新逾期",
        "尽快发布新的政策文件，并保持每月至少更新一次。",
    ),
    FindingKind.PERSONNEL_OVERDUE: Nature(
        Severity.SERIOUS, "人事类栏目更新逾期", "尽快发布新的人事信息，并保持每季度至少更新一次。"
    ),
    FindingKind.PLANS_OVERDUE: Nature(
        Severity.SERIOUS,
        "规划计划类栏目更新逾期",
        "尽快发布新的规划计划信息，并保持每季度至少更新一次。",
    ),
    FindingKind.COLUMN_OVERDUE: Nature(
        Severity.SERIOUS, "自定更新频率的栏目更新逾期", "按该栏目自定的更新频率补充更新。"
    ),
    FindingKind.COLUMN_PAST_RED_LINE: Nature(
        Severity.GRAVE, "栏目更新超过全国红线", "立即补充更新；确无内容的，申请整合或隐藏该栏目。"
    ),
    FindingKind.BLANK_COLUMN: Nature(
        Severity.SERIOUS, "空白栏目", "补充内容；确无内容的，向政务公开主管部门申报后整合或隐藏。"
    ),
    FindingKind.STATEMENT_MISSING: Nature(
        Severity.MINOR,
        "未明确更新频率的栏目没有情况说明",
        "发布情况说明，讲明该栏目暂无信息的原因。",
    ),
    FindingKind.STATEMENT_LEFT_BEHIND: Nature(
        Severity.MINOR, "栏目已有信息，情况说明仍未删除", "删除该栏目的情况说明。"
    ),
    FindingKind.HOME_STALE: Nature(Severity.GRAVE, "首页长期不更新", "立即更新首页栏目的信息。"),
    FindingKind.DATE_FORGED: Nature(
        Severity.GRAVE, "伪造发稿日期", "恢复真实的首次公开时间，并书面说明原因。"
    ),
    FindingKind.POLICY_UNINTERPRETED: Nature(
        Severity.SERIOUS,
        "应当解读的政策没有解读",
        "由起草部门提供解读材料，发布后与政策文件相互关联。",
    ),
    FindingKind.INTERPRETATION_LATE: Nature(
        Severity.MINOR, "政策解读发布逾期", "今后解读与政策文件同步发布。"
    ),
    FindingKind.LETTER_LATE: Nature(
        Severity.SERIOUS, "来信答复逾期", "立即答复来信人，并说明逾期原因。"
    ),
    FindingKind.LETTER_UNANSWERED: Nature(
        Severity.GRAVE, "有效来信长期未答复", "当日答复来信人，并向主管部门书面说明。"
    ),
    FindingKind.REPOST_LATE: Nature(
        Severity.MINOR, "上级政策信息转载逾期", "立即转载，今后在规定时限内完成。"
    ),
    FindingKind.REPOST_DIVERGED: Nature(
        Severity.SERIOUS, "转载内容与原文不一致", "按原文更正标题、正文和来源。"
    ),
    FindingKind.REPOST_DECLINED: Nature(
        Severity.SERIOUS,
        "应当转载而未转载",
        "完成转载；确不适用的，重新说明理由并报主管部门认可。",
    ),
    FindingKind.WITHDRAWAL_IGNORED: Nature(
        Severity.GRAVE, "原文撤回后转载件仍在", "立即撤下转载件，并清理各处缓存。"
    ),
    FindingKind.PROCEDURE_MISSING: Nature(
        Severity.MINOR, "缺少工作规程", "制定相应的工作规程并登记备案。"
    ),
    FindingKind.POST_VACANT: Nature(
        Severity.MINOR, "必设岗位空缺", "明确专人负责，并更新岗位登记。"
    ),
    FindingKind.SITE_UNREACHABLE: Nature(
        Severity.GRAVE, "站点无法访问", "立即恢复访问；因故障或不可抗力中断的，立即报备。"
    ),
    FindingKind.PAGE_TAMPERED: Nature(
        Severity.GRAVE, "页面内容被篡改", "立即按已发布的版本恢复页面，并报告网络安全部门。"
    ),
    FindingKind.HIDDEN_LINK: Nature(
        Severity.GRAVE, "页面含有暗链", "立即清除暗链，并排查入侵途径。"
    ),
    FindingKind.DEAD_LINK: Nature(Severity.MINOR, "链接不可用", "更正或删除失效的链接。"),
    FindingKind.LABEL_MISSING: Nature(Severity.MINOR, "网页标签缺失", "补全页面的网页标签。"),
    FindingKind.PERSONAL_DATA_EXPOSED: Nature(
        Severity.GRAVE, "泄露个人信息", "立即撤下并作去标识化处理后重新发布。"
    ),
    FindingKind.WRONG_WORDING: Nature(
        Severity.SERIOUS, "表述错误", "更正错误表述，并留存更正记录。"
    ),
    FindingKind.NAMED_BY_STATE_COUNCIL: Nature(
        Severity.GRAVE, "被国务院办公厅通报", "按通报要求整改，并报告整改结果。"
    ),
    FindingKind.NAMED_BY_PROVINCE: Nature(
        Severity.GRAVE, "被省政府办公厅通报", "按通报要求整改，并报告整改结果。"
    ),
}
