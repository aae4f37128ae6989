"""Checking a signed statement, and a copy of what it is about, without asking anybody."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from hashlib import sha256
from pathlib import Path
from typing import Any

from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from services.content.delivery import manifest
from shared.contracts.manifests import MANIFEST
from shared.problem import Problem
from shared.statements import Unsigned, verify


class Outcome(IntEnum):
    """What the command exits with."""

    AGREES = 0
    DIFFERS = 1
    UNCHECKED = 2


@dataclass(frozen=True)
class Copy:
    """What a partner holds of an item: its JSON, its body as text, or files."""

    item: Path | None = None
    text: Path | None = None
    files: Sequence[Path] = ()


@dataclass(frozen=True)
class Report:
    """What was found, in words for whoever asked."""

    outcome: Outcome
    lines: Sequence[str]


def check(statement: Path, keys: Path, copy: Copy) -> Report:
    """Check a statement's signature, then in what the copy departs from it."""
    try:
        told, known = _json(statement), KeySet.import_key_set(_json(keys))
    except (OSError, ValueError, JoseError, KeyError, TypeError) as fault:
        return Report(Outcome.UNCHECKED, [f"无法读取清单或公钥：{fault}"])
    try:
        kid = verify(told, known)
    except Unsigned as refused:
        return Report(Outcome.UNCHECKED, [refused.detail])
    except Problem as refused:
        return Report(Outcome.DIFFERS, [refused.detail])
    signed = f"签名有效：{told.get('type')}，密钥 {kid}。"
    try:
        differences = list(_differences(told, copy))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as fault:
        return Report(Outcome.UNCHECKED, [signed, f"无法读取副本：{fault}"])
    if differences:
        return Report(Outcome.DIFFERS, [signed, *differences])
    return Report(Outcome.AGREES, [signed, *_agreements(told, copy)])


def _differences(told: Mapping[str, Any], copy: Copy) -> Iterator[str]:
    named = (copy.item, copy.text, *copy.files)
    if told["type"] != MANIFEST:
        if any(named):
            raise ValueError("只有版本清单可与副本比对。")
        return
    found: list[manifest.Difference] = []
    if copy.item:
        found += manifest.differences_of_item(told, _json(copy.item))
    if copy.text:
        found += manifest.differences_of_body(told, copy.text.read_bytes().decode())
    if copy.files:
        hashes = {str(file): sha256(file.read_bytes()).hexdigest() for file in _each(copy.files)}
        whole = any(path.is_dir() for path in copy.files)
        found += manifest.differences_of_files(told, hashes, whole=whole)
    yield from (f"{one.place}：{one.why}" for one in found)


def _agreements(told: Mapping[str, Any], copy: Copy) -> Iterator[str]:
    if told["type"] != MANIFEST:
        yield from (f"{name}：{value}" for name, value in _plain(told))
        return
    yield f"《{told['title']}》，{told['released_at']} 起公开：{told['url']}"
    if copy.item:
        yield "稿件：标题、正文和附件清单与签名的清单一致。"
    if copy.text:
        yield "正文：与签名的清单一致。"
    if copy.files:
        yield f"附件：{len(list(_each(copy.files)))} 个文件与签名的清单一致。"


def _plain(told: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in told.items():
        if isinstance(value, str | int) and name not in {"type", "signature"}:
            yield name, value


def _each(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        yield from (
            (file for file in sorted(path.rglob("*")) if file.is_file())
            if (path.is_dir())
            else (path,)
        )


def _json(file: Path) -> Any:
    found = json.loads(file.read_bytes())
    if not isinstance(found, dict):
        raise TypeError(f"{file}: not a JSON object")
    return found
