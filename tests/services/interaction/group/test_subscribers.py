from datetime import date

from services.interaction.group import queries
from shared.contracts.registry import OrganizationChanged, SiteState, WorkdaysNoticed
from shared.contracts.site_life import SiteChanged
from shared.db import Sessions
from shared.uow import BeginAs
from tests.services.interaction.conftest import CITY, ROADS, hear, organization, site


def notice(year: int, off: tuple[date, ...]) -> WorkdaysNoticed:
    return WorkdaysNoticed(
        year=year,
        title="通知",
        number="国办发明电",
        issued_on=date(2026, 11, 4),
        off=off,
        makeup=(),
    )


async def test_units_and_sites_are_known_once_told(begin: BeginAs, sessions: Sessions) -> None:
    await hear(begin, organization(CITY), organization(ROADS), site("3403000006", CITY))
    async with sessions() as session:
        unit = await queries.organization(session, "roads")
        known = await queries.site(session, "3403000006")
        assert await queries.organization(session, "nobody") is None
    assert (unit and unit.path, known and known.sponsoring) == (ROADS, CITY)


async def test_told_again_the_copy_follows(begin: BeginAs, sessions: Sessions) -> None:
    told = organization(ROADS)
    known = {**told.model_dump(), "supervised_by": None}
    await hear(begin, told, OrganizationChanged(**{**known, "name": "市道路局"}))
    async with sessions() as session:
        unit = await queries.organization(session, "roads")
    assert unit is not None
    assert unit.name == "市道路局"


async def test_who_supervises_is_known_and_a_registration_told_late_takes_no_second_line_away(
    begin: BeginAs, sessions: Sessions
) -> None:
    told = organization(ROADS)
    changed = OrganizationChanged(**told.model_dump(), supervised_by="340000.jt")
    opened = site("3403000006", ROADS).model_copy(update={"supervising": CITY})
    await hear(begin, changed, told, opened)
    async with sessions() as session:
        assert await queries.supervision(session, opened.code, ROADS) == (CITY, "340000.jt")
        assert await queries.supervision(session, opened.code, CITY) == (CITY, None)
    data = {**opened.model_dump(), "supervising": "340000", "state": SiteState.OPEN}
    moved = SiteChanged(**data, operating=CITY, icp_number=None, police_number=None)
    await hear(begin, moved)
    async with sessions() as session:
        assert await queries.supervision(session, opened.code, ROADS) == ("340000", "340000.jt")


async def test_a_known_site_follows_its_data_and_an_unknown_one_stays_so(
    begin: BeginAs, sessions: Sessions
) -> None:
    opened = site("3403000006", CITY)
    known = {**opened.model_dump(), "sponsoring": ROADS, "state": SiteState.OPEN}
    changed = SiteChanged(**known, operating=CITY, icp_number=None, police_number=None)
    await hear(begin, opened, changed, changed.model_copy(update={"code": "3403000007"}))
    async with sessions() as session:
        followed = await queries.site(session, "3403000006")
        assert await queries.site(session, "3403000007") is None
    assert followed is not None
    assert followed.sponsoring == ROADS


async def test_a_notice_makes_its_year_certain(begin: BeginAs, sessions: Sessions) -> None:
    async with sessions() as session:
        assert (await queries.calendar(session)).is_provisional(2027)
    await hear(begin, notice(2027, (date(2027, 1, 1),)))
    async with sessions() as session:
        calendar = await queries.calendar(session)
    assert not calendar.is_provisional(2027)
    assert not calendar.is_workday(date(2027, 1, 1))


async def test_a_corrected_notice_replaces_the_first(begin: BeginAs, sessions: Sessions) -> None:
    await hear(begin, notice(2027, (date(2027, 1, 1),)), notice(2027, (date(2027, 1, 4),)))
    async with sessions() as session:
        calendar = await queries.calendar(session)
    assert calendar.is_workday(date(2027, 1, 1))
    assert not calendar.is_workday(date(2027, 1, 4))


async def test_governments_above_a_unit_are_found(begin: BeginAs, sessions: Sessions) -> None:
    await hear(begin, organization("340000"), organization(CITY))
    async with sessions() as session:
        assert set(await queries.governing(session, ROADS)) == {"340000", CITY}
