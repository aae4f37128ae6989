"""Wrong and sensitive words, and people given another's title, by the lexicons in force."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files

import yaml

from services.content.editorial.checks.finding import CheckFinding
from services.content.editorial.checks.rules import report
from services.content.lexicons.matching import Compiled, Lexicons, Occurrence
from shared.contracts.lexicons import LexiconKind

WORDS = set(LexiconKind) - {LexiconKind.NAMES_AND_TITLES, LexiconKind.CLOSED_DOMAINS}
NEAR = 20
CLAUSE = re.compile("[，。；：、,;:\n（）()“”]")


def findings(field: str, text: str, lexicons: Lexicons) -> Iterator[CheckFinding]:
    """Yield every word a lexicon calls wrong, and every title a register does not give."""
    for lexicon in lexicons.of(WORDS):
        for occurrence in lexicon.occurrences(text):
            yield _wrong_word(field, text, lexicon, occurrence)
    for register in lexicons.of([LexiconKind.NAMES_AND_TITLES]):
        for occurrence in register.occurrences(text):
            yield from _wrong_titles(field, text, occurrence)


def _wrong_word(field: str, text: str, lexicon: Compiled, occurrence: Occurrence) -> CheckFinding:
    code, entry = f"wording.{lexicon.kind}", occurrence.entry
    written = text[occurrence.start : occurrence.end]
    advice = f"应为“{entry.right}”" if entry.right else "请核实是否可用"
    return report(
        code,
        field,
        (occurrence.start, occurrence.end),
        excerpt=written,
        suggestion=entry.right or entry.note or "删除或改写。",
        message=f"“{written}”{advice}（词库“{lexicon.wordlist.title}”）。{entry.note or ''}",
        severity=entry.severity,
    )


def _wrong_titles(field: str, text: str, occurrence: Occurrence) -> Iterator[CheckFinding]:
    """Yield the title before or behind a name that the register does not give to this person.

    Only the office itself is compared, not the organ it belongs to: organs are abbreviated freely.
    """
    entry, (start, end) = occurrence.entry, occurrence[1:]
    given = {role["role"] for role in _titles()["anywhere"].finditer(entry.right or "")}
    before = text[max(0, start - NEAR) : start]
    clause = CLAUSE.split(before)[-1]
    if _titles()["once"].search(clause):
        return
    ahead = _titles()["before"].search(before)
    behind = _titles()["behind"].match(text, end)
    places: Sequence[tuple[re.Match[str] | None, int, int]] = (
        (ahead, start - len(ahead["role"]) if ahead else 0, end),
        (behind, start, behind.end("role") if behind else 0),
    )
    for role, begins, ends in places:
        if role and role["role"] not in given:
            yield report(
                "wording.names_and_titles",
                field,
                (begins, ends),
                excerpt=text[begins:ends],
                suggestion=f"{entry.word}：{entry.right}",
                message=f"“{entry.word}”登记的职务是“{entry.right}”，文中写作“{role['role']}”。",
                severity=entry.severity,
            )


@cache
def _titles() -> Mapping[str, re.Pattern[str]]:
    """Return how an office is recognized beside a name, and that it is not the one held."""
    listed = yaml.safe_load(files(__package__).joinpath("titles.yaml").read_text("utf-8"))
    offices = "|".join(sorted(listed["offices"], key=len, reverse=True))
    role = rf"(?P<role>(?:{'|'.join(listed['ranks'])})?(?:{offices}))"
    return {
        "anywhere": re.compile(role),
        "before": re.compile(rf"{role}$"),
        "behind": re.compile(rf"(?:同志)?{role}(?!{'|'.join(listed['not_followed_by'])})"),
        "once": re.compile("|".join(listed["not_held"])),
    }
