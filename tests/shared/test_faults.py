import json
import re
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, Literal, get_args
from uuid import UUID

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import AwareDatetime, Field, HttpUrl, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails
from pydantic_core.core_schema import ErrorType

from shared.contracts.text import Line, SiteCode, Strict
from shared.faults import ADVICE, OTHERWISE, faults
from shared.problem import Invalid

LATIN = re.compile("[A-Za-z{}]")
LATIN_NAMES = re.compile("JSON|UUID")

SITE_CODE = (
    "网站标识码应为10位数字（6位行政区划代码加4位序号），或“bm”加8位数字（2位部门编号加6位序号）。"
)


class Colour(StrEnum):
    RED = "red"
    GREEN = "green"


class Form(Strict):
    title: Line
    site: SiteCode


def found(type: Any, value: Any) -> list[ErrorDetails]:
    try:
        TypeAdapter(type).validate_python(value)
    except ValidationError as error:
        return error.errors()
    raise AssertionError("nothing is wrong with it")


@pytest.mark.parametrize("code", get_args(ErrorType))
def test_whatever_pydantic_finds_is_said_in_chinese(code: str) -> None:
    asked = dict.fromkeys(re.findall(r"{(\w+)}", ADVICE.get(code, "")), 7)
    [fault] = faults([{"type": code, "loc": ("body", "x"), "ctx": asked}])
    assert fault.detail.endswith("。")
    assert not LATIN.search(LATIN_NAMES.sub("", fault.detail))


@pytest.mark.parametrize("code", ADVICE)
def test_advice_without_its_figures_is_still_advice(code: str) -> None:
    [fault] = faults([{"type": code, "loc": ("body",)}])
    assert fault.detail in {ADVICE[code], OTHERWISE}
    assert "{" not in fault.detail


@pytest.mark.parametrize(
    ("type", "value", "detail"),
    [
        (Line, "", "至少1个字。"),
        (Line, "字" * 201, "最多200个字。"),
        (Line, "一\n二", "只能填写一行。"),
        (Line, "\x00", "含有不可见的控制字符。"),
        (Annotated[str, Field(pattern="^[a-z]+$")], "1", "格式不符合要求。"),
        (SiteCode, "bengbu", SITE_CODE),
        (Colour, "blue", "只能是：red、green。"),
        (Literal["a", "b", "c"], "d", "只能是：a、b、c。"),
        (Literal["a"], "d", "只能是：a。"),
        (Annotated[int, Field(ge=1)], 0, "不能小于1。"),
        (Annotated[list[int], Field(max_length=1)], [1, 2], "最多1项。"),
        (UUID, "1", "应为编号（UUID）。"),
        (AwareDatetime, datetime(2026, 3, 2), "时间应注明时区。"),  # noqa: DTZ001  # meant
        (HttpUrl, "ftp://bengbu", "网址只能以 http、https 开头。"),
    ],
)
def test_advice_names_what_is_asked_for(type: Any, value: Any, detail: str) -> None:
    assert [fault.detail for fault in faults(found(type, value))] == [detail]


def test_every_fault_is_told_with_its_place() -> None:
    told = faults(found(Form, {"title": 1, "extra": 2}))
    assert {(fault.pointer, fault.code) for fault in told} == {
        ("title:", "string_type"),
        ("site:", "missing"),
        ("extra:", "extra_forbidden"),
    }


@pytest.mark.parametrize(
    ("place", "pointer"),
    [
        (("body",), ""),
        ((), ""),
        (("body", "items", 0, "title"), "/items/0/title"),
        (("body", "a/b~c"), "/a~1b~0c"),
        (("query", "first"), "query:first"),
        (("header", "if-match"), "header:if-match"),
        (("path", "item_id"), "path:item_id"),
    ],
)
def test_a_fault_points_to_its_place(place: tuple[str | int, ...], pointer: str) -> None:
    assert faults([{"type": "missing", "loc": place}])[0].pointer == pointer


@given(st.text(), st.text())
@example("body", "\ud800")
def test_whatever_a_field_is_called_the_problem_can_be_sent(place: str, name: str) -> None:
    error = {"type": "extra_forbidden", "loc": (place, name)}
    json.dumps(Invalid(faults([error])).document(), ensure_ascii=False).encode()


class Paint(Strict):
    act: Literal["paint"]
    colour: Colour


class Move(Strict):
    act: Literal["move"]
    to: Line


class Errand(Strict):
    change: Annotated[Paint | Move, Field(discriminator="act")]


@pytest.mark.parametrize(
    ("change", "pointers"),
    [
        ({"act": "paint", "colour": "x"}, ["/change/colour"]),
        ({"act": "move", "paint": 1}, ["/change/to", "/change/paint"]),
        ({"act": "burn"}, ["/change"]),
        ({}, ["/change"]),
        (7, ["/change"]),
    ],
)
def test_a_fault_in_an_alternative_is_where_the_sender_wrote_it(
    change: Any, pointers: list[str]
) -> None:
    body = {"change": change}
    wrong = [{**error, "loc": ("body", *error["loc"])} for error in found(Errand, body)]
    assert [fault.pointer for fault in faults(wrong, body)] == pointers
