from hashlib import sha256
from typing import Any
from uuid import UUID

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from services.content.editorial.revision import content_hash
from shared.contracts.content import ItemKind

COLUMN = UUID(int=1)
TEXT = {"title": "标题", "body": "正文", "to_be_interpreted": False, "doc_no": None}


def _hash(
    site: str = "3403000006", column: UUID = COLUMN, kind: ItemKind = ItemKind.NEWS, **text: object
) -> str:
    return content_hash(site, column, kind, {**TEXT, **text})


def test_the_order_of_the_fields_does_not_matter() -> None:
    turned = dict(reversed(TEXT.items()))
    assert content_hash("3403000006", COLUMN, ItemKind.NEWS, turned) == _hash()


@pytest.mark.parametrize(
    "other",
    [
        _hash(title="标题 "),
        _hash(body="正文\n"),
        _hash(doc_no=""),
        _hash(to_be_interpreted=True),
        _hash(site="3403000007"),
        _hash(column=UUID(int=2)),
        _hash(kind=ItemKind.NOTICE),
    ],
)
def test_whatever_a_reader_would_see_changes_the_hash(other: str) -> None:
    assert other != _hash()


NAMES = st.text("ab_c", max_size=4)
SAID = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
)


@given(st.dictionaries(NAMES, SAID, max_size=5))
def test_anybody_with_rfc_8785_comes_to_the_same_hash(text: dict[str, Any]) -> None:
    place = {"site_code": "3403000006", "column_id": str(COLUMN), "kind": "news"}
    told = sha256(rfc8785.dumps({**text, **place})).hexdigest()
    assert content_hash("3403000006", COLUMN, ItemKind.NEWS, text) == told
