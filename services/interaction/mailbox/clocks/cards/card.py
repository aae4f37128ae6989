"""What a card is called, whom it goes up to, and how its explanation is decided."""

from collections.abc import Sequence

from shared.contracts.letter_cards import CardColour, CardRuling, CardState
from shared.problem import Conflict

COLOURS = {CardColour.YELLOW: "黄牌", CardColour.RED: "红牌"}
STATES = {
    CardState.GIVEN: "待说明",
    CardState.EXPLAINED: "已说明，待认定",
    CardState.ACCEPTED: "说明已认可",
    CardState.REJECTED: "说明未认可",
    CardState.LIFTED: "已撤销（放假安排调整）",
}
RULINGS = {CardRuling.ACCEPT: CardState.ACCEPTED, CardRuling.REJECT: CardState.REJECTED}
EXPLAINABLE = frozenset({CardState.GIVEN, CardState.REJECTED})


class NotExplainable(Conflict):
    """The card waits for no explanation."""

    advice = "该督办牌已有说明、已获认可或已撤销，不能再提交说明。"


class NothingToRule(Conflict):
    """The card has no explanation that waits for a decision."""

    advice = "该督办牌没有待认定的说明。"


class OwnExplanation(Conflict):
    """Nobody decides about an explanation of their own."""

    advice = "说明须由他人认定，提交人不能自行认定。"


def explained(state: CardState) -> CardState:
    """Return the state an explanation leads to, or refuse it."""
    if state not in EXPLAINABLE:
        raise NotExplainable(state=state)
    return CardState.EXPLAINED


def ruled(state: CardState, ruling: CardRuling, *, explained_by: str | None, by: str) -> CardState:
    """Return the state a decision leads to, or refuse it."""
    if state is not CardState.EXPLAINED:
        raise NothingToRule(state=state)
    if explained_by == by:
        raise OwnExplanation
    return RULINGS[ruling]


def goes_up_to(
    colour: CardColour, sponsoring: str, supervising: str, second_line: str | None
) -> Sequence[str]:
    """Return the paths a card is told to: a yellow one at the sponsor, a red one all the line."""
    if colour is CardColour.YELLOW:
        return [sponsoring]
    line = [sponsoring, supervising, *([second_line] if second_line else [])]
    return list(dict.fromkeys(line))
