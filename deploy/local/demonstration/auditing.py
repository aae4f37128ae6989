"""Step 6: the trail holds it all, findings are drawn from it, and a site's score is explained."""

from datetime import UTC, datetime, timedelta
from typing import Any

from deploy.local.demonstration.reposting import DECLINES, LATE
from deploy.local.demonstration.tour import CITY, Tour, eventually
from services.audit.trail.export import verify_files

SHANGHAI = timedelta(hours=8)
RULES = "bengbu-2017"
TRAIL = "/v1/public/trail"
ASSESSED = """query($code: String!) { assessments(siteCode: $code, first: 1) { nodes {
  points gradeLabel ledger { indicatorName pointsAfterCap summary remedy evidence } } } }"""


async def walk(tour: Tour) -> None:
    """See findings drawn from the events, and a score with each point explained."""
    assessor = tour.people["assessor"]

    async def findings(site: str) -> list[Any]:
        path = f"/v1/findings?site_code={site}&first=100"
        listed = (await assessor.rest("GET", path, service="audit")).json()["items"]
        return [finding for finding in listed if finding["kind"].startswith("repost_")]

    late = await eventually(lambda: findings(f"{LATE}0001"), "a finding about the late site")
    await eventually(lambda: findings(f"{DECLINES}0001"), "a finding about the declining site")
    news = await eventually(lambda: _watched(tour, "news"), "the watched news column")
    path = f"/v1/findings?site_code={LATE}0001"
    tour.done(
        f"the audit watches each column's rhythm ({news['name']}: {news['freshness_label']}, due"
        f" {news['update_due']}) and finds: {late[0]['summary']}",
        tour.at("audit", path),
    )
    await _score(tour, f"{LATE}0001")


async def _watched(tour: Tour, kind: str) -> Any:
    path = f"/v1/watched-columns?site_code={CITY}"
    listed = (await tour.people["assessor"].rest("GET", path, service="audit")).json()["items"]
    return next((column for column in listed if column["kind"] == kind), None)


async def _score(tour: Tour, site: str) -> None:
    assessor = tour.people["assessor"]
    today = (datetime.now(UTC) + SHANGHAI).date()
    window = {"start": today.replace(month=1, day=1).isoformat(), "end": today.isoformat()}
    asked = {"site_code": site, "ruleset": RULES, **window}
    made = (await assessor.rest("POST", "/v1/assessments", asked, service="audit")).json()
    again = f"/v1/assessments/{made['id']}/recomputation"
    recomputed = (await assessor.rest("GET", again, service="audit")).json()
    tour.require(recomputed["identical"], "the score is recomputed byte for byte")
    publication = f"/v1/assessments/{made['id']}/publication"
    version = f'"{made["version"]}"'
    await assessor.rest("POST", publication, service="audit", If_Match=version)
    (read,) = (await tour.citizen.ask(ASSESSED, code=site))["nodes"]
    lost = sum(float(line["pointsAfterCap"]) for line in read["ledger"])
    tour.expect(100 - lost, float(read["points"]), "100 less every explained point")
    for line in read["ledger"]:
        tour.say(
            f"        −{line['pointsAfterCap']} {line['indicatorName']}: {line['summary']}"
            f" 整改：{line['remedy']}"
        )
    tour.done(
        f"固镇县's site scores {read['points']}（{read['gradeLabel']}）, every point explained",
        tour.at("audit", f"/v1/public/assessments/{made['id']}"),
    )


async def verify(tour: Tour) -> None:
    """Verify the whole trail offline, and see a changed, a removed and a moved row refused."""
    wanted = (tour.known["policy"]["id"], tour.known["repost"])

    async def withdrawn() -> bool:
        lines = await _export(tour)
        told = [line for line in lines if '"content.item.withdrawn"' in line]
        return all(any(item in line for line in told) for item in wanted)

    await eventually(withdrawn, "both withdrawals in the trail")
    note = (await tour.citizen.rest("GET", f"{TRAIL}/checkpoint", service="audit")).text
    key = (await tour.citizen.rest("GET", f"{TRAIL}/key", service="audit")).text
    size = int(note.splitlines()[1])
    lines = await _export(tour, size)
    verdict = verify_files(note, key, lines)
    tour.require(verdict.accepted, f"the trail verifies: {verdict.message}")
    for how, rows in _tampered(lines).items():
        tour.require(not verify_files(note, key, rows).accepted, f"a {how} row is refused")
    tour.done(
        f"an offline verifier accepts all {size} entries, and none with a row changed, removed"
        " or moved",
        tour.at("audit", f"{TRAIL}/checkpoint"),
    )


def _tampered(lines: list[str]) -> dict[str, list[str]]:
    """Return the export with one row in its middle changed, removed, and moved."""
    place = len(lines) // 2
    before, row, after = lines[:place], lines[place], lines[place + 1 :]
    return {
        "changed": [*before, row.replace('"time":"2', '"time":"3', 1), *after],
        "removed": [*before, *after],
        "moved": [*before, after[0], row, *after[1:]],
    }


async def _export(tour: Tour, size: int | None = None) -> list[str]:
    path = f"{TRAIL}/export" + (f"?size={size}" if size is not None else "")
    return (await tour.citizen.rest("GET", path, service="audit")).text.rstrip("\n").split("\n")
