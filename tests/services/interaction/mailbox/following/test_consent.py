import httpx
import pytest

from tests.services.interaction.conftest import HEAD, LETTER, Mailbox


async def consent(
    mailbox: Mailbox, number: str, code: str, *, may_publish: bool
) -> httpx.Response:
    return await mailbox.client.put(
        f"/v1/public/letters/{number}/consent",
        json={"may_publish": may_publish},
        headers={"X-Query-Code": code},
    )


async def test_a_letter_is_private_unless_its_writer_says_otherwise(mailbox: Mailbox) -> None:
    letter = {key: value for key, value in LETTER.items() if key != "may_publish"}
    answer = await mailbox.client.post("/v1/public/letters", json=letter)
    assert (await mailbox.row(answer.json()["number"])).may_publish is False


async def test_a_writer_changes_their_mind_and_it_is_told(mailbox: Mailbox) -> None:
    receipt = await mailbox.write(may_publish=False)
    for may_publish in (True, False):
        answer = await consent(mailbox, *_of(receipt), may_publish=may_publish)
        assert (answer.status_code, answer.json()["may_publish"]) == (200, may_publish)
        assert (await mailbox.row(receipt["number"])).may_publish is may_publish
    steps = [entry["step_label"] for entry in answer.json()["timeline"]]
    assert steps == ["收到来信", "来信人同意公开", "来信人不再同意公开"]
    told = [data for kind, data in await mailbox.announced() if kind.endswith("consent_changed")]
    assert [data["may_publish"] for data in told] == [True, False]


async def test_to_say_the_same_again_changes_nothing(mailbox: Mailbox) -> None:
    receipt = await mailbox.write(may_publish=True)
    before = await mailbox.announced()
    answer = await consent(mailbox, *_of(receipt), may_publish=True)
    assert answer.status_code == 200
    assert len(answer.json()["timeline"]) == 1
    assert await mailbox.announced() == before


async def test_without_consent_nothing_is_published_and_with_it_something_is(
    mailbox: Mailbox,
) -> None:
    receipt = await mailbox.answered()
    await consent(mailbox, *_of(receipt), may_publish=False)
    refused = await mailbox.act(HEAD, receipt["number"], "publication")
    assert refused.json()["type"] == "/problems/no-consent"
    await consent(mailbox, *_of(receipt), may_publish=True)
    assert (await mailbox.act(HEAD, receipt["number"], "publication")).status_code == 200


async def test_what_is_public_is_not_taken_back_here(mailbox: Mailbox) -> None:
    receipt = await mailbox.published()
    refused = await consent(mailbox, *_of(receipt), may_publish=False)
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/published-already")
    assert (await consent(mailbox, *_of(receipt), may_publish=True)).status_code == 200


async def test_a_wrong_code_changes_nothing_and_counts_as_one(mailbox: Mailbox) -> None:
    receipt = await mailbox.write()
    for number in (receipt["number"], "3403000006-20260302-0077-00"):
        for _ in range(10):
            refused = await consent(mailbox, number, "AAAA", may_publish=False)
            assert (refused.status_code, refused.json()["type"]) == (
                404,
                "/problems/no-such-letter",
            )
        assert (await consent(mailbox, number, "AAAA", may_publish=False)).status_code == 429
        assert (await mailbox.follow(number, "AAAA")).status_code == 429
    assert (await mailbox.row(receipt["number"])).may_publish is True


@pytest.mark.parametrize("body", [{}, {"may_publish": None}, {"may_publish": True, "x": 1}])
async def test_consent_is_said_plainly(mailbox: Mailbox, body: dict[str, object]) -> None:
    receipt = await mailbox.write()
    answer = await mailbox.client.put(
        f"/v1/public/letters/{receipt['number']}/consent",
        json=body,
        headers={"X-Query-Code": receipt["query_code"]},
    )
    assert answer.status_code == 422


def _of(receipt: dict[str, str]) -> tuple[str, str]:
    return receipt["number"], receipt["query_code"]
