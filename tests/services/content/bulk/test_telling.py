from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from services.content.bulk.telling import in_order

IDS = st.integers(min_value=0, max_value=12).map(lambda number: UUID(int=number))
REFERENCES = st.dictionaries(IDS, st.sets(IDS, max_size=2), max_size=12)


@given(REFERENCES)
def test_every_item_is_told_once_whatever_refers_to_what(
    references: dict[UUID, set[UUID]],
) -> None:
    assert sorted(in_order(references)) == sorted(references)


@given(REFERENCES)
def test_what_is_referred_to_stands_above_unless_they_go_round(
    references: dict[UUID, set[UUID]],
) -> None:
    downward = {
        one: {other for other in refers if other < one} for one, refers in references.items()
    }
    order = list(in_order(downward))
    for place, one in enumerate(order):
        assert downward[one] & downward.keys() <= set(order[:place])
