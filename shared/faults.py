"""What pydantic found wrong, as faults a person can put right."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from shared.problem import Fault

ADVICE = {
    "missing": "此项必填。",
    "extra_forbidden": "没有这一项，请删除。",
    "string_type": "应为文字。",
    "string_too_short": "至少{min_length}个字。",
    "string_too_long": "最多{max_length}个字。",
    "too_many_bytes": "最多{most}个字节。",
    "string_pattern_mismatch": "格式不符合要求。",
    "string_unicode": "含有无法识别的字符。",
    "untypeable": "含有不可见的控制字符。",
    "date_form": "日期应写作 2026-01-31，时间应写作 2026-01-31T09:00:00+08:00。",
    "several_lines": "只能填写一行。",
    "int_type": "应为整数。",
    "int_parsing": "应为整数。",
    "int_from_float": "应为整数。",
    "bool_type": "应为是或否。",
    "bool_parsing": "应为是或否。",
    "float_type": "应为数字。",
    "decimal_parsing": "应为数字。",
    "greater_than_equal": "不能小于{ge}。",
    "greater_than": "应大于{gt}。",
    "less_than_equal": "不能大于{le}。",
    "less_than": "应小于{lt}。",
    "enum": "只能是：{expected}。",
    "literal_error": "只能是：{expected}。",
    "uuid_type": "应为编号（UUID）。",
    "uuid_parsing": "应为编号（UUID）。",
    "date_type": "应为日期，如 2026-01-31。",
    "date_parsing": "应为日期，如 2026-01-31。",
    "date_from_datetime_parsing": "应为日期，如 2026-01-31。",
    "datetime_type": "应为带时区的时间。",
    "datetime_parsing": "应为带时区的时间。",
    "datetime_from_date_parsing": "应为带时区的时间。",
    "timezone_aware": "时间应注明时区。",
    "list_type": "应为列表。",
    "dict_type": "应为对象。",
    "model_type": "应为对象。",
    "model_attributes_type": "应为对象。",
    "too_short": "至少{min_length}项。",
    "too_long": "最多{max_length}项。",
    "url_parsing": "应为网址。",
    "ip_any_address": "应为 IP 地址，如 211.156.0.1。",
    "url_scheme": "网址只能以 {expected_schemes} 开头。",
    "json_invalid": "不是有效的 JSON。",
    "reason_missing": "请说明理由。",
    "occurrence_missing": "请填写事件发生时间。",
    "invitee_unclear": "请在专家和媒体中选填一项。",
    "item_missing": "请填写交稿对应的稿件。",
    "decimal_max_digits": "最多{max_digits}位数字。",
    "decimal_max_places": "最多{decimal_places}位小数。",
    "source_missing": "请填写来源说明或链接。",
    "site_or_organization": "请在网站和单位中填写且只填写一项。",
    "html_or_labels": "请提交网页源码或标签列表，二者选一。",
    "item_twice": "同一篇稿件出现了不止一次：{items}。",
    "amendment_missing": "请写明由哪份文件修改。",
    "successor_misplaced": "此种情况没有替代内容，请删除。",
    "credit_code": "统一社会信用代码的校验位有误。",
    "one_deadline": "请填写截止时间或选择一项时限政策，二者选一。",
    "later_policy": "后续开通的网站也要告知的，请选择时限政策，不要指定截止时间。",
    "later_names": "指定了网站的，不能再告知后续开通的网站。",
    "trigger_missing": "请至少限定一项：来源网站级别、来源网站、信息类型或主题分类。",
    "policy_missing": "请选择时限政策。",
    "column_missing": "请选择转载到哪个栏目。",
    "not_a_level": "只能选择增设的审校环节，且不得重复；负责人审查和保密审查必经。",
    "union_tag_not_found": "请注明是哪一种。",
    "union_tag_invalid": "只能是：{expected_tags}。",
    "nothing_asked": "请至少填写一项要变更的内容。",
    "one_destination": "请填写内容去向：一个网址，或网站群内的一个网站。",
    "reader_address": "应为公众可以访问的网址，使用域名，不含账号和密码。",
    "site_code": (
        "网站标识码应为10位数字（6位行政区划代码加4位序号），或“bm”加8位数字（2位部门编号加6位序号）。"
    ),
    "unknown_procedure": "只能是：{kinds}。",
    "draft_too_long": "征求意见稿合计最多{most}个字。",
    "over_before_it_begins": "结束时间应在开始时间之后。",
    "outside_folder": "只能写数据文件所在文件夹以内的相对路径，以 / 分隔，不含“..”。",
}
OTHERWISE = "此项有误。"
BETWEEN_ALTERNATIVES = re.compile("'?(?:, | or )'?")


def faults(errors: Iterable[Mapping[str, Any]], body: Any = None) -> list[Fault]:
    """Turn validation errors into faults, each with its place and advice in Chinese."""
    return [_fault(error, body) for error in errors]


def _fault(error: Mapping[str, Any], body: Any) -> Fault:
    advice = ADVICE.get(error["type"], OTHERWISE)
    context = error.get("ctx", {})
    told = {name: _in_chinese(value) for name, value in context.items()}
    try:
        detail = advice.format(**told)
    except KeyError:
        detail = OTHERWISE
    return Fault(_pointer(_without_tags(error["loc"], body)), error["type"], detail)


def _in_chinese(value: Any) -> Any:
    """List alternatives, which pydantic joins as `'a', 'b' or 'c'`, the Chinese way."""
    if not isinstance(value, str):
        return value
    return BETWEEN_ALTERNATIVES.sub("、", value).strip("'")


def _without_tags(place: tuple[str | int, ...], body: Any) -> tuple[str | int, ...]:
    """Drop what pydantic puts in a place to say which alternative it read: a value, not a name."""
    names: list[str | int] = []
    here: Any = {"body": body}
    for name in place:
        if isinstance(here, dict) and name not in here and name in here.values():
            continue
        names.append(name)
        try:
            here = here[name]
        except (KeyError, IndexError, TypeError):  # whatever was sent, or was not
            here = None
    return tuple(names)


def _pointer(place: tuple[str | int, ...]) -> str:
    """Return a JSON pointer into the body, or `query:name`, `path:name`, `header:name`."""
    # A sender may name a field with half a surrogate pair, which no answer can hold.
    names = [str(part).encode(errors="replace").decode() for part in place]
    if not names or names[0] == "body":
        return "".join("/" + name.replace("~", "~0").replace("/", "~1") for name in names[1:])
    return f"{names[0]}:{'.'.join(names[1:])}"
