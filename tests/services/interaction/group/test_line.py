import pytest

from services.interaction.group.line import in_line

CITY = "340000.340300"
OFFICE = f"{CITY}.office"


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        (OFFICE, True),
        (f"{CITY}.roads", True),
        (f"{CITY}.340321.schools", True),
        (CITY, True),
        ("340000.340400", False),
        ("340000", False),
        ("340000.3403001", False),
    ],
)
def test_letters_go_to_units_under_the_sponsors_own_government(
    path: str, *, allowed: bool
) -> None:
    assert in_line(path, OFFICE, ["340000", CITY]) is allowed


def test_a_sponsor_under_no_known_government_is_its_own_line() -> None:
    assert in_line(f"{OFFICE}.desk", OFFICE, [])
    assert not in_line(f"{CITY}.roads", OFFICE, [])
