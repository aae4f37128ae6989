"""All checks at once, over every text a reader of the item will see."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from services.content.editorial.checks import (
    dates,
    form,
    links,
    media,
    personal_data,
    secrecy,
    wording,
)
from services.content.editorial.checks.finding import CheckFinding, Place
from services.content.editorial.checks.subject import Subject
from shared.plain_signs import seen

MOST_APART = 20
METADATA = ("metadata", "written_on", "in_force_on", "expires_on")


def check(subject: Subject) -> tuple[CheckFinding, ...]:
    """Return every finding, field by field and in the order of the text.

    What was found more than twenty times in one field is one finding with a count.
    """
    place = {field: number for number, field in enumerate(_fields(subject))}

    def order(finding: CheckFinding) -> tuple[int, int, int]:
        return place[finding.field], finding.start, finding.end

    found = sorted((*_in_texts(subject), *_of_facts(subject)), key=order)
    return tuple(sorted(_summed(found), key=order))


def _fields(subject: Subject) -> Iterator[str]:
    """Yield the fields in the order a reader meets them."""
    texts = [field for field, _ in subject.texts()]
    yield from texts[:3]
    yield from METADATA
    yield from texts[3:]


def _in_texts(subject: Subject) -> Iterator[CheckFinding]:
    for field, text in subject.written():
        yield from form.findings(field, text)
    for field, text in subject.texts():
        read = seen(text)
        for finding in _in_words(field, read.text, subject):
            start, end = read.span(finding.start, finding.end)
            yield finding.model_copy(update={"start": start, "end": end})


def _in_words(field: str, text: str, subject: Subject) -> Iterator[CheckFinding]:
    yield from personal_data.findings(field, text)
    yield from secrecy.findings(field, text)
    yield from dates.findings(field, text)
    yield from links.findings(field, text, subject)
    yield from wording.findings(field, text, subject.lexicons)


def _of_facts(subject: Subject) -> Iterator[CheckFinding]:
    yield from form.of_metadata(subject)
    yield from form.of_place(subject)
    yield from dates.of_metadata(subject)
    yield from links.of_list(subject)
    yield from media.findings(subject)


def _summed(found: Iterable[CheckFinding]) -> Iterator[CheckFinding]:
    """Yield the findings, but one for all where a code was found very often in a field."""

    def kind(finding: CheckFinding) -> tuple[str, str, str]:
        return finding.field, finding.code, finding.severity

    for _, group in groupby(sorted(found, key=kind), kind):
        alike = list(group)
        if len(alike) <= MOST_APART:
            yield from alike
        else:
            first = alike[0]
            yield first.model_copy(
                update={
                    "count": len(alike),
                    "places": tuple(
                        Place.model_validate(each, from_attributes=True)
                        for each in alike[:MOST_APART]
                    ),
                    "message": f"{first.message}同类问题共 {len(alike)} 处。",
                }
            )
