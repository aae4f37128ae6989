from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from services.interaction.citizens.number import as_issued, numbered

DAY = date(2026, 3, 2)


def holds(number: str) -> bool:
    """Check a number as any reader of ISO 7064 would."""
    return int("".join(str(int(sign, 36)) for sign in number if sign != "-")) % 97 == 1


def test_a_number_tells_site_day_and_serial() -> None:
    assert numbered("3403000006", DAY, 1) == "3403000006-20260302-0001-17"


def test_more_than_ten_thousand_letters_a_day_have_numbers() -> None:
    assert numbered("3403000006", DAY, 12345).split("-")[2] == "12345"


@given(st.integers(1, 99_999), st.sampled_from(["3403000006", "bm34030001"]))
def test_check_digits_hold(serial: int, site: str) -> None:
    assert holds(numbered(site, DAY, serial))


@given(st.integers(1, 9999), st.data())
def test_a_slip_or_a_swap_breaks_the_check_digits(serial: int, data: st.DataObject) -> None:
    number = numbered("3403000006", DAY, serial)
    places = [place for place, sign in enumerate(number) if sign.isdigit()]
    place = data.draw(st.integers(0, len(places) - 2))
    here, there = places[place], places[place + 1]
    signs = list(number)
    slip = [*signs]
    slip[here] = data.draw(st.sampled_from(sorted(set("0123456789") - {signs[here]})))
    assert not holds("".join(slip))
    if signs[here] != signs[there]:
        swapped = [*signs]
        swapped[here], swapped[there] = signs[there], signs[here]
        assert not holds("".join(swapped))


def test_a_number_is_found_however_it_is_typed() -> None:
    assert as_issued("BM34030001-20260302-0001-17") == "bm34030001-20260302-0001-17"
