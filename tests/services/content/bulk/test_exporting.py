from hashlib import sha256
from pathlib import Path
from typing import Any

from services.content.bulk.adapters.exporting import LINES, SUMS, export_site
from services.content.bulk.adapters.importing import Tally
from shared.db import Sessions
from tests.factories.content import SITE, Group
from tests.services.content.bulk.lines import HEAD, errors, ids, item, leader, take_in, told, write


async def test_a_site_goes_out_and_comes_in_again_as_it_was(
    real_group: Group, real_sessions: Sessions, tmp_path: Path
) -> None:
    await leader(real_group)
    validity = {"state": "repealed", "since": "2020-01-01", "successor": "new", "reason": "废止"}
    policy = {"column": "policies", "kind": "policy", "written_on": "2015-01-05"}
    first = write(
        tmp_path / "first.jsonl",
        *HEAD,
        item(0, **policy, id="new", doc_no="蚌政办秘〔2017〕97号", keywords=["公开", "政务"]),
        item(
            1,
            **policy,
            corrections=[{"at": "2016-05-01T08:00:00Z", "note": "更正第二条日期。"}],
            validity=validity,
        ),
        item(2, column="interpretations", kind="interpretation", interprets="old-1"),
        item(3, summary="摘要", subject="综合政务", byline="王编辑", language="zh-CN"),
    )
    assert await take_in(real_sessions, first) == Tally(taken=8), errors(first)
    assert await export_site(real_sessions, SITE, tmp_path / "out") == 4
    raw = (tmp_path / "out" / LINES).read_bytes()
    sums = (tmp_path / "out" / SUMS).read_text()
    assert sums == f"{sha256(raw).hexdigest()}  {LINES}\n"
    out = told(tmp_path / "out" / LINES)
    assert [line["type"] for line in out] == ["site", *["column"] * 3, *["item"] * 4]

    again = write(tmp_path / "again.jsonl", *out)
    assert await take_in(real_sessions, again, source="exported") == Tally(taken=8), errors(again)
    old, new = ids(first), ids(again)
    for called in ("new", "old-1", "old-2", "old-3"):
        before = await real_group.public({"id": old[called]})
        after = await real_group.public({"id": new[old[called]]})
        assert _same(before, old["new"]) == _same(after, new[old["new"]])


def _same(shown: dict[str, Any], successor: str) -> dict[str, Any]:
    """What a public item says, apart from what it is called and when it came."""
    if shown["validity"]:
        assert shown["validity"].pop("successor")["id"] == successor
    told_of = [[one["title"] for one in shown[name]] for name in ("interpretations", "replaces")]
    if shown["interprets"]:
        shown["interprets"] = shown["interprets"]["title"]
    for name in ("id", "url", "index_no", "content_hash", "release_seq", "first_public_at"):
        del shown[name]
    return {**shown, "updated_at": None, "interpretations": told_of, "replaces": None}
