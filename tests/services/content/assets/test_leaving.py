from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from services.content.assets.commands import judging, leaving
from services.content.assets.limits import limits
from shared.auth import system
from shared.problem import NotFound
from shared.uow import BeginAs
from tests.factories.content import COUNTY_SITE, EDITOR, LEADER, SITE, STRANGER
from tests.services.content.assets.conftest import Office, Work
from tests.services.content.conftest import Announced, Unchanged, Watch
from tests.support import papers

UNUSED = timedelta(days=limits().keeping.unused_days)
REFUSED = timedelta(days=limits().keeping.refused_days)
EDITORIAL = system("editorial")


async def kept(begin: BeginAs, asset: Any, site: str = SITE) -> None:
    async with begin(EDITORIAL, "r") as uow:
        await leaving.keep(uow, [UUID(asset["id"])], site)


async def delete(office: Office, asset: Any, actor: Any = EDITOR, **fields: int) -> Any:
    version = fields.get("version", asset["version"])
    path = f"/v1/assets/{asset['id']}"
    return await office.group.send(actor, "DELETE", path, version=version)


async def test_a_deleted_file_is_gone_with_everything_made_of_it(
    office: Office, work: Work, announced: Announced
) -> None:
    asset = await office.uploaded("a.jpg", papers.image())
    await work()
    assert len(office.stored()) == 4
    done = await delete(office, await office.shown(asset))
    assert (done.status_code, done.json()["id"]) == (200, asset["id"])
    assert (await announced())[-1] == "content.asset.removed"
    gone = await office.group.send(EDITOR, "GET", f"/v1/assets/{asset['id']}")
    assert gone.status_code == 404
    await work()
    assert office.stored() == []


async def test_a_file_deleted_while_it_is_worked_on_leaves_nothing(
    office: Office, work: Work, begin: BeginAs
) -> None:
    asset = await office.uploaded("a.jpg", papers.image())
    assert (await delete(office, asset)).status_code == 200
    await work()
    (office.folder / UUID(asset["id"]).hex / "public").mkdir(parents=True)
    (office.folder / UUID(asset["id"]).hex / "public" / "late.jpg").write_bytes(b"x")
    async with begin(EDITORIAL, "r") as uow:
        await judging.make_ready(uow, UUID(asset["id"]), [], {})
    await work()
    assert office.stored() == []


async def test_a_file_that_a_text_names_stays(
    office: Office, work: Work, begin: BeginAs, watch: Watch, unchanged: Unchanged
) -> None:
    asset = await office.uploaded()
    await kept(begin, asset)
    await work()
    shown = await office.shown(asset)
    assert shown["kept"]
    async with unchanged():
        refused = await delete(office, shown)
    assert refused.json()["type"] == "/problems/asset-in-use"
    watch.turn(UNUSED * 10)
    await work()
    assert office.stored() == ["original"]


async def test_a_file_is_kept_for_good_also_when_it_is_named_after_it_is_ready(
    office: Office, work: Work, begin: BeginAs, watch: Watch
) -> None:
    asset = await office.uploaded()
    await work()
    watch.turn(UNUSED - timedelta(minutes=1))
    await kept(begin, asset)
    watch.turn(UNUSED)
    await work()
    assert office.stored() == ["original"]


async def test_a_file_that_no_text_names_leaves_in_time(
    office: Office, work: Work, watch: Watch, announced: Announced
) -> None:
    await office.uploaded()
    await work()
    watch.turn(UNUSED - timedelta(minutes=1))
    await work()
    assert office.stored() == ["original"]
    watch.turn(timedelta(minutes=1))
    await work()
    assert office.stored() == []
    assert (await announced())[-1] == "content.asset.removed"


async def test_a_refused_file_leaves_sooner(office: Office, work: Work, watch: Watch) -> None:
    await office.uploaded("a.txt", papers.EICAR)
    await work()
    assert office.stored() == ["original"]
    watch.turn(REFUSED)
    await work()
    assert office.stored() == []


async def test_the_bytes_of_a_refused_file_leave_even_if_a_text_names_it(
    office: Office, work: Work, begin: BeginAs, watch: Watch
) -> None:
    asset = await office.uploaded("a.txt", papers.EICAR)
    await kept(begin, asset)
    await work()
    watch.turn(REFUSED)
    await work()
    assert office.stored() == []
    assert (await office.shown(asset))["state"] == "refused"


async def test_only_files_of_its_own_site_can_be_named(office: Office, begin: BeginAs) -> None:
    asset = await office.uploaded()
    with pytest.raises(NotFound):
        await kept(begin, asset, COUNTY_SITE)
    with pytest.raises(NotFound):
        await kept(begin, {"id": str(UUID(int=1))})
    assert not (await office.shown(asset))["kept"]


@pytest.mark.parametrize(("actor", "status"), [(LEADER, 404), (STRANGER, 404), (None, 401)])
async def test_nobody_deletes_what_they_may_not_edit(
    office: Office, unchanged: Unchanged, actor: Any, status: int
) -> None:
    asset = await office.uploaded()
    async with unchanged():
        assert (await delete(office, asset, actor)).status_code == status
        assert (await delete(office, asset, version=99)).status_code == 412
