"""What can be thought about an item before it is known whether it may come: everything pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from services.content.bulk.line import ItemLine, read
from services.content.editorial.checks.gate import check
from services.content.editorial.commands.checking import (
    FileFacts,
    Surroundings,
    as_stored,
    subject,
)
from services.content.editorial.vocabulary import unknown_terms
from services.content.editorial.waiver import idle, unanswered, waive
from services.content.release.bundle import Public, Text
from services.content.release.bundle import faults as held_back
from services.content.release.words import words
from shared.contracts.content import ItemKind
from shared.contracts.drafting import Draft
from shared.contracts.item_text import Disclosure
from shared.problem import Fault, Invalid

ABOVE = UUID(int=1)
"""Stands for whatever stands above in the file, until it is looked up."""

ITSELF = UUID(int=2)


class KnownFile(NamedTuple):
    """A file that has come in: in which line, as what, and what the checks know of it."""

    number: int
    asset_id: UUID
    facts: FileFacts


KnownFiles = Mapping[str, KnownFile]
NO_FILES: KnownFiles = {}


class Prepared(NamedTuple):
    """An item fit to come in as far as it can be told from its own line.

    `files` are those that it names, as they are called here.
    """

    line: ItemLine
    findings: list[dict[str, Any]]
    tokens: tuple[str, str]
    files: Mapping[str, UUID] = {}


@dataclass
class _Text:
    """A draft as the rule of releases looks at it; its hash is made when its place is known."""

    title: str
    body: str
    written_on: date | None
    disclosure: Disclosure
    interprets: UUID | None
    to_be_interpreted: bool
    interpretation_may_follow: bool
    interpretation_exemption: str | None
    correction_note: str | None
    content_hash: str = ""
    asset_ids: tuple[UUID, ...] = ()


class _Placed(NamedTuple):
    """An item whose column is not known yet, and so takes it."""

    kind: ItemKind
    column_id: UUID


@dataclass
class _Standing:
    """An item as the rule of releases looks at it."""

    id: UUID
    column_id: UUID
    kind: ItemKind
    current: Text


OF_TEXT = {one.name for one in fields(_Text)} - {"content_hash", "asset_ids"}


def prepare(
    said: Mapping[str, Any], around: Surroundings, by: str, known: KnownFiles = NO_FILES
) -> Prepared:
    """Return an item with what the checks find in it, or raise `Invalid` with all that is wrong.

    `by` vouches for it, and answers for what its line waives; `known` are the files above it.
    """
    line = read(said)
    if not isinstance(line, ItemLine):
        raise TypeError(said["type"])
    files = {name: known[name].asset_id if name in known else ABOVE for _, name in line.files()}
    text = line.text(ABOVE if line.interprets else None, files)
    facts = {known[name].asset_id: known[name].facts for name in files if name in known}
    checked = subject(text, _Placed(line.kind, ITSELF), around, facts)
    found = check(checked)
    texts = dict(checked.texts())
    findings = as_stored(waive(found, line.waivers, texts, dict.fromkeys(line.waivers, by)))
    wrong = [
        *unknown_terms(line),
        *_unknown_files(line, known),
        *idle(found, line.waivers, texts),
        *_blocking(findings),
        *_unfit(line, text, around.today),
    ]
    if wrong:
        raise Invalid(wrong)
    return Prepared(line, findings, (words(line.title), words(line.body)), files)


def _unknown_files(line: ItemLine, known: KnownFiles) -> Iterator[Fault]:
    for at, name in line.files():
        if name not in known:
            yield Fault(at, "unknown_file", f"前文没有导入过编号为“{name}”的文件。")


def _blocking(findings: list[dict[str, Any]]) -> Iterator[Fault]:
    for found in unanswered(findings):
        yield Fault(f"/{found['field']}", found["code"], found["message"])


def _unfit(line: ItemLine, text: Draft, today: date) -> Iterator[Fault]:
    """Yield what keeps an item from being public, by the rule of every release."""
    if line.kind is ItemKind.STATUS_STATEMENT:
        yield Fault("/kind", "statement_not_taken", "情况说明反映当前状况，请在系统中重新发布。")
    if line.interprets and line.kind is not ItemKind.INTERPRETATION:
        yield Fault("/interprets", "wrong_kind", "只有解读类稿件可以关联被解读的文件。")
    shown = _Text(**{name: getattr(text, name) for name in OF_TEXT})
    item = _Standing(ITSELF, ITSELF, line.kind, shown)
    public = Public(today, {ITSELF: True}, {ABOVE: shown}, ())
    stated = {ITSELF: line.published_on} if line.published_on else {}
    for fault in held_back([item], public, stated=stated, explained=()):
        yield Fault("", fault.code, fault.detail)
