from typing import Any

from tests.services.interaction.conftest import Clock
from tests.services.interaction.duty.conftest import (
    ADMIN,
    LEADER,
    LI,
    WANG,
    ZHAO,
    Desk,
    person_id,
)
from tests.services.interaction.duty.test_attending import beijing


async def asked(desk: Desk, *, in_return: bool = True) -> Any:
    """Let Wang ask Li to take 5 March, which is hers, for a day of his or for none."""
    await desk.publish()
    mine, theirs = (await desk.of(WANG))[1], (await desk.of(LI))[1]
    wish = {"member_id": (await desk.member(LI))["id"]}
    if in_return:
        wish["return_duty_id"] = theirs["id"]
    answer = await desk.act(WANG, mine, "swaps", wish)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def settle(desk: Desk, actor: Any, swap: Any, act: str) -> Any:
    path = f"/v1/duty-swaps/{swap['id']}/{act}"
    return await desk.send(actor, "POST", path, version=swap["version"])


async def test_an_accepted_swap_changes_both_days_at_once(desk: Desk) -> None:
    swap = await asked(desk)
    assert (swap["asked_by"], swap["asked_of"], swap["state_label"]) == (
        *("王芳", "李强", "待对方同意"),
    )
    before = {on: (await desk.duty(on))["name"] for on in (swap["on"], swap["return_on"])}
    done = await settle(desk, LI, swap, "acceptance")
    assert done.json()["state_label"] == "已同意"
    after = {on: (await desk.duty(on))["name"] for on in (swap["on"], swap["return_on"])}
    assert (list(before.values()), list(after.values())) == (
        ["王芳", "李强"],
        ["李强", "王芳"],
    )
    told = await desk.announced("duty.reassigned", "duty_swap.settled")
    assert [(each["type"], each.get("after")) for each in told] == [
        ("duty.reassigned", person_id(LI)),
        ("duty.reassigned", person_id(WANG)),
        ("duty_swap.settled", None),
    ]
    opened = await desk.done(ZHAO, "GET", f"/v1/duties/{swap['duty_id']}")
    last = opened["changes"][-1]
    assert (last["kind_label"], last["before"], last["after"]) == ("调班", "王芳", "李强")


async def test_a_day_given_without_return_is_a_cover_by_agreement(desk: Desk) -> None:
    swap = await asked(desk, in_return=False)
    assert (swap["return_duty_id"], swap["return_on"]) == (None, None)
    await settle(desk, LI, swap, "acceptance")
    assert (await desk.duty(swap["on"]))["name"] == "李强"
    (told,) = await desk.announced("duty.reassigned")
    assert told["by"] == "covered"
    drafted = await desk.draft(since="2026-03-16", until="2026-03-17")
    assert [share["name"] for share in drafted["shares"]] == ["王芳", "赵敏"]  # Li had his part


async def test_a_swap_is_refused_or_withdrawn_by_its_side_alone(desk: Desk) -> None:
    swap = await asked(desk)
    for actor, act, status in (
        (WANG, "acceptance", 403),
        (WANG, "refusal", 403),
        (LI, "withdrawal", 403),
        (LEADER, "acceptance", 403),
        (ADMIN, "withdrawal", 403),
        (ZHAO, "acceptance", 404),
    ):
        assert (await settle(desk, actor, swap, act)).status_code == status, (actor, act)
    refused = await settle(desk, LI, swap, "refusal")
    assert refused.json()["state_label"] == "已谢绝"
    again = await settle(desk, LI, refused.json(), "acceptance")
    assert again.json()["type"] == "/problems/swap-settled"
    assert (await desk.duty(swap["on"]))["name"] == "王芳"


async def test_a_withdrawn_swap_is_accepted_by_nobody(desk: Desk) -> None:
    swap = await asked(desk)
    assert (await settle(desk, WANG, swap, "withdrawal")).json()["state"] == "withdrawn"
    assert (await settle(desk, LI, swap, "acceptance")).status_code == 412
    kept = [each["state"] for each in await desk.announced("duty_swap.settled")]
    assert kept == ["withdrawn"]


async def test_swaps_are_shown_to_their_sides_and_to_who_keeps_the_desk(desk: Desk) -> None:
    swap = await asked(desk)
    path = "/v1/duty-desks/office/swaps"
    for actor, seen in ((WANG, 1), (LI, 1), (LEADER, 1), (ADMIN, 1), (ZHAO, 0)):
        assert len((await desk.done(actor, "GET", path))["items"]) == seen
    found = await desk.done(LI, "GET", path, params={"state": "asked"})
    assert found["items"] == [swap]
    assert (await desk.done(LI, "GET", path, params={"state": "refused"}))["items"] == []


async def test_everything_that_speaks_against_a_swap_is_named(desk: Desk) -> None:
    await desk.publish()
    mine, theirs = (await desk.of(WANG))[1], (await desk.of(LI))[1]
    await desk.absent(LI, LI, mine["on"], mine["on"])
    assert (await desk.absent(WANG, WANG, theirs["on"], theirs["on"])).status_code == 201
    ids = {actor.id: (await desk.member(actor))["id"] for actor in (WANG, LI, ZHAO, LEADER)}
    for wish, codes in (
        ({"member_id": ids[LI.id], "return_duty_id": theirs["id"]}, ["cannot_take"] * 2),
        ({"member_id": ids[ZHAO.id], "return_duty_id": theirs["id"]}, ["not_theirs"]),
        ({"member_id": ids[WANG.id]}, ["oneself"]),
        ({"member_id": ids[LEADER.id]}, ["cannot_take"]),
        ({"member_id": ids[ZHAO.id], "return_duty_id": ids[ZHAO.id]}, ["unknown"]),
    ):
        refused = await desk.act(WANG, mine, "swaps", wish)
        assert [fault["code"] for fault in refused.json()["faults"]] == codes, refused.text
    assert (await desk.act(LI, mine, "swaps", {"member_id": ids[ZHAO.id]})).status_code == 403


async def test_the_same_member_is_asked_once_for_a_day(desk: Desk) -> None:
    swap = await asked(desk)
    mine = await desk.duty(swap["on"])
    again = await desk.act(WANG, mine, "swaps", {"member_id": (await desk.member(LI))["id"]})
    assert again.json()["type"] == "/problems/swap-already-asked"


async def test_a_day_that_changed_hands_overtakes_what_was_asked_for_it(desk: Desk) -> None:
    swap = await asked(desk)
    zhao = {"member_id": (await desk.member(ZHAO))["id"], "reason": "王芳出差"}
    done = await desk.act(LEADER, await desk.duty(swap["on"]), "cover", zhao)
    assert done.json()["name"] == "赵敏"
    (told,) = await desk.announced("duty_swap.settled")
    assert told["state"] == "overtaken"
    late = await settle(desk, LI, {**swap, "version": 2}, "acceptance")
    assert (late.status_code, late.json()["state"]) == (409, "overtaken")


async def test_nobody_is_asked_any_more_who_takes_no_days(desk: Desk) -> None:
    swap = await asked(desk, in_return=False)
    await desk.leave(LI)
    (told,) = await desk.announced("duty_swap.settled")
    assert (told["swap_id"], told["state"]) == (swap["id"], "overtaken")
    assert (await desk.duty(swap["on"]))["name"] == "王芳"


async def test_a_member_who_went_away_since_cannot_accept(desk: Desk) -> None:
    swap = await asked(desk)
    await desk.absent(LI, LI, swap["on"], swap["on"])
    refused = await settle(desk, LI, swap, "acceptance")
    assert [fault["code"] for fault in refused.json()["faults"]] == ["cannot_take"]
    assert (await desk.duty(swap["on"]))["name"] == "王芳"


async def test_a_past_day_is_swapped_and_covered_no_more(desk: Desk, clock: Clock) -> None:
    swap = await asked(desk)
    clock.pass_by(days=10)
    assert (await settle(desk, LI, swap, "acceptance")).json()["type"] == "/problems/day-over"
    zhao = {"member_id": (await desk.member(ZHAO))["id"]}
    refused = await desk.act(LEADER, await desk.duty(swap["on"]), "cover", zhao)
    assert refused.json()["type"] == "/problems/day-over"


async def test_cover_is_the_keepers_word_and_a_vacant_day_anybodys_own(desk: Desk) -> None:
    await desk.publish()
    duty = (await desk.of(WANG))[1]
    zhao = {"member_id": (await desk.member(ZHAO))["id"]}
    for actor in (WANG, LI, ZHAO):
        assert (await desk.act(actor, duty, "cover", zhao)).status_code == 403
    assert (await desk.absent(WANG, LEADER, duty["on"], duty["on"])).status_code == 201
    vacant = await desk.duty(duty["on"])
    assert vacant["state_label"] == "无人值班"
    assert (await desk.act(LI, vacant, "cover", zhao)).status_code == 403  # not his to offer
    taken = await desk.act(ZHAO, vacant, "cover", zhao)
    assert taken.json()["name"] == "赵敏"


async def test_who_is_away_or_leads_only_covers_nothing(desk: Desk) -> None:
    await desk.publish()
    duty = (await desk.of(WANG))[1]
    await desk.absent(ZHAO, LEADER, duty["on"], duty["on"])
    for actor in (ZHAO, LEADER, WANG):  # away; takes no days; has it already
        by = {"member_id": (await desk.member(actor))["id"]}
        refused = await desk.act(LEADER, duty, "cover", by)
        assert refused.json()["faults"][0]["code"] == "cannot_take"


async def test_who_covers_at_short_notice_has_time_to_come(desk: Desk, clock: Clock) -> None:
    clock.now = beijing("2026-03-02T07:00")
    await desk.publish()
    clock.now = beijing("2026-03-02T09:00")
    duty = await desk.duty("2026-03-02")
    await desk.act(WANG, duty, "sign-on")
    zhao = {"member_id": (await desk.member(ZHAO))["id"], "reason": "王芳身体不适"}
    covered = await desk.act(LEADER, await desk.duty("2026-03-02"), "cover", zhao)
    shown = covered.json()
    assert (shown["state_label"], shown["sign_on_by"]) == ("待值班", "2026-03-02T01:10:00Z")
    clock.now = beijing("2026-03-02T09:09")
    assert (await desk.act(ZHAO, shown, "sign-on")).json()["late"] is False
    opened = await desk.done(LI, "GET", f"/v1/duties/{duty['id']}")
    assert [(each["kind"], each["after"], each["reason"]) for each in opened["changes"]] == [
        ("published", "王芳", None),
        ("signed_on", "王芳", None),
        ("covered", "赵敏", "王芳身体不适"),
        ("signed_on", "赵敏", None),
    ]
