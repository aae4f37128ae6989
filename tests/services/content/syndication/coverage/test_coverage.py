from io import BytesIO
from typing import Any
from zipfile import ZipFile

from python_calamine import CalamineWorkbook
from sqlalchemy import inspect, select, update

from services.content.registry.models import Site
from services.content.syndication.coverage.table import HEADINGS
from services.content.syndication.directives.models import Obligation
from shared.db import Sessions
from shared.ids import new_id
from tests.factories.content import COUNTY_EDITOR, COUNTY_SITE, SUPERVISOR, Group
from tests.services.content.syndication.verification.conftest import Prober, page
from tests.support.people import bearer
from tests.support.queries import CountQueries

FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "\t=1", "{=1}", "http://x")


def lines(content: bytes) -> list[dict[str, Any]]:
    rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    assert tuple(rows[0]) == HEADINGS
    return [dict(zip(HEADINGS, row, strict=True)) for row in rows[1:]]


async def _export(group: Group, owed: Any, actor: Any = SUPERVISOR) -> Any:
    path = f"/v1/directives/{owed['directive_id']}/obligations.xlsx"
    return await group.send(actor, "GET", path)


async def test_the_coverage_of_a_directive_goes_out_with_its_evidence(prober: Prober) -> None:
    item = await prober.group.released()
    owed = await prober.claimed(item, page(item))
    await prober.read_twice()
    path = f"/v1/directives/{owed['directive_id']}/obligations.xlsx"
    answer = await prober.group.client.get(path, headers=bearer(SUPERVISOR, prober.watch()))
    assert answer.status_code == 200, answer.text
    assert answer.headers["Content-Type"].endswith("spreadsheetml.sheet")
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    (line,) = lines(answer.content)
    (reading, _) = await prober.readings(owed)
    assert (line["网站标识码"], line["状态"], line["核验结论"]) == (COUNTY_SITE, "已核实", "一致")
    assert (line["转载网址"], line["HTTP 状态码"], line["相符比例"]) == (prober.url(), 200, 1)
    assert line["页面摘要（SHA-256）"] == reading["body_hash"]
    assert line["文本摘要（SHA-256）"] == item["content_hash"]
    assert line["登记时间"] == "2026-03-02 09:00:00"


async def test_whatever_a_text_begins_with_it_is_no_formula(
    group: Group, sessions: Sessions
) -> None:
    owed = await group.owed(await group.released())
    for text in FORMULAS:
        async with sessions.begin() as session:
            await session.execute(update(Site).values(name=text))
            await session.execute(update(Obligation).values(reason=text))
        answer = await _export(group, owed)
        (line,) = lines(answer.content)
        assert (line["网站名称"], line["不予转载理由"]) == (text, text)
        assert b"<f>" not in _sheet(answer.content)
        assert b"<hyperlink" not in _sheet(answer.content)


async def test_a_thousand_sites_cost_as_many_questions_as_one(
    group: Group, sessions: Sessions, count_queries: CountQueries
) -> None:
    owed = await group.owed(await group.released())
    with count_queries(5):
        assert len(lines((await _export(group, owed)).content)) == 1
    await _copies(sessions, 1000)
    with count_queries(5):
        told = lines((await _export(group, owed)).content)
    codes = [line["网站标识码"] for line in told]
    assert len(codes) == 1001
    assert codes == sorted(codes)


async def test_only_who_may_issue_sees_what_the_sites_did(group: Group) -> None:
    owed = await group.owed(await group.released())
    for actor, status in ((COUNTY_EDITOR, 404), (None, 401)):
        assert (await _export(group, owed, actor)).status_code == status


def _sheet(content: bytes) -> bytes:
    with ZipFile(BytesIO(content)) as workbook:
        return workbook.read("xl/worksheets/sheet1.xml")


async def _copies(sessions: Sessions, count: int) -> None:
    """Put more sites that owe the same beside the one there is."""
    async with sessions.begin() as session:
        site = (await session.scalars(select(Site).where(Site.code == COUNTY_SITE))).one()
        owed = (await session.scalars(select(Obligation))).one()
        for number in range(count):
            code = f"341{number:03d}0001"
            other = {"id": new_id(), "code": code, "domain": f"www.s{code}.gov.cn"}
            session.add(Site(**(_columns(site) | other)))
        await session.flush()
        for number in range(count):
            other = {"id": new_id(), "site_code": f"341{number:03d}0001"}
            session.add(Obligation(**(_columns(owed) | other)))


def _columns(row: Any) -> dict[str, Any]:
    return {column.key: getattr(row, column.key) for column in inspect(type(row)).column_attrs}
