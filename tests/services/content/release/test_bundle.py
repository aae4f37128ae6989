from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

import pytest

from services.content.release.bundle import faults
from shared.contracts.content import ItemKind
from shared.contracts.item_text import Disclosure

POLICY, INTERPRETATION, OTHER = UUID(int=1), UUID(int=2), UUID(int=3)


@dataclass
class Piece:
    id: UUID = POLICY
    kind: ItemKind = ItemKind.POLICY
    content_hash: str = "hash"
    disclosure: Disclosure = Disclosure.PROACTIVE
    interprets: UUID | None = None
    to_be_interpreted: bool = False
    interpretation_may_follow: bool = False
    interpretation_exemption: str | None = None
    findings: list[dict[str, Any]] = field(default_factory=list)

    @property
    def current(self) -> "Piece":
        return self


@dataclass
class Case:
    items: list[Piece]
    found: list[tuple[UUID, str]]
    cleared: bool = True
    live: dict[UUID, str] = field(default_factory=dict)
    interpreted: set[UUID] = field(default_factory=set)


BOUND = Piece(to_be_interpreted=True)
READER = Piece(INTERPRETATION, ItemKind.INTERPRETATION, interprets=POLICY)


@pytest.mark.parametrize(
    "case",
    [
        Case([Piece()], []),
        Case([replace(BOUND, interpretation_may_follow=True)], []),
        Case([replace(BOUND, interpretation_exemption="不涉及公众")], []),
        Case([Piece()], [(POLICY, "not_cleared")], cleared=False),
        Case([Piece(findings=[{"severity": "warning"}])], []),
        Case([Piece(findings=[{"severity": "blocking"}])], [(POLICY, "open_findings")]),
        Case([Piece(disclosure=Disclosure.NONE)], [(POLICY, "not_for_disclosure")]),
        Case([Piece(disclosure=Disclosure.ON_REQUEST)], [(POLICY, "not_for_disclosure")]),
        Case([Piece()], [(POLICY, "already_live")], live={POLICY: "hash"}),
        Case([Piece()], [], live={POLICY: "older"}),
        Case([BOUND], [(POLICY, "interpretation_missing")]),
        Case([BOUND], [], interpreted={POLICY}),
        Case([BOUND, READER], []),
        Case([READER], [(INTERPRETATION, "policy_missing")]),
        Case([READER], [], live={POLICY: "any"}),
        Case(
            [Piece(OTHER, ItemKind.INTERPRETATION)],
            [(OTHER, "policy_missing")],
        ),
        Case(
            [BOUND, Piece(OTHER, disclosure=Disclosure.NONE)],
            [
                (POLICY, "not_cleared"),
                (POLICY, "interpretation_missing"),
                (OTHER, "not_cleared"),
                (OTHER, "not_for_disclosure"),
            ],
            cleared=False,
        ),
    ],
)
def test_everything_that_holds_a_bundle_back_is_told(case: Case) -> None:
    told = faults(
        case.items,
        cleared={item.id: case.cleared for item in case.items},
        live_hashes=case.live,
        interpreted=case.interpreted,
    )
    assert [(UUID(fault.pointer), fault.code) for fault in told] == case.found
