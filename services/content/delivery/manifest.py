"""What an edition is, in hashes, and in what a copy departs from it."""

from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any, NamedTuple

import rfc8785

from services.content.release.commands.publishing import SHOWN
from shared.contracts.manifests import MANIFEST

AS_ANSWERED = (
    *("site_code", "title", "content_hash", "release_seq", "first_public_at", "url", "origin"),
)
ELSEWHERE = frozenset({"topic_id"})
"""What a site shows beside a text, and a copy elsewhere does not."""


class Difference(NamedTuple):
    """In what a copy departs from its manifest: a member of the text, or a file."""

    place: str
    why: str


def manifest(item: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is signed of a public item, as its answer has it."""
    origin = item["origin"]
    return {
        "type": MANIFEST,
        "item_id": item["id"],
        "content_id": origin["item_id"] if origin else item["id"],
        **{name: item[name] for name in AS_ANSWERED},
        "released_at": item["updated_at"],
        "text": text_hashes(item),
        "files": [
            {
                "asset_id": file["asset_id"],
                "title": file["title"],
                "sha256": [form["sha256"] for form in file["forms"]],
            }
            for file in item["files"]
        ],
    }


def text_hashes(item: Mapping[str, Any]) -> dict[str, str]:
    """Return the hash of each member of an item that is text and not empty."""
    return {
        name: hash_of(item[name])
        for name in sorted(SHOWN - ELSEWHERE)
        if item.get(name) not in (None, [], "")
    }


def hash_of(value: Any) -> str:
    """Return the SHA-256 of a value's canonical form."""
    return sha256(rfc8785.dumps(value)).hexdigest()


def differences_of_item(
    signed: Mapping[str, Any], copy: Mapping[str, Any]
) -> Sequence[Difference]:
    """Return in what an item, as JSON, departs from its manifest."""
    had = [form["sha256"] for file in copy.get("files", ()) for form in file["forms"]]
    return [
        *_differing_text(signed["text"], text_hashes(copy)),
        *differences_of_files(signed, {one: one for one in had}, whole=True),
    ]


def differences_of_body(signed: Mapping[str, Any], body: str) -> Sequence[Difference]:
    """Return in what a text file departs from the body; how its last line ends means nothing."""
    lines = body.replace("\r\n", "\n")
    fitting = (lines, lines.removesuffix("\n"))
    same = signed["text"].get("body") in map(hash_of, fitting)
    return [] if same else [Difference("body", "正文与清单不符，已被改动。")]


def differences_of_files(
    signed: Mapping[str, Any], hashes: Mapping[str, str], *, whole: bool
) -> Sequence[Difference]:
    """Return in what files, by name with their hash, depart from a manifest.

    `whole` says that they are meant to be all of them.
    """
    known = {one for file in signed["files"] for one in file["sha256"]}
    extra = [
        Difference(name, "清单中没有这个文件，或其内容已被改动。")
        for name, told in hashes.items()
        if told not in known
    ]
    missing = [
        Difference(file["title"] or file["asset_id"], "缺少清单所列的这个文件。")
        for file in signed["files"]
        if whole and not _is_there(file, hashes)
    ]
    return [*extra, *missing]


def _is_there(file: Mapping[str, Any], hashes: Mapping[str, str]) -> bool:
    return not set(file["sha256"]).isdisjoint(hashes.values())


def _differing_text(told: Mapping[str, str], found: Mapping[str, str]) -> Iterator[Difference]:
    for name in sorted(told.keys() | found.keys()):
        if name not in found:
            yield Difference(name, "缺少清单所列的内容。")
        elif name not in told:
            yield Difference(name, "清单中没有这项内容，是后来添加的。")
        elif told[name] != found[name]:
            yield Difference(name, "与清单不符，已被改动。")
