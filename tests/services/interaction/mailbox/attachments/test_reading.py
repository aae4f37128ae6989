from typing import Any
from uuid import uuid4

import pytest

from shared.auth import Permission
from tests.services.interaction.conftest import (
    CLERK,
    DISPATCHER,
    HEAD,
    OFFICE,
    ROADS,
    STRANGER,
    Mailbox,
)
from tests.services.interaction.mailbox.attachments.conftest import Post, Work
from tests.support import papers, people
from tests.support.queries import CountQueries

TEXT = "路灯编号见附表。".encode()
NAME = "路灯 清单.txt"


async def own(post: Post, receipt: dict[str, Any], code: str | None = None) -> Any:
    headers = {"X-Query-Code": code or receipt["query_code"]}
    path = f"/v1/public/letters/{receipt['number']}/attachments"
    return await post.mailbox.client.get(path, headers=headers)


async def own_file(post: Post, receipt: dict[str, Any], file: str, code: str = "") -> Any:
    headers = {"X-Query-Code": code or receipt["query_code"]}
    path = f"/v1/public/letters/{receipt['number']}/attachments/{file}"
    return await post.mailbox.client.get(path, headers=headers)


async def test_writer_and_clerks_read_the_same_bytes_by_the_same_road(
    post: Post, work: Work
) -> None:
    receipt = await post.letter((NAME, TEXT), ("现场.jpg", papers.photograph()))
    await work()
    (listed, image) = (await own(post, receipt)).json()
    assert (listed["name"], listed["position"], listed["size"]) == (NAME, 1, len(TEXT))
    assert listed.keys() & {"decision", "redacted", "version", "uploader"} == set()
    for at, file in enumerate((listed, image)):
        mine = await own_file(post, receipt, file["id"])
        for actor in (CLERK, DISPATCHER, HEAD):
            theirs = await post.read(receipt["number"], actor, at)
            assert theirs.content == mine.content
            assert theirs.headers["content-disposition"] == mine.headers["content-disposition"]


async def test_a_file_is_saved_and_never_shown_by_a_browser(post: Post, work: Work) -> None:
    number = (await post.letter((NAME, TEXT)))["number"]
    await work()
    headers = (await post.read(number)).headers
    assert headers["content-disposition"].startswith("attachment; filename*=UTF-8''%E8%B7%AF")
    assert headers["content-type"] == "text/plain"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-security-policy"] == "sandbox; default-src 'none'"
    assert headers["cache-control"] == "no-store"


ACTS = {
    "list": ("GET", ""),
    "read": ("GET", "/{file}/content"),
    "redact": ("POST", "/{file}/redacted"),
    "decide": ("PUT", "/{file}/decision"),
}


async def ask(post: Post, act: str, number: str, headers: dict[str, str]) -> Any:
    file = (await post.listed(number))[0]["id"]
    method, rest = ACTS[act]
    path = f"{await post.path(number)}/attachments{rest.format(file=file)}"
    sent: dict[str, Any] = {}
    if act == "redact":
        sent = {"files": {"file": ("a.txt", b"a")}}
    if act == "decide":
        sent, headers = {"json": {"publish": True}}, headers | {"If-Match": '"1"'}
    return await post.mailbox.client.request(method, path, headers=headers, **sent)


@pytest.mark.parametrize("act", ACTS)
async def test_nobody_without_authority_comes_near_an_attachment(
    post: Post, work: Work, act: str
) -> None:
    number = (await post.letter((NAME, TEXT)))["number"]
    await work()
    assert (await ask(post, act, number, {})).status_code == 401
    other_unit = people.person(Permission.ANSWER, at=f"{OFFICE}.other", name="other")
    nobody = people.person(Permission.EDIT, at=ROADS, name="editor")
    stored = post.stored()
    for actor in (STRANGER, other_unit, nobody):
        answer = await ask(post, act, number, people.bearer(actor))
        assert answer.status_code == 404
        assert TEXT not in answer.content
        assert "路灯" not in answer.text
    assert post.stored() == stored


@pytest.mark.parametrize("act", ["redact", "decide"])
async def test_whoever_only_dispatches_decides_nothing(post: Post, work: Work, act: str) -> None:
    number = (await post.letter((NAME, TEXT)))["number"]
    await work()
    assert (await ask(post, act, number, people.bearer(DISPATCHER))).status_code == 403
    if act == "decide":
        assert (await ask(post, act, number, people.bearer(CLERK))).status_code == 403


async def test_a_unit_that_a_letter_was_taken_from_reads_its_files_no_more(
    post: Post, mailbox: Mailbox, work: Work
) -> None:
    number = (await post.letter((NAME, TEXT)))["number"]
    await work()
    file = (await post.listed(number))[0]["id"]
    path = f"{await post.path(number)}/attachments/{file}/content"
    assert (await post.get(CLERK, path)).status_code == 200
    await mailbox.transferred(number, "office")
    assert (await post.get(CLERK, path)).status_code == 404


async def test_a_wrong_code_an_unknown_number_and_anothers_file_are_nothing(
    post: Post, work: Work
) -> None:
    mine = await post.letter((NAME, TEXT))
    theirs = await post.letter(("b.txt", b"b"))
    await work()
    (my_file,) = (await own(post, mine)).json()
    (their_file,) = (await own(post, theirs)).json()
    wrong = theirs["query_code"]
    refused = [
        await own(post, mine, wrong),
        await own(post, {**mine, "number": "3403000006-20260302-9999-17"}),
        await own_file(post, mine, my_file["id"], wrong),
    ]
    assert {answer.json()["type"] for answer in refused} == {"/problems/no-such-letter"}
    for file in (their_file["id"], uuid4()):
        assert (await own_file(post, mine, file)).status_code == 404


async def test_wrong_codes_shown_for_files_close_the_number_too(post: Post, work: Work) -> None:
    receipt = await post.letter((NAME, TEXT))
    await work()
    for _ in range(10):
        assert (await own_file(post, receipt, str(uuid4()), "WRONG")).status_code == 404
    locked = await own(post, receipt)
    assert locked.status_code == 429
    assert int(locked.headers["Retry-After"]) > 0


async def test_who_of_the_staff_read_a_file_is_kept_and_announced(
    post: Post, mailbox: Mailbox, work: Work
) -> None:
    receipt = await post.letter((NAME, TEXT))
    assert (await post.read(receipt["number"])).status_code == 409
    await work()
    await post.read(receipt["number"])
    (file,) = (await own(post, receipt)).json()
    await own_file(post, receipt, file["id"])
    administrator = people.person(Permission.ADMINISTER, at=OFFICE, name="administrator")
    path = f"{await post.path(receipt['number'])}/accesses"
    (seen,) = (await post.get(administrator, path)).json()["items"]
    assert (seen["by"], seen["use"], seen["use_label"]) == (CLERK.id, "read_file", "查看附件")
    opened = [data["use"] for _, data in await mailbox.announced(seen=True)]
    assert opened == ["read_file"]


async def test_a_writer_is_told_of_files_with_all_else_that_is_held(
    post: Post, work: Work
) -> None:
    receipt = await post.letter((NAME, TEXT))
    await work()
    headers = {"X-Query-Code": receipt["query_code"]}
    path = f"/v1/public/letters/{receipt['number']}/export"
    held = (await post.mailbox.client.get(path, headers=headers)).json()
    assert [file["name"] for file in held["attachments"]] == [NAME]


async def test_files_of_a_letter_cost_two_questions_however_many(
    post: Post, work: Work, count_queries: CountQueries
) -> None:
    for files in ([(NAME, TEXT)], [(NAME, TEXT)] * 3):
        number = (await post.letter(*files))["number"]
        await work()
        path = f"{await post.path(number)}/attachments"
        with count_queries(2):
            assert len((await post.get(CLERK, path)).json()) == len(files)


async def test_a_file_in_the_wrong_hands_of_the_store_does_not_open(
    post: Post, work: Work
) -> None:
    """Two files of one store that change places are not taken for each other."""
    number = (await post.letter(("a.txt", b"aaaa"), ("b.txt", b"bbbb")))["number"]
    await work()
    first, second = [path for path in post.folder.rglob("original") if path.is_file()]
    one, other = first.read_bytes(), second.read_bytes()
    first.write_bytes(other)
    second.write_bytes(one)
    answer = await post.read(number)
    assert answer.status_code == 500
    assert b"aaaa" not in answer.content
    assert b"bbbb" not in answer.content
