from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from services.content.release.bundle import Public, faults
from services.content.release.kinds import Trait, kinds
from shared.contracts.content import ItemKind
from shared.contracts.item_text import Disclosure

POLICY, INTERPRETATION, OTHER = UUID(int=1), UUID(int=2), UUID(int=3)
COLUMN = UUID(int=9)
DAY = date(2026, 3, 2)
TOMORROW, YESTERDAY = DAY + timedelta(days=1), DAY - timedelta(days=1)


@dataclass
class Piece:
    id: UUID = POLICY
    kind: ItemKind = ItemKind.POLICY
    column_id: UUID = COLUMN
    title: str = "题"
    body: str = "文"
    content_hash: str = "hash"
    written_on: date | None = None
    disclosure: Disclosure = Disclosure.PROACTIVE
    interprets: UUID | None = None
    to_be_interpreted: bool = False
    interpretation_may_follow: bool = False
    interpretation_exemption: str | None = None
    findings: list[dict[str, Any]] = field(default_factory=list)
    correction_note: str | None = None
    asset_ids: list[UUID] = field(default_factory=list)

    @property
    def current(self) -> "Piece":
        return self


@dataclass
class Case:
    items: list[Piece]
    found: list[tuple[UUID, str]]
    cleared: bool = True
    live: dict[UUID, Piece] = field(default_factory=dict)
    interpreted: set[UUID] = field(default_factory=set)
    stated: dict[UUID, date] = field(default_factory=dict)
    reposted: set[UUID] = field(default_factory=set)


BOUND = Piece(to_be_interpreted=True)
READER = Piece(INTERPRETATION, ItemKind.INTERPRETATION, interprets=POLICY)
STATEMENT = Piece(OTHER, ItemKind.STATUS_STATEMENT)
OLDER = Piece(content_hash="older")
RETITLED = Piece(title="新题")
WARNING = {"severity": "warning", "message": "核对称谓。"}
BLOCKING = {**WARNING, "severity": "blocking"}


@pytest.mark.parametrize(
    "case",
    [
        Case([Piece()], []),
        Case([replace(BOUND, interpretation_may_follow=True)], []),
        Case([replace(BOUND, interpretation_exemption="不涉及公众")], []),
        Case([Piece()], [(POLICY, "not_cleared")], cleared=False),
        Case([Piece(findings=[WARNING])], []),
        Case([Piece(asset_ids=[OTHER])], [(POLICY, "file_not_ready")]),
        Case([Piece(findings=[BLOCKING, BLOCKING])], [(POLICY, "open_findings")] * 2),
        Case([Piece(disclosure=Disclosure.NONE)], [(POLICY, "not_for_disclosure")]),
        Case([Piece(disclosure=Disclosure.ON_REQUEST)], [(POLICY, "not_for_disclosure")]),
        Case([Piece()], [(POLICY, "already_live")], live={POLICY: Piece()}),
        Case([Piece()], [(POLICY, "repost_stands")], reposted={POLICY}),
        Case([Piece()], [], reposted={OTHER}),
        Case([Piece()], [], live={POLICY: OLDER}),
        Case([BOUND], [(POLICY, "interpretation_missing")]),
        Case([BOUND], [], interpreted={POLICY}),
        Case([BOUND, READER], []),
        Case([READER], [(INTERPRETATION, "policy_missing")]),
        Case([READER], [], live={POLICY: OLDER}),
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
        Case([Piece(written_on=DAY)], []),
        Case([Piece(written_on=TOMORROW)], [(POLICY, "written_in_future")]),
        Case([Piece()], [], stated={POLICY: YESTERDAY}),
        Case([Piece()], [(POLICY, "stated_in_future")], stated={POLICY: TOMORROW}),
        Case(
            [Piece(written_on=DAY)],
            [(POLICY, "stated_before_written")],
            stated={POLICY: YESTERDAY},
        ),
        Case([RETITLED], [(POLICY, "correction_unexplained")], live={POLICY: OLDER}),
        Case([replace(RETITLED, correction_note="更正标题。")], [], live={POLICY: OLDER}),
        Case([replace(RETITLED, kind=ItemKind.NEWS)], [], live={POLICY: OLDER}),
        Case([RETITLED], []),
        Case([STATEMENT], []),
        Case([STATEMENT, replace(STATEMENT, id=POLICY)], []),
        Case([STATEMENT, Piece(column_id=UUID(int=8))], []),
        Case([STATEMENT, Piece()], [(OTHER, "statement_beside_content")]),
    ],
)
def test_everything_that_holds_a_bundle_back_is_told(case: Case) -> None:
    public = Public(
        day=DAY,
        cleared={item.id: case.cleared for item in case.items},
        live=case.live,
        interpreted=case.interpreted,
        findings={item.id: item.findings for item in case.items},
        reposted=case.reposted,
    )
    told = faults(case.items, public, stated=case.stated, explained=kinds(Trait.EXPLAINED))
    assert [(UUID(fault.pointer), fault.code) for fault in told] == case.found
