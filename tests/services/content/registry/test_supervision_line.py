import pytest

from services.content.registry.supervision_line import check_supervision
from shared.auth import Permission
from shared.problem import Invalid
from tests.factories.content import COUNTY, SITE, Group
from tests.services.content.conftest import Unchanged
from tests.support.people import person

CITY, OFFICE = "340000.340300", "340000.340300.zfb"


@pytest.mark.parametrize(
    ("supervising", "sponsoring", "second_line", "fits"),
    [
        (CITY, OFFICE, None, True),
        ("340000", OFFICE, None, True),
        (OFFICE, OFFICE, None, False),
        (OFFICE, CITY, None, False),
        ("340000.340400", OFFICE, None, False),
        ("340000.340400", OFFICE, "340000.340400", True),
        ("340000", "340000", None, True),
    ],
)
def test_a_site_is_supervised_from_above_or_by_the_second_line(
    supervising: str, sponsoring: str, second_line: str | None, *, fits: bool
) -> None:
    if fits:
        check_supervision(supervising, sponsoring, second_line)
    else:
        with pytest.raises(Invalid):
            check_supervision(supervising, sponsoring, second_line)


@pytest.mark.parametrize(
    "offices",
    [
        {"supervising": "340321"},
        {"supervising": "340300-zfb"},
        {"sponsoring": "340300"},
        {"supervising": "340321", "sponsoring": "340321"},
    ],
)
async def test_no_change_of_a_site_frees_it_from_its_supervisor(
    group: Group, unchanged: Unchanged, offices: dict[str, str]
) -> None:
    async with unchanged():
        refused = await group.apply("change_site", **offices)
    assert refused.status_code == 422, refused.text
    told = refused.json()["faults"]
    assert [(fault["pointer"], fault["code"]) for fault in told] == [
        ("/change/supervising", "not_above")
    ]


async def test_a_site_may_come_under_another_supervisor_together_with_its_sponsor(
    group: Group,
) -> None:
    await group.change("change_site", supervising="340321", sponsoring="340321-zfb")
    shown = (await group.client.get(f"/v1/public/sites/{SITE}")).json()
    assert (shown["supervising"], shown["sponsoring"]) == (COUNTY, f"{COUNTY}.340321-zfb")


async def test_nobody_applies_for_a_site_they_would_open_themselves(
    group: Group, unchanged: Unchanged
) -> None:
    county = person(Permission.ADMINISTER, Permission.APPROVE_CHANGE, at=COUNTY, name="county")
    offices = dict.fromkeys(("supervising", "sponsoring", "operating"), "340321")
    site = {"code": "3403210009", "name": "怀远县", "domain": "own.gov.cn", "level": "county"}
    async with unchanged():
        refused = await group.send(
            county, "POST", "/v1/sites", {**site, **offices, "region": "340321"}
        )
    assert refused.status_code == 422
    assert refused.json()["faults"][0]["code"] == "not_above"
