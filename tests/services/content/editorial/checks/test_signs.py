"""A sign that is looked for first must stand in everything the check itself would find."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.content.editorial.checks import dates, secrecy
from shared import names_and_addresses

SEARCHES = [
    (dates.DAY, dates.IN_A_DAY),
    (dates.MONTH, dates.IN_A_MONTH),
    (dates.ISO_DAY, dates.IN_AN_ISO_DAY),
    (names_and_addresses.NAME, names_and_addresses.LABELLED),
    (names_and_addresses.DOORS, names_and_addresses.NUMBERED),
    *((mark.pattern, mark.sign) for mark in secrecy.MARKS),
]


@pytest.mark.parametrize(("pattern", "sign"), SEARCHES)
@given(data=st.data())
def test_whatever_is_found_holds_its_sign(
    pattern: re.Pattern[str], sign: re.Pattern[str], data: st.DataObject
) -> None:
    text = data.draw(st.from_regex(pattern))
    assert pattern.search(text)
    assert sign.search(text)
