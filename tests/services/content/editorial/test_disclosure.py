import pytest

from services.content.editorial.disclosure import asked, missing
from services.content.editorial.vocabulary import unknown_terms, vocabularies
from shared.contracts.content import ItemKind
from shared.contracts.drafting import Draft
from shared.contracts.item_text import Metadata, TextOfItem

DRAFT = Draft(title="标题", body="正文", source="市政府办公室")


def test_what_is_asked_are_fields_of_a_text_with_a_name_for_people() -> None:
    for fields in asked().values():
        for field, label in fields:
            assert field in TextOfItem.model_fields
            assert label


def test_a_policy_is_asked_for_what_the_policy_library_queries() -> None:
    assert [one.label for one in missing(ItemKind.POLICY, DRAFT)] == [
        "文号",
        "成文日期",
        "主题分类",
        "体裁分类",
    ]
    said = DRAFT.model_copy(update={"doc_no": "蚌政〔2026〕1号", "genre": "通知"})
    assert [one.field for one in missing(ItemKind.POLICY, said)] == ["written_on", "subject"]


def test_a_kind_that_is_not_listed_is_asked_nothing() -> None:
    assert missing(ItemKind.NEWS, DRAFT) == []


@pytest.mark.parametrize(
    ("classed", "unknown"),
    [
        ({}, []),
        ({"subject": "综合政务/政务公开", "genre": "通知", "audience": "法人/企业"}, []),
        ({"subject": "综合政务"}, []),
        ({"subject": "政务公开"}, ["/subject"]),
        ({"subject": "综合政务/信访局", "genre": "便条"}, ["/subject", "/genre"]),
    ],
)
def test_a_class_is_a_term_of_its_vocabulary(classed: dict[str, str], unknown: list[str]) -> None:
    faults = list(unknown_terms(Metadata(**classed)))  # type: ignore[arg-type]
    assert [fault.pointer for fault in faults] == unknown


def test_every_term_can_be_sent() -> None:
    for name, terms in vocabularies().items():
        assert len(set(terms)) == len(terms)
        for term in terms:
            Metadata(**{name: term})  # type: ignore[arg-type]
