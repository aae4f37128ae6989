from datetime import date
from typing import Any
from uuid import uuid4

from services.interaction.mailbox.publication.models import PublishedLetter
from shared.contracts.letters import LetterKind
from shared.db import open_sessions
from tests.factories.content import EDITOR, Group
from tests.gateway.conftest import Ask
from tests.support.people import NOW

QUOTING = """query($id: UUID!) { lettersQuoting(itemId: $id) { nodes { number } } }"""


def _published(number: str, answer: str) -> PublishedLetter:
    return PublishedLetter(
        number=number,
        site_code="3403000006",
        kind=LetterKind.CONSULTATION,
        title="何时修复",
        text="路灯不亮。",
        answer=answer,
        received_on=date(2026, 3, 1),
        answered_on=date(2026, 3, 2),
        answering_unit="市住建局",
        published_at=NOW,
    )


async def test_the_letters_that_quote_an_item_are_found_by_its_title_and_address(
    group: Group, ask: Ask, stage: dict[str, Any]
) -> None:
    item = await group.released(title="关于修复路灯的通知")
    url = (await group.client.get(f"/v1/public/items/{item['id']}")).json()["url"]
    answers = ("见《关于修复路灯的通知》。", f"请看 {url} 。", "见另一通知。")
    async with open_sessions(stage["engines"]["interaction"]).begin() as session:
        session.add_all(_published(str(at), answer) for at, answer in enumerate(answers))
    found = await ask(QUOTING, EDITOR, id=item["id"])
    assert [each["number"] for each in found["data"]["lettersQuoting"]["nodes"]] == ["1", "0"]
    assert "errors" in await ask(QUOTING, None, id=item["id"])
    nothing = await ask(QUOTING, EDITOR, id=str(uuid4()))
    assert nothing["data"] == {"lettersQuoting": None}
