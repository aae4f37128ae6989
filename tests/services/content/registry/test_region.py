import pytest

from services.content.registry.region import covers


@pytest.mark.parametrize(
    ("region", "place", "covered"),
    [
        ("340000", "340321", True),
        ("340300", "340300", True),
        ("340300", "340421", False),
        ("340321", "340300", False),
        ("110000", "340300", False),
    ],
)
def test_a_region_covers_what_lies_within_it(region: str, place: str, covered: bool) -> None:  # noqa: FBT001  # a column of the table
    assert covers(region, place) is covered
