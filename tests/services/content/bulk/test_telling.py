from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.content.bulk.telling import in_order, item_line
from services.content.editorial.models import Revision
from services.content.release.models import Live, Validity
from shared.contracts.standing import ValidityState
from tests.support.people import NOW

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


HERE, NEXT = UUID(int=1), UUID(int=2)


@pytest.mark.parametrize(
    ("successor", "told", "document"),
    [
        (Live(item_id=NEXT, site_code="a", title="新办法"), str(NEXT), None),
        (Live(item_id=NEXT, site_code="b", title="新办法"), None, "新办法"),
        (Live(item_id=NEXT, site_code="a", title="新办法", origin_item_id=HERE), None, "新办法"),
        (None, None, str(NEXT)),
    ],
)
def test_a_successor_is_told_by_id_only_if_it_stands_among_the_lines(
    successor: Live | None, told: str | None, document: str | None
) -> None:
    since = date(2020, 1, 1)
    mark = Validity(state=ValidityState.REPEALED, since=since, successor=NEXT, reason="废止")
    text = Revision(waivers=[], images=[], attachments=[], recordings=[])
    row = Live(item_id=HERE, site_code="a", first_public_at=NOW, links=[])
    line = item_line(row, HERE, text=text, corrections=(), mark=mark, successor=successor)
    assert line.validity
    assert (line.validity.successor, line.validity.document) == (told, document)
