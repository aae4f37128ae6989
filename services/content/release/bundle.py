"""What must hold of items before they go out together."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any, Protocol
from uuid import UUID

from services.content.editorial.waiver import unanswered
from shared.contracts.content import ItemKind
from shared.contracts.item_text import Disclosure
from shared.problem import Fault, Unprocessable


class NotReleasable(Unprocessable):
    """Some of the items may not go out; then none does."""

    advice = "部分稿件不符合发布条件，全部未发布。"


class Text(Protocol):
    """An item's text, as far as its release looks at it."""

    content_hash: str
    disclosure: Disclosure
    interprets: UUID | None
    to_be_interpreted: bool
    interpretation_may_follow: bool
    interpretation_exemption: str | None


class Releasable(Protocol):
    """An item, as far as its release looks at it."""

    id: UUID
    kind: ItemKind
    findings: list[dict[str, Any]]

    @property
    def current(self) -> Text:
        """What was approved."""


def is_owed(text: Text) -> bool:
    """Say whether a policy owes the public an interpretation, with it or after it."""
    return text.to_be_interpreted and text.interpretation_exemption is None


def faults(
    items: Collection[Releasable],
    *,
    cleared: Mapping[UUID, bool],
    live_hashes: Mapping[UUID, str],
    interpreted: Collection[UUID],
) -> Iterator[Fault]:
    """Yield everything that keeps these items from going out together.

    `cleared` says whose text has both approvals, `live_hashes` which text of an item is public
    now, `interpreted` which policies have a public interpretation.
    """
    accompanied = {item.current.interprets for item in items} | set(interpreted)
    public = {item.id for item in items} | set(live_hashes)
    for item in items:
        text = item.current
        if not cleared[item.id]:
            yield Fault(str(item.id), "not_cleared", "尚未通过分管负责人审查和保密审查。")
        if unanswered(item.findings):
            yield Fault(str(item.id), "open_findings", "词库更新后检查发现新问题，请先处理。")
        if text.disclosure is not Disclosure.PROACTIVE:
            yield Fault(str(item.id), "not_for_disclosure", "非主动公开的内容不能发布。")
        if live_hashes.get(item.id) == text.content_hash:
            yield Fault(str(item.id), "already_live", "该内容已经发布。")
        together = is_owed(text) and not text.interpretation_may_follow
        if together and item.id not in accompanied:
            yield Fault(str(item.id), "interpretation_missing", "须与政策解读同步发布。")
        if item.kind is ItemKind.INTERPRETATION and text.interprets not in public:
            yield Fault(str(item.id), "policy_missing", "被解读的文件未发布，也不在本次发布之列。")
