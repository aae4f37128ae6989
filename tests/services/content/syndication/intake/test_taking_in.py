from tests.factories.feeds import TEXT, item, rss
from tests.services.content.conftest import Announced
from tests.services.content.syndication.intake.conftest import HOUR, Intake, body


async def test_an_entry_becomes_a_draft_with_its_source_as_its_rule_says(
    intake: Intake, announced: Announced
) -> None:
    intake.web.answers["/feed.xml"] = body(
        rss(item("1", "关于做好防汛工作的通知", author="新华社"))
    )
    await intake.ruled(await intake.registered())
    await intake.read()
    (entry,) = await intake.entries()
    assert (entry["state"], entry["text_from"]) == ("drafted", "feed")
    (drafted,) = await intake.items()
    assert drafted["id"] == entry["item_id"]
    assert (drafted["title"], drafted["body"]) == ("关于做好防汛工作的通知", TEXT)
    assert drafted["source"] == "安徽省人民政府"
    assert (drafted["stage"], drafted["approvals"]) == ("draft", [])
    assert drafted["links"] == [{"text": "原文", "href": intake.url("/doc/1.html")}]
    assert "content.upstream_entry.settled" in await announced()
    await intake.read(2 * HOUR)
    assert len(await intake.items()) == 1
