from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.content.release.index_number import DEFAULT, Giver, Pattern, faults

DAY = date(2015, 10, 9)


@pytest.mark.parametrize(
    ("pattern", "giver", "on", "serial", "number"),
    [
        (DEFAULT, Giver("340300-zfb", None), date(2026, 3, 2), 7, "340300-zfb/2026-00007"),
        (DEFAULT, Giver("000014349", None), date(2017, 5, 1), 110, "000014349/2017-00110"),
        (
            "{organization}/{year}{month}-{serial:5}",
            Giver("003110926", None),
            DAY,
            216,
            "003110926/201510-00216",
        ),
        (
            "{uscc}/{year}-{serial:5}",
            Giver("441700", "11441700007280420Y"),
            date(2021, 1, 1),
            50,
            "11441700007280420Y/2021-00050",
        ),
        ("{organization}/{serial}-{year}年", Giver("ah", None), DAY, 1234567, "ah/1234567-2015年"),
    ],
)
def test_numbers_look_as_real_ones_do(
    pattern: str, giver: Giver, on: date, serial: int, number: str
) -> None:
    assert faults(pattern, giver.uscc) == []
    assert Pattern.parse(pattern).render(giver, on, serial) == number


@pytest.mark.parametrize(
    ("pattern", "codes"),
    [
        ("{organization}/{year}", ["placeholder_missing"]),
        ("{organization}/{serial:5}", ["placeholder_missing"]),
        ("{year}-{serial:5}", ["giver_first"]),
        ("-{organization}/{year}-{serial}", ["giver_first"]),
        ("{organization}{year}-{serial}", ["giver_first"]),
        ("{organization}/{year}{serial}", ["serial_unbounded"]),
        ("{organization}/{year}-{serial}-{year}", ["placeholder_twice"]),
        ("{uscc}/{year}-{serial}", ["uscc_missing"]),
        ("{organization}/{day}-{serial}", ["unknown_placeholder"]),
        ("{organization}/{year}-{serial:0}", ["unknown_placeholder"]),
        ("{organization}/{year}-A{serial}", ["not_between"]),
        ("{organization/{year}-{serial", ["not_between"] * 4),
        ("皖", ["not_between"]),
        ("{organization}", ["giver_first", "placeholder_missing", "placeholder_missing"]),
        ("{organization}-{year}/{serial}", ["giver_first"]),
    ],
)
def test_a_pattern_that_could_make_one_number_twice_is_refused(
    pattern: str, codes: list[str]
) -> None:
    assert [fault.code for fault in faults(pattern, None)] == codes


@given(st.text("{}organizuscyearmthl:5/-x", min_size=1, max_size=40))
def test_no_pattern_breaks_the_reader(pattern: str) -> None:
    if not faults(pattern, None):
        Pattern.parse(pattern).render(Giver("ah", None), DAY, 1)


@given(
    st.sampled_from(
        [DEFAULT, "{organization}/{year}{month}-{serial}", "{organization}.{serial:3}-{year}"]
    ),
    st.lists(
        st.tuples(st.sampled_from(["34", "340", "3-4"]), st.dates(), st.integers(1, 10**6)),
        min_size=2,
        max_size=2,
        unique_by=lambda one: (one[0], one[1].year, one[2]),
    ),
)
def test_two_serials_of_one_pattern_never_make_one_number(
    pattern: str, made: list[tuple[str, date, int]]
) -> None:
    way = Pattern.parse(pattern)
    one, other = (way.render(Giver(code, None), on, serial) for code, on, serial in made)
    assert one != other
