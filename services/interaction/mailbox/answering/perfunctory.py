"""Signs in its own words that an answer puts its reader off instead of answering."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from services.interaction.mailbox.answering import promised_day
from services.interaction.mailbox.answering.wording import Promise, Sign, Wording
from services.interaction.mailbox.letters.words import words as words_of
from shared.contracts.answers import AnswerFinding
from shared.plain_signs import plain, seen

CLAUSE = re.compile(r"[^。！？；，!?;,\n]+")
SENTENCE = re.compile(r"[^。！？；!?;\n]+")
GAPS = re.compile(r"[\s，、：:,.。！？；!?;]+")
BLANKS = re.compile(r"[ \t]+")
QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|「[^」]*」|『[^』]*』")


class Asked(NamedTuple):
    """What an answer is held against: the letter, and the day it is written on."""

    title: str
    text: str
    today: date


def findings(answer: str, asked: Asked, words: Wording) -> Iterator[AnswerFinding]:
    """Yield every sign of a perfunctory answer that its own words and the letter show."""
    if _misses(answer, asked, words):
        advice = "答复与来信内容几乎没有相同的词语，请核对是否回答了来信的问题。"
        yield found(words.off_topic, "off_topic", "", advice)
    answer = _as_read(answer)
    yield from _promises(answer, asked.today, words)
    if len(_bare(answer)) < words.shortest:
        advice = f"答复少于{words.shortest}个字，请说明办理经过和结果。"
        yield found(words.too_short, "too_short", "", advice)
    yield from _passed_on(answer, words)
    yield from _rudeness(answer, words)
    if not (promised_day.names_time(answer, asked.today) or _any_of(words.units, answer)):
        advice = "答复没有写明办理单位和时间，请写明由哪个单位、何时办理。"
        yield found(words.unsigned, "unsigned", "", advice)


def found(sign: Sign, code: str, excerpt: str, message: str) -> AnswerFinding:
    """Return a finding as grave as its sign."""
    return AnswerFinding(code=code, severity=sign.severity, excerpt=excerpt, message=message)


def own_words(answer: str, words: Wording, quoted: Iterable[str] = ()) -> str:
    """Return what an answer says besides courtesies and what it took over from `quoted` texts."""
    taken = {_bare(clause) for text in quoted for clause in CLAUSE.findall(_as_read(text))}
    said = (
        _bare(clause)
        for clause in CLAUSE.findall(_as_read(answer))
        if not _any_of(words.courtesies, clause)
    )
    return "".join(clause for clause in said if clause not in taken)


def _promises(answer: str, today: date, words: Wording) -> Iterator[AnswerFinding]:
    for promise in words.promises:
        if any(_put_off(sentence, promise, today) for sentence in SENTENCE.findall(answer)):
            advice = f"“{promise.word}”没有说明时间，请写明具体办理时间。"
            yield found(words.promise, "promise", promise.word, advice)


def _put_off(sentence: str, promise: Promise, today: date) -> bool:
    promised = (
        promise.word in clause and not _any_of(promise.unless, clause)
        for clause in CLAUSE.findall(sentence)
    )
    return any(promised) and not promised_day.holds(sentence, today)


def _passed_on(answer: str, words: Wording) -> Iterator[AnswerFinding]:
    """Yield the words that pass the matter on, if besides them hardly anything is said."""
    said, transfer, elsewhere = "", "", ""
    for clause in CLAUSE.findall(answer):
        passed, sent = _any_of(words.transfers, clause), _any_of(words.elsewhere, clause)
        transfer, elsewhere = transfer or passed, elsewhere or sent
        if not (passed or sent or _any_of(words.courtesies, clause)):
            said += _bare(clause)
    if len(said) >= words.least_said:
        return
    if transfer:
        advice = "答复仅告知转办，请答复办理结果。"
        yield found(words.transfer_only, "transfer_only", transfer, advice)
    if elsewhere:
        advice = "答复仅让来信人另行致电，请直接答复所问事项。"
        yield found(words.elsewhere_only, "elsewhere_only", elsewhere, advice)


def _rudeness(answer: str, words: Wording) -> Iterator[AnswerFinding]:
    """Yield rude words, but for those the answer quotes."""
    spoken = QUOTED.sub("", answer)
    for word in words.rudeness:
        if word in spoken:
            advice = f"“{word}”用语不当，请换用平和、尊重的说法。"
            yield found(words.rude, "rude", word, advice)


def _misses(answer: str, asked: Asked, words: Wording) -> bool:
    meant = {
        word
        for word in words_of(f"{asked.title}\n{asked.text}")
        if len(word) > 1 and word not in words.commonplaces
    }
    return len(meant) >= words.fewest_asked and meant.isdisjoint(words_of(answer))


def _as_read(text: str) -> str:
    """Return a text without the signs and gaps by which a word is hidden from a search."""
    return BLANKS.sub("", plain(seen(text).text))


def _any_of(words: Iterable[str], text: str) -> str:
    return next((word for word in words if word in text), "")


def _bare(text: str) -> str:
    return GAPS.sub("", text)
