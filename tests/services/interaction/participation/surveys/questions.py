"""The questions that tests of surveys ask, one of each kind, and answers to them."""

from typing import Any

from shared.contracts.questionnaires import Question


def options(*labels: str) -> list[dict[str, str]]:
    return [{"key": key, "label": label} for key, label in zip("abcdefgh", labels, strict=False)]


SINGLE: dict[str, Any] = {
    "key": "used",
    "kind": "single",
    "title": "您用过网上办事吗",
    "options": options("用过", "没有用过", "不清楚"),
}
MULTIPLE: dict[str, Any] = {
    "key": "ways",
    "kind": "multiple",
    "title": "您常用哪些渠道",
    "options": options("网站", "微信", "窗口"),
    "at_most": 2,
    "required": False,
}
RATING: dict[str, Any] = {
    "key": "mark",
    "kind": "rating",
    "title": "您对网上办事的评分",
    "scale": 5,
    "shown_if": {"question": "used", "any_of": ["a"]},
}
TEXT: dict[str, Any] = {
    "key": "why",
    "kind": "text",
    "title": "请说明不满意的原因",
    "longest": 200,
    "required": False,
    "shown_if": {"question": "mark", "at_most": 2},
}
RANKING: dict[str, Any] = {
    "key": "order",
    "kind": "ranking",
    "title": "请按重要程度排序",
    "options": options("快", "准", "便利"),
    "at_least": 2,
}
MATRIX: dict[str, Any] = {
    "key": "grid",
    "kind": "matrix",
    "title": "请评价各窗口",
    "options": options("好", "一般", "差"),
    "rows": [{"key": "tax", "label": "税务"}, {"key": "land", "label": "不动产"}],
}
ALL = [SINGLE, MULTIPLE, RATING, TEXT, RANKING, MATRIX]

Answers = list[dict[str, Any]]
COMMON: Answers = [
    {"question": "order", "choices": ["b", "a"]},
    {
        "question": "grid",
        "cells": [{"row": "tax", "option": "a"}, {"row": "land", "option": "c"}],
    },
]
NEVER_USED: Answers = [{"question": "used", "choices": ["b"]}, *COMMON]
PLEASED: Answers = [
    {"question": "used", "choices": ["a"]},
    {"question": "mark", "rating": 5},
    {"question": "ways", "choices": ["a", "c"]},
    *COMMON,
]
CROSS: Answers = [
    {"question": "used", "choices": ["a"]},
    {"question": "mark", "rating": 1},
    {"question": "why", "text": "排队两个小时，王建国的电话没人接。"},
    *COMMON,
]


def asked(*questions: dict[str, Any]) -> list[Question]:
    return [Question.model_validate(question) for question in questions]
