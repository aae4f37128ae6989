"""Many places in one withdrawal: what it costs, and that each ends in its right state."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select

from services.content.registry.models import Site
from services.content.syndication.directives.models import Claim, Directive, Obligation
from services.content.syndication.recalls.commands.beginning import follow_withdrawal
from services.content.syndication.recalls.schedule import CLOCK
from shared.contracts.binding import Ask
from shared.contracts.content import ItemWithdrawn
from shared.contracts.directives import ObligationState
from shared.contracts.receipts import PageVerdict
from shared.ids import new_id
from shared.uow import BeginAs
from tests.factories.content import COUNTY_SITE, EDITOR, OFFICE, SUPERVISOR, Group
from tests.services.content.conftest import Announced
from tests.services.content.syndication.recalls.conftest import Recaller
from tests.services.content.syndication.verification.conftest import APART, answer, page
from tests.support.people import NOW
from tests.support.queries import CountQueries
from tests.support.web import status

BODY = "一、各地要于6月30日前完成水库除险加固工作。\n二、对逾期未完成整改的单位予以通报批评。"
MANY = 200


async def placed(recaller: Recaller, item: Any, many: int, *, first: int = 0) -> None:
    """Have so many sites claim that an item stands on a host of their own, as already verified."""
    urls = [f"http://h{at}.gov.cn:{recaller.web.port}/{at}" for at in range(first, first + many)]
    recaller.hosts = {f"h{at}.gov.cn" for at in range(first, first + many)}
    directive = {"id": new_id(), "item_id": UUID(item["id"]), "title": item["title"]}
    directive |= {"content_hash": item["content_hash"], "issuer": "340000.340300"}
    when = {"deadline": NOW, "issued_at": NOW, "version": 1}
    owed = [
        {
            "id": new_id(),
            "directive_id": directive["id"],
            "item_id": UUID(item["id"]),
            "site_code": f"34{at:08}",
            "sponsoring": f"{OFFICE}.{at}",
            "state": ObligationState.LIVE_VERIFIED,
            "deadline": NOW,
            "version": 1,
        }
        for at in range(first, first + many)
    ]
    claims = [
        {
            "obligation_id": each["id"],
            "url": url,
            "host": f"h{at}.gov.cn",
            "follows_repost": False,
            "claimed_by": "person:test",
            "claimed_at": NOW,
            "judged": PageVerdict.SAME,
        }
        for at, (each, url) in enumerate(zip(owed, urls, strict=True), first)
    ]
    async with recaller.sessions.begin() as session:
        known = (await session.scalars(select(Site).where(Site.code == COUNTY_SITE))).one()
        told = {column.key: getattr(known, column.key) for column in Site.__table__.columns}
        named = [
            told | {"id": new_id(), "code": each["site_code"], "domain": f"h{at}.gov.cn"}
            for at, each in enumerate(owed, first)
        ]
        await session.execute(insert(Site), named)
        await session.execute(insert(Directive), [directive | when | {"ask": Ask.REPOST}])
        await session.execute(insert(Obligation), owed)
        await session.execute(insert(Claim), claims)


async def test_many_copies_are_followed_and_proved_and_none_disturbs_another(
    group: Group, recaller: Recaller, announced: Announced
) -> None:
    item = await group.released(body=BODY)
    await placed(recaller, item, MANY)
    for at in range(MANY):
        recaller.web.answers[f"/{at}"] = answer("<p>该内容已撤下。</p>")
    for at in range(10):
        recaller.web.answers[f"/{at}"] = page(item, text=BODY.replace("6月30日", "9月9日"))
        recaller.web.answers[f"/{10 + at}"] = status(503)
        recaller.web.answers[f"/{20 + at}"] = status(404)
    recall = await recaller.withdrawn(item)
    assert (recall["copies"], recall["proved"]) == (MANY, 0)
    await recaller.tick()
    await recaller.tick(APART)
    recall = await recaller.recall()
    told = (recall["copies"], recall["proved"], recall["unread"], recall["proved_since"])
    assert told == (MANY, MANY - 20, 10, None)
    path = f"/v1/recalls/{recall['id']}/copies?state=owed&first=100"
    owed = (await recaller.get(path, SUPERVISOR))["items"]
    assert {each["verdict"] for each in owed} == {"diverged", "unread"}
    for at in range(20):
        recaller.web.answers[f"/{at}"] = status(410)
    for _ in range(2):
        await recaller.tick(timedelta(hours=2))
    recall = await recaller.recall()
    assert (recall["proved"], recall["proved_since"] is not None) == (MANY, True)
    whole = await recaller.get(f"/v1/recalls/{recall['id']}/certificate", EDITOR)
    assert len(whole["copies"]) == MANY
    types = await announced()
    assert types.count("content.copy.judged") == MANY
    assert types.count("content.recall.proved") == 1


async def test_a_recall_begins_in_as_many_statements_for_one_place_as_for_many(
    group: Group, recaller: Recaller, begin: BeginAs, count_queries: CountQueries
) -> None:
    for first, many in ((0, 1), (1, 200)):
        item = await group.released(body=BODY)
        await placed(recaller, item, many, first=first)
        gone = ItemWithdrawn(
            item_id=UUID(item["id"]),
            site_code=item["site_code"],
            column_id=UUID(item["column_id"]),
            release_seq=many,
            reason="内容有误",
        )
        with count_queries(9):
            async with begin(CLOCK, "test") as uow:
                await follow_withdrawal(uow, gone)
        assert (await recaller.recall())["copies"] == many
