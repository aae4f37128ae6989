from datetime import timedelta

from shared.contracts.columns import ColumnHidden, ColumnMerged, ColumnRenamed, ColumnShown
from shared.contracts.registry import ColumnKind, ColumnOpened, Level, SiteState
from shared.contracts.site_life import SiteChanged, SiteClosed
from shared.ids import new_id
from tests.factories import audit as told
from tests.services.audit.conftest import ASSESSOR, Office
from tests.services.audit.monitoring.test_columns import days_pass, kinds, state

NAMED = {"id": told.COLUMN, "site_code": told.SITE}
TARGET = new_id()


def target() -> ColumnOpened:
    return told.column().model_copy(update={"id": TARGET, "name": "动态"})


async def freshness(office: Office) -> dict[str, str]:
    page = (await office.get("/v1/watched-columns", ASSESSOR)).json()
    return {column["id"]: column["freshness"] for column in page["items"]}


async def test_a_hidden_columns_clock_rests_and_its_finding_was_founded(office: Office) -> None:
    await office.hear(told.column(), told.release(office.clock.now))
    await days_pass(office, 8)
    assert await kinds(office, open=True) == ["news_overdue"]
    office.clock.pass_by(minutes=1)
    await office.hear(ColumnHidden(**NAMED))
    await office.tick()
    [finding] = await office.findings()
    assert (finding["closed_at"] is not None, finding["unfounded"]) == (True, False)
    assert await state(office) == ("resting", None)
    await days_pass(office, 30)
    assert await kinds(office, open=True) == []


async def test_a_column_shown_again_is_weighed_by_what_stands_in_it(office: Office) -> None:
    await office.hear(told.column(), told.release(office.clock.now), ColumnHidden(**NAMED))
    await days_pass(office, 15)
    await office.hear(ColumnShown(**NAMED))
    await office.tick()
    assert await kinds(office, open=True) == ["news_overdue", "column_past_red_line"]


async def test_a_merged_columns_items_count_for_the_one_it_went_into(office: Office) -> None:
    await office.hear(told.column(), target())
    await days_pass(office, 8)
    assert await kinds(office, open=True) == ["blank_column", "blank_column"]
    await office.hear(told.release(office.clock.now), ColumnMerged(**NAMED, into=TARGET))
    await office.tick()
    assert await kinds(office, open=True) == []
    assert await freshness(office) == {str(told.COLUMN): "resting", str(TARGET): "fresh"}
    await days_pass(office, 8)
    assert await kinds(office, open=True) == ["news_overdue"]
    await office.hear(told.release(office.clock.now - timedelta(minutes=1), new_id()))
    assert await office.tick() == 2
    assert await kinds(office, open=True) == []


async def test_a_column_and_a_site_are_known_by_their_new_names(office: Office) -> None:
    changed = SiteChanged(
        id=new_id(),
        code=told.SITE,
        state=SiteState.OPEN,
        name="新站名",
        domain="www.bengbu.gov.cn",
        level=Level.CITY,
        region="340300",
        supervising=told.CITY,
        sponsoring=told.OTHER_CITY,
        operating=told.CITY,
        icp_number=None,
        police_number=None,
    )
    renamed = ColumnRenamed(**NAMED, name="政务要闻", description=None, keywords=())
    await office.hear(told.column(ColumnKind.NEWS), renamed)
    page = (await office.get("/v1/watched-columns", ASSESSOR)).json()
    assert [column["name"] for column in page["items"]] == ["政务要闻"]
    await office.hear(changed)
    assert (await office.get("/v1/watched-columns", ASSESSOR)).json()["items"] == []


async def test_a_closed_sites_clocks_rest(office: Office) -> None:
    await office.hear(told.column(), SiteClosed(id=new_id(), code=told.SITE))
    await days_pass(office, 30)
    assert await state(office) == ("resting", None)
    assert await kinds(office) == []


async def test_columns_nobody_watches_are_passed_over(office: Office) -> None:
    await office.hear(
        ColumnHidden(**NAMED), ColumnShown(**NAMED), SiteClosed(id=new_id(), code="x")
    )
    assert await freshness(office) == {}
