"""What makes a lexicon's contents fit to be used, and how they are told apart."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256

from shared.contracts.lexicons import Entry, LexiconKind, Wordlist
from shared.problem import Fault

DOMAIN = re.compile(
    r"(?:[a-z0-9\u4e00-\u9fff](?:[a-z0-9\u4e00-\u9fff-]{0,61}[a-z0-9\u4e00-\u9fff])?\.)+"
    r"(?:[a-z]{2,24}|xn--[a-z0-9-]{1,59}|[\u4e00-\u9fff]{2,10})"
)


def digest(wordlist: Wordlist) -> str:
    """Return the SHA-256 two wordlists share exactly if they say the same."""
    said = wordlist.model_dump(mode="json")
    return sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def faults(wordlist: Wordlist) -> list[Fault]:
    """Return every entry that contradicts another, itself or its lexicon's kind."""
    times = Counter(entry.word for entry in wordlist.entries)
    return [
        Fault(f"/entries/{place}/{field}", code, advice)
        for place, entry in enumerate(wordlist.entries)
        for field, code, advice in _faults(wordlist.kind, entry, times[entry.word])
    ]


def _faults(kind: LexiconKind, entry: Entry, times: int) -> Iterator[tuple[str, str, str]]:
    if times > 1:
        yield "word", "repeated", f"“{entry.word}”出现了 {times} 次，请合并为一条。"
    if entry.right == entry.word:
        yield "right", "not_another", "正确写法与词语相同。"
    if kind is LexiconKind.NAMES_AND_TITLES and not entry.right:
        yield "right", "title_missing", "请填写此人的职务，多个职务用顿号分隔。"
    if kind is LexiconKind.CLOSED_DOMAINS and not DOMAIN.fullmatch(entry.word):
        yield "word", "not_a_domain", "应为域名，如 www.example.com，不含 http:// 和路径。"
    for place, exception in enumerate(entry.exceptions):
        if entry.word not in exception or exception == entry.word:
            yield f"exceptions/{place}", "not_around", f"例外应为包含“{entry.word}”的更长词语。"
