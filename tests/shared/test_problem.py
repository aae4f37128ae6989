import importlib
import pkgutil
import re
from collections.abc import Iterator

import pytest

import services
import shared
from shared.problem import Conflict, Fault, Invalid, NotFound, Problem, StaleVersion
from shared.upstream import Refusal

HAN = re.compile("[\u4e00-\u9fff]")


def problems(kind: type[Problem] = Problem) -> Iterator[type[Problem]]:
    for package in (shared, services):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if ".migrations" not in module.name:
                importlib.import_module(module.name)
    yield from family(kind)


def family(kind: type[Problem]) -> Iterator[type[Problem]]:
    for child in kind.__subclasses__():
        if child.__module__.startswith(("shared.", "services.")):
            yield child
            yield from family(child)


ALL = sorted(set(problems()), key=lambda kind: (kind.__module__, kind.__name__))


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: f"{kind.__module__}.{kind.__name__}")
def test_each_problem_has_a_title_for_developers_and_advice_for_people(
    kind: type[Problem],
) -> None:
    assert kind.title
    assert not kind.title.endswith(".")
    assert not HAN.search(kind.title)
    assert HAN.search(kind.advice)
    assert 400 <= kind.status < 600


def test_no_two_problems_share_a_type() -> None:
    types = [kind.type for kind in ALL]
    assert sorted(types) == sorted(set(types))


def test_a_document_says_what_is_wrong_with_its_members() -> None:
    assert StaleVersion(version=3).document() == {
        "type": "/problems/stale-version",
        "title": "The thing has changed since you read it",
        "status": 412,
        "detail": "内容已被他人修改，请刷新后再操作。",
        "version": 3,
    }


def test_a_problem_says_the_sentence_it_is_given() -> None:
    assert NotFound("没有这个网站。").document()["detail"] == "没有这个网站。"


def test_a_fault_in_the_system_tells_nothing() -> None:
    assert Problem().document()["type"] == "about:blank"


def test_invalid_names_every_fault() -> None:
    faults = [
        Fault("/title", "missing", "此项必填。"),
        Fault("query:first", "int_type", "应为整数。"),
    ]
    assert Invalid(faults).document()["faults"] == [
        {"pointer": "/title", "code": "missing", "detail": "此项必填。"},
        {"pointer": "query:first", "code": "int_type", "detail": "应为整数。"},
    ]


def test_a_stale_version_is_a_conflict() -> None:
    assert issubclass(StaleVersion, Conflict)
    assert Refusal in ALL
