"""What must hold of items before they go out together."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple, Protocol
from uuid import UUID

from services.content.editorial.waiver import unanswered
from services.content.release.interpretation import is_owed, may_follow
from shared.contracts.content import ItemKind
from shared.contracts.item_text import Disclosure
from shared.problem import Fault, Unprocessable


class NotReleasable(Unprocessable):
    """Some of the items may not go out; then none does."""

    advice = "部分稿件不符合发布条件，全部未发布。"


class Text(Protocol):
    """An item's text, as far as its release looks at it."""

    title: str
    body: str
    content_hash: str
    written_on: date | None
    disclosure: Disclosure
    interprets: UUID | None
    to_be_interpreted: bool
    interpretation_may_follow: bool
    interpretation_exemption: str | None
    correction_note: str | None

    @property
    def asset_ids(self) -> Sequence[UUID]:
        """The files that go out with it."""


class Releasable(Protocol):
    """An item, as far as its release looks at it."""

    id: UUID
    column_id: UUID
    kind: ItemKind

    @property
    def current(self) -> Text:
        """What was approved."""


class Shown(Protocol):
    """An item's public text, as far as the release of its next one looks at it."""

    title: str
    body: str
    content_hash: str


Findings = Mapping[UUID, Sequence[Mapping[str, Any]]]
NO_FINDINGS: Findings = {}


class Public(NamedTuple):
    """The public state that a release meets.

    `cleared` says whose text has both approvals, `live` what is public now of these items and of
    those they interpret, `interpreted` which policies have a public interpretation, `files` which
    files may be shown, `findings` what the checks find in each now, `reposted` whose document
    stands on its site as a repost.
    """

    day: date
    cleared: Mapping[UUID, bool]
    live: Mapping[UUID, Shown]
    interpreted: Collection[UUID]
    files: Collection[UUID] = ()
    findings: Findings = NO_FINDINGS
    reposted: Collection[UUID] = ()


def faults(
    items: Sequence[Releasable],
    public: Public,
    *,
    stated: Mapping[UUID, date],
    explained: Collection[ItemKind],
) -> Iterator[Fault]:
    """Yield everything that keeps these items from going out together.

    `stated` holds the dates printed on items, `explained` the kinds whose public text is changed
    only with a note.
    """
    accompanied = {item.current.interprets for item in items} | set(public.interpreted)
    there = {item.id for item in items} | set(public.live)
    filled = {item.column_id for item in items if item.kind is not ItemKind.STATUS_STATEMENT}
    for item in items:
        yield from _review(item, public)
        yield from _interpretation(item, accompanied, there)
        yield from _dates(item, public.day, stated.get(item.id))
        if item.kind is ItemKind.STATUS_STATEMENT and item.column_id in filled:
            yield _fault(item, "statement_beside_content", "同一栏目有新内容时不再发布情况说明。")
        if item.kind in explained and _changes(item, public.live.get(item.id)):
            yield _fault(item, "correction_unexplained", "更改已公开的标题或正文须填写更正说明。")


def _review(item: Releasable, public: Public) -> Iterator[Fault]:
    if not public.cleared[item.id]:
        yield _fault(item, "not_cleared", "尚未通过分管负责人审查和保密审查。")
    for found in unanswered(public.findings.get(item.id, ())):
        yield _fault(item, "open_findings", f"再次检查发现问题，请先处理：{found['message']}")
    if not set(item.current.asset_ids) <= set(public.files):
        yield _fault(item, "file_not_ready", "附件、图片或音视频尚未处理完成，或未通过安全检查。")
    if item.current.disclosure is not Disclosure.PROACTIVE:
        yield _fault(item, "not_for_disclosure", "非主动公开的内容不能发布。")
    if item.id in public.reposted:
        yield _fault(item, "repost_stands", "本网站已转载文号相同的文件，不能再作为原创内容发布。")
    shown = public.live.get(item.id)
    if shown is not None and shown.content_hash == item.current.content_hash:
        yield _fault(item, "already_live", "该内容已经发布。")


def _interpretation(
    item: Releasable, accompanied: Collection[UUID | None], there: Collection[UUID]
) -> Iterator[Fault]:
    text = item.current
    if is_owed(text) and not may_follow(text) and item.id not in accompanied:
        yield _fault(item, "interpretation_missing", "须与政策解读同步发布。")
    if item.kind is ItemKind.INTERPRETATION and text.interprets not in there:
        yield _fault(item, "policy_missing", "被解读的文件未发布，也不在本次发布之列。")


def _dates(item: Releasable, day: date, stated_on: date | None) -> Iterator[Fault]:
    written_on = item.current.written_on
    if written_on is not None and written_on > day:
        yield _fault(item, "written_in_future", "成文日期晚于发布日期。")
    if stated_on is None:
        return
    if stated_on > day:
        yield _fault(item, "stated_in_future", "标注的日期不能晚于发布日期。")
    if written_on is not None and stated_on < written_on:
        yield _fault(item, "stated_before_written", "标注的日期不能早于成文日期。")


def _changes(item: Releasable, shown: Shown | None) -> bool:
    """Say whether a public text would change without a word of why."""
    text = item.current
    if shown is None or text.correction_note is not None:
        return False
    return (text.title, text.body) != (shown.title, shown.body)


def _fault(item: Releasable, code: str, detail: str) -> Fault:
    return Fault(str(item.id), code, detail)
