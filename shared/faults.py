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
    "string_pattern_mismatch": "格式不符合要求。",
    "string_unicode": "含有无法识别的字符。",
    "untypeable": "含有不可见的控制字符。",
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
    "url_scheme": "网址只能以 {expected_schemes} 开头。",
    "json_invalid": "不是有效的 JSON。",
    "reason_missing": "请说明理由。",
    "item_twice": "同一篇稿件出现了不止一次：{items}。",
    "amendment_missing": "请写明由哪份文件修改。",
    "successor_misplaced": "此种情况没有替代内容，请删除。",
    "credit_code": "统一社会信用代码的校验位有误。",
    "column_missing": "请选择转载到哪个栏目。",
}
OTHERWISE = "此项有误。"
BETWEEN_ALTERNATIVES = re.compile("'?(?:, | or )'?")


def faults(errors: Iterable[Mapping[str, Any]]) -> list[Fault]:
    """Turn validation errors into faults, each with its place and advice in Chinese."""
    return [_fault(error) for error in errors]


def _fault(error: Mapping[str, Any]) -> Fault:
    advice = ADVICE.get(error["type"], OTHERWISE)
    context = error.get("ctx", {})
    told = {name: _in_chinese(value) for name, value in context.items()}
    try:
        detail = advice.format(**told)
    except KeyError:
        detail = OTHERWISE
    return Fault(_pointer(error["loc"]), error["type"], detail)


def _in_chinese(value: Any) -> Any:
    """List alternatives, which pydantic joins as `'a', 'b' or 'c'`, the Chinese way."""
    if not isinstance(value, str):
        return value
    return BETWEEN_ALTERNATIVES.sub("、", value).strip("'")


def _pointer(place: tuple[str | int, ...]) -> str:
    """Return a JSON pointer into the body, or `query:name`, `path:name`, `header:name`."""
    # A sender may name a field with half a surrogate pair, which no answer can hold.
    names = [str(part).encode(errors="replace").decode() for part in place]
    if not names or names[0] == "body":
        return "".join("/" + name.replace("~", "~0").replace("/", "~1") for name in names[1:])
    return f"{names[0]}:{'.'.join(names[1:])}"
