from typing import Any

from tests.factories.content import COUNTY_EDITOR, EDITOR, SITE, Group
from tests.gateway.conftest import Ask, UpstreamCalls, outcome
from tests.support import papers
from tests.support.people import bearer

WHY = "... on Problem { type status versionFound }"
LISTED = """query($code: String, $state: AssetState) { assets(siteCode: $code, state: $state) {
  nodes { name state kept renditions { name use } refusals { reason } site { name } } } }"""
ONE = "query($id: UUID!) { asset(id: $id) { name size sha256 kind waitingFor } }"
DELETE = f"""mutation($id: UUID!, $version: Int!) {{ deleteAsset(id: $id, version: $version) {{
  ... on Asset {{ id }} {WHY} }} }}"""


async def _uploaded(group: Group, name: str) -> Any:
    done = await group.client.post(
        "/v1/assets",
        data={"site_code": SITE},
        files={"file": (name, papers.docx())},
        headers=bearer(EDITOR),
    )
    assert done.status_code == 201, done.text
    return done.json()


async def test_files_with_their_sites_cost_two_calls_however_many(
    group: Group, ask: Ask, upstream_calls: UpstreamCalls
) -> None:
    for number in range(3):
        await _uploaded(group, f"{number}.docx")
        with upstream_calls() as calls:
            listed = (await outcome(ask, LISTED, EDITOR, code=SITE))["nodes"]
        assert calls == ["/v1/assets", "/v1/public/sites"]
    assert [(row["name"], row["state"], row["kept"]) for row in listed] == [
        (f"{number}.docx", "RECEIVED", False) for number in (2, 1, 0)
    ]
    assert listed[0]["site"] == {"name": f"网站{SITE}"}
    assert (await outcome(ask, LISTED, EDITOR, state="READY"))["nodes"] == []
    assert (await outcome(ask, LISTED, COUNTY_EDITOR, code=SITE))["nodes"] == []


async def test_a_file_is_read_and_deleted_by_its_office_only(group: Group, ask: Ask) -> None:
    file = await _uploaded(group, "附件.docx")
    shown = await outcome(ask, ONE, EDITOR, id=file["id"])
    assert (shown["name"], shown["sha256"]) == (file["name"], file["sha256"])
    assert await outcome(ask, ONE, COUNTY_EDITOR, id=file["id"]) is None
    named = {"id": file["id"], "version": file["version"]}
    assert (await outcome(ask, DELETE, COUNTY_EDITOR, **named))["status"] == 404
    assert (await outcome(ask, DELETE, None, **named))["status"] == 401
    stale = await outcome(ask, DELETE, EDITOR, id=file["id"], version=9)
    assert stale["versionFound"] == file["version"]
    assert await outcome(ask, DELETE, EDITOR, **named) == {"id": file["id"]}
    assert await outcome(ask, ONE, EDITOR, id=file["id"]) is None
