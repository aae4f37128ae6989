import pytest

from services.content.syndication.directives.scope import Place, binds, faults
from shared.contracts.binding import Reach, Scope
from shared.contracts.registry import Level, OrganizationKind

CITY, PROVINCE_TAX = "340000.340300", "340000.340000-sw"
COUNTY = Place(
    "3403210001", Level.COUNTY, "340321", f"{CITY}.340321.340321-zfb", OrganizationKind.OFFICE
)
TAX = Place(
    "3403000010",
    Level.CITY,
    "340300",
    f"{CITY}.340300-sw",
    OrganizationKind.DEPARTMENT,
    PROVINCE_TAX,
)


@pytest.mark.parametrize(
    ("scope", "county", "tax"),
    [
        (Scope(), True, True),
        (Scope(level=Level.COUNTY), True, False),
        (Scope(regions=["340300"]), True, True),
        (Scope(regions=["340321"]), True, False),
        (Scope(regions=["340400", "340321"]), True, False),
        (Scope(organizations=["340321"]), True, False),
        (Scope(organizations=["340321-zfb", "340300-sw"]), True, True),
        (Scope(organizations=["3403"]), False, False),
        (Scope(trades=[OrganizationKind.DEPARTMENT]), False, True),
        (Scope(site_codes=[]), False, False),
        (Scope(site_codes=[TAX.code]), False, True),
        (Scope(level=Level.COUNTY, trades=[OrganizationKind.DEPARTMENT]), False, False),
        (Scope(reach=Reach.LINE), False, False),
    ],
)
def test_everything_that_is_named_must_fit(scope: Scope, county: bool, tax: bool) -> None:  # noqa: FBT001  # columns of the table
    assert (binds(scope, CITY, COUNTY), binds(scope, CITY, TAX)) == (county, tax)


@pytest.mark.parametrize(
    ("reach", "issuer", "bound"),
    [
        (Reach.BELOW, PROVINCE_TAX, False),
        (Reach.LINE, PROVINCE_TAX, True),
        (Reach.BOTH, PROVINCE_TAX, True),
        (Reach.LINE, "340000", True),
        (Reach.LINE, CITY, False),
        (Reach.BOTH, CITY, True),
        (Reach.BOTH, "340000.340400", False),
        (Reach.LINE, "340000.340000-s", False),
    ],
)
def test_an_issuer_reaches_what_is_below_it_and_what_is_on_its_line(
    reach: Reach,
    issuer: str,
    bound: bool,  # noqa: FBT001  # a column of the table
) -> None:
    assert binds(Scope(reach=reach), issuer, TAX) is bound


def test_whatever_is_named_and_reaches_nobody_is_a_fault_of_its_own() -> None:
    named = Scope(
        regions=["340300", "340400"],
        organizations=["340321", "340322"],
        site_codes=[COUNTY.code, TAX.code, "9999990000"],
        level=Level.COUNTY,
    )
    assert [(fault.pointer, fault.code) for fault in faults(named, CITY, [COUNTY, TAX])] == [
        ("/regions/1", "out_of_reach"),
        ("/organizations/1", "out_of_reach"),
        ("/site_codes", "out_of_reach"),
        ("/site_codes", "out_of_reach"),
    ]


def test_what_stands_on_another_line_is_as_if_it_were_not_there() -> None:
    named = Scope(reach=Reach.LINE, regions=["340321"])
    assert [fault.pointer for fault in faults(named, PROVINCE_TAX, [COUNTY, TAX])] == [
        "/regions/0"
    ]
