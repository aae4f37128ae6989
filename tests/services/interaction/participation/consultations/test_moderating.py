from tests.services.interaction.participation.conftest import CLERK, EDITOR, LEADER
from tests.services.interaction.participation.consultations.conftest import Hall
from tests.support.queries import CountQueries


async def test_what_is_approved_is_read_masked_and_counted_with_its_paragraph(
    hall: Hall,
) -> None:
    held = await hall.opened()
    await hall.approved(held)
    await hall.approved(held, paragraph=None, text="总体赞成。")
    await hall.give(held)
    shown = await hall.public(held)
    assert shown["opinions"] == 2
    assert [paragraph["opinions"] for paragraph in shown["paragraphs"]] == [0, 1]
    first, second = (await hall.public(held, "/opinions"))["items"]
    assert first["text"] == "我是***，电话***。建议把第二条扩大到县城。"
    assert (first["paragraph"], first["answer"], second["paragraph"]) == (2, None, None)
    (only,) = (await hall.public(held, "/opinions?paragraph=2"))["items"]
    assert only["id"] == first["id"]


async def test_whoever_moderates_reads_it_all_and_as_everyone_would(hall: Hall) -> None:
    held = await hall.opened()
    opinion = await hall.found(held, await hall.give(held))
    assert opinion["shown"] is None
    assert not {"text", "name", "phone"} & opinion.keys()
    opened = await hall.done(CLERK, "GET", f"/opinions/{opinion['id']}")
    assert (opened["name"], opened["phone"]) == ("李小龙", "13855201234")
    assert "***" in opened["masked"]
    assert "李小龙" in opened["text"]
    assert "李小龙" not in opened["masked"]


async def test_a_mistaken_decision_is_undone_and_takes_the_answer_with_it(hall: Hall) -> None:
    held = await hall.opened()
    opinion, _ = await hall.approved(held)
    await hall.answer(held, opinion)
    path = f"/opinions/{opinion['id']}/moderation"
    again = await hall.send(CLERK, "POST", path, {"act": "approve"}, version=3)
    assert again.json()["type"] == "/problems/decided-already"
    answered = await hall.done(CLERK, "GET", f"/consultations/{held['id']}/opinions?answered=true")
    (opinion,) = answered["items"]
    declined = await hall.moderate(opinion, "decline", reason="误判")
    assert (declined["shown"], declined["answer_id"]) == (None, None)
    assert (await hall.public(held))["opinions"] == 0
    restored = await hall.moderate(declined)
    assert restored["state"] == "approved"
    assert (await hall.done(CLERK, "GET", f"/opinions/{opinion['id']}"))["reason"] is None


async def test_to_decline_needs_a_reason_and_only_clerks_moderate(hall: Hall) -> None:
    held = await hall.opened()
    opinion = await hall.found(held, await hall.give(held))
    path = f"/opinions/{opinion['id']}/moderation"
    silent = await hall.send(CLERK, "POST", path, {"act": "decline"}, version=1)
    assert silent.status_code == 422
    for actor in (EDITOR, LEADER):
        refused = await hall.send(actor, "POST", path, {"act": "approve"}, version=1)
        assert refused.status_code == 403
    assert (await hall.send(CLERK, "POST", path, {"act": "approve"}, version=2)).status_code == 412


async def test_nothing_is_moderated_after_the_report(hall: Hall) -> None:
    held = await hall.opened()
    opinion, _ = await hall.approved(held)
    await hall.answer(held, opinion)
    await hall.end()
    await hall.reported(held)
    await hall.publish(held)
    path = f"/opinions/{opinion['id']}/moderation"
    late = await hall.send(
        CLERK, "POST", path, {"act": "decline", "reason": "晚了"}, version=opinion["version"] + 1
    )
    assert late.json()["type"] == "/problems/out-of-sequence"


async def test_pages_cost_as_many_queries_however_many_opinions_there_are(
    hall: Hall, count_queries: CountQueries
) -> None:
    held = await hall.opened()
    for _ in range(5):
        opinion, _ = await hall.approved(held)
        await hall.answer(held, opinion)
    for actor, path, queries in (
        (None, f"/public/consultations/{held['id']}", 2),
        (None, f"/public/consultations/{held['id']}/opinions", 2),
        (None, f"/public/consultations/{held['id']}/answers", 2),
        (None, "/public/consultations", 1),
        (CLERK, "/consultations", 1),
        (CLERK, f"/consultations/{held['id']}/opinions", 2),
        (CLERK, f"/consultations/{held['id']}/answers", 2),
        (CLERK, f"/opinions/{opinion['id']}", 1),
    ):
        with count_queries(queries):
            await hall.done(actor, "GET", path)
    page = await hall.public(held, "/opinions?first=2")
    rest = await hall.public(held, f"/opinions?first=10&after={page['next']}")
    assert (len(page["items"]), len(rest["items"])) == (2, 3)
