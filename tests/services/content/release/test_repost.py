from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.content.release.repost import (
    ORDER,
    AlreadyStands,
    FromThisSite,
    Manner,
    NotTheOriginal,
    OtherEdition,
    allows,
    check_edition,
    check_new_on,
    check_original,
    own_hash,
    way,
)
from shared.contracts.content import ItemKind
from shared.contracts.origin import Fidelity
from tests.support.people import NOW

SITE, COUNTY, THIRD = "3403000006", "3403210001", "3403210002"
SOURCE, COLUMN = UUID(int=1), UUID(int=9)


@dataclass
class Text:
    item_id: UUID = SOURCE
    site_code: str = SITE
    title: str = "标题"
    body: str = "正文"
    url: str = "https://a.gov.cn/items/1"
    doc_no: str | None = None
    index_no: str | None = None
    origin_item_id: UUID | None = None
    origin_url: str | None = None
    fidelity: Fidelity | None = None
    content_hash: str = "a" * 64


def repost(**fields: Any) -> Text:
    return Text(**{"item_id": uuid4(), "site_code": COUNTY, "origin_item_id": SOURCE} | fields)


def test_each_fidelity_allows_what_the_one_before_allows() -> None:
    assert ORDER == (Fidelity.VERBATIM, Fidelity.TITLE, Fidelity.SUMMARY)
    for place, asked in enumerate(ORDER):
        assert [made for made in ORDER if allows(asked, made)] == list(ORDER[: place + 1])
    assert allows(Fidelity.VERBATIM, None)


@pytest.mark.parametrize(
    ("manner", "fidelity"),
    [
        (Manner(local_note="按语"), Fidelity.VERBATIM),
        (Manner(title="改题"), Fidelity.TITLE),
        (Manner(summary="摘要"), Fidelity.SUMMARY),
        (Manner(title="改题", summary="摘要"), Fidelity.SUMMARY),
    ],
)
def test_a_note_changes_nothing_and_words_do(manner: Manner, fidelity: Fidelity) -> None:
    assert manner.fidelity is fidelity


WORDS = st.none() | st.text(min_size=1, max_size=20)
BOUND = st.tuples(st.text("0123456789abcdef", min_size=64, max_size=64), WORDS, WORDS)


@given(BOUND, BOUND)
def test_one_hash_means_one_edition_and_one_wording(one: Any, other: Any) -> None:
    def of(bound: Any) -> str:
        origin, title, summary = bound
        manner = Manner(title, summary, "按语不计")
        return own_hash(origin, SITE, COLUMN, ItemKind.POLICY, manner)

    assert (of(one) == of(other)) is (one == other)


def test_a_note_is_no_part_of_the_hash() -> None:
    hashes = {
        own_hash("0" * 64, SITE, COLUMN, ItemKind.POLICY, Manner("改题", None, note))
        for note in (None, "一", "二")
    }
    assert len(hashes) == 1


def test_a_text_does_not_come_back_to_where_it_comes_from() -> None:
    with pytest.raises(FromThisSite) as refused:
        check_new_on(SITE, Text(), [])
    assert refused.value.members == {"item_id": str(SOURCE), "url": Text().url}


def test_the_repost_of_the_same_item_is_found_before_any_other_double() -> None:
    source = Text(doc_no="号")
    known = repost()
    assert check_new_on(COUNTY, source, [repost(origin_item_id=None, doc_no="号"), known]) is known
    assert check_new_on(COUNTY, source, []) is None


@pytest.mark.parametrize(("number", "known_by"), [("doc_no", "doc_no"), ("index_no", "index_no")])
def test_another_item_with_its_number_is_a_double(number: str, known_by: str) -> None:
    source = Text(**{number: "号"})
    for other in (repost(origin_item_id=None, body="别的"), repost(origin_item_id=uuid4())):
        setattr(other, number, "号")
        with pytest.raises(AlreadyStands) as refused:
            check_new_on(COUNTY, source, [other])
        told = refused.value.members
        assert (told["known_by"], told["item_id"]) == (known_by, str(other.item_id))
        assert told["same_text"] is (other.body == source.body)
        assert other.url in refused.value.detail


def test_a_text_keeps_the_way_it_took() -> None:
    first = way((), Text(), COUNTY, NOW)
    taken = repost()
    second = way([hop.model_dump(mode="json") for hop in first], taken, THIRD, NOW)
    assert [(hop.site_code, hop.taken_by) for hop in second] == [(SITE, COUNTY), (COUNTY, THIRD)]
    assert second[1].item_id == taken.item_id


def test_words_go_out_only_with_the_edition_they_were_made_from() -> None:
    check_edition(Manner("改题"), Text())
    check_edition(Manner("改题", made_from="a" * 64), Text())
    with pytest.raises(OtherEdition):
        check_edition(Manner("改题", made_from="b" * 64), Text())


def test_a_repost_is_told_from_an_original() -> None:
    check_original(Text())
    with pytest.raises(NotTheOriginal) as refused:
        check_original(repost())
    assert refused.value.members["origin_item_id"] == str(SOURCE)
