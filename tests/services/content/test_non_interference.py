import re
from urllib.parse import urlencode

from fastapi import FastAPI

from tests.factories.content import COUNTY_EDITOR, COUNTY_SITE, SITE, STRANGER, Group
from tests.services.content.test_leaks import (
    KEY_OF_ANOTHER_SITE,
    MARKER,
    _addresses,
    _behind_the_desk,
    _gets,
    _hidden_files,
    _hidden_staff,
    _hidden_work,
)

READERS = (STRANGER, COUNTY_EDITOR, KEY_OF_ANOTHER_SITE, None)


async def _answers(group: Group, app: FastAPI) -> dict[tuple[str, object], str]:
    """Return what outsiders are answered by every list, count, search, feed and export."""
    days = {"since": ["2026-03-01"], "until": ["2026-03-31"], "from": ["2026-03-01"]}
    values = days | {
        "code": [SITE],
        "site_code": [SITE, COUNTY_SITE],
        "column_id": [group.columns["news"]],
        "form": ["atom", "rss", "json"],
        "part": ["2026-03-1"],
        "year": ["2026"],
        "to": ["2026-03-31"],
        "q": [MARKER, "公开"],
        "keyword": [MARKER],
        "stage": ["draft", "cleared"],
        "first": ["100"],
        "id": [group.columns["news"]],
    }
    answers = {}
    for path, parameters in _gets(app):
        if {part["name"] for part in parameters if part["in"] == "path"} <= values.keys():
            for address, query in _addresses(path, parameters, values):
                if "since" in query and path.endswith("changes"):
                    continue
                for reader in READERS:
                    shown = await group.send(reader, "GET", f"{address}?{urlencode(query)}")
                    told = re.sub(r'"request_id":"[0-9a-f]+"', "", shown.text)
                    key = (f"{address}?{urlencode(query)}", reader and reader.id)
                    answers[key] = f"{shown.status_code} {told}"
    return answers


async def test_what_is_hidden_changes_no_answer_to_those_outside(
    group: Group, app: FastAPI
) -> None:
    await group.released(kind="news", title="公开的标题")
    before = await _answers(group, app)
    fields = {"title": f"公开{MARKER}", "body": f"公开{MARKER}正文。", "keywords": [MARKER]}
    await group.draft(**fields)
    await group.submitted(**fields)
    await group.schedule(await group.cleared(**fields))
    await _behind_the_desk(group)
    await _hidden_work(group)
    await _hidden_staff(group)
    await _hidden_files(group)
    after = await _answers(group, app)
    assert len(before) >= 300
    assert {key: (before[key], after[key]) for key in before if before[key] != after[key]} == {}
