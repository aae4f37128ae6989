"""Signs that an answer puts its reader off instead of answering."""

import re
from collections.abc import Iterator
from functools import cache

from shared.contracts.answers import AnswerFinding
from shared.figures import Figures, Source, read

CLAUSE = re.compile(r"[^。！？；，!?;,\n]+")
GAPS = re.compile(r"[\s，、：:,.。]+")


class Wording(Figures):
    """The words and lengths that make an answer look perfunctory."""

    source: Source
    promises: tuple[str, ...]
    transfers: tuple[str, ...]
    courtesies: tuple[str, ...]
    shortest: int


@cache
def wording() -> Wording:
    """Return the words and lengths this version was made with."""
    return read(Wording, __package__, "wording.yaml")


def findings(answer: str, words: Wording) -> Iterator[AnswerFinding]:
    """Yield every sign of a perfunctory answer."""
    for promise in words.promises:
        if promise in answer:
            advice = f"“{promise}”没有说明时间，请写明具体办理时间。"
            yield AnswerFinding(code="promise", excerpt=promise, message=advice)
    if len(GAPS.sub("", answer)) < words.shortest:
        advice = f"答复少于{words.shortest}个字，请说明办理经过和结果。"
        yield AnswerFinding(code="too_short", excerpt="", message=advice)
    if transfer := _only_transfer(answer, words):
        advice = "答复仅告知转办，请答复办理结果。"
        yield AnswerFinding(code="transfer_only", excerpt=transfer, message=advice)


def _only_transfer(answer: str, words: Wording) -> str:
    """Return the word that passes the matter on, if besides it nothing is said."""
    said, transfer = "", ""
    for clause in CLAUSE.findall(answer):
        passed_on = next((word for word in words.transfers if word in clause), "")
        transfer = transfer or passed_on
        if not passed_on and not any(word in clause for word in words.courtesies):
            said += GAPS.sub("", clause)
    return transfer if len(said) < words.shortest else ""
