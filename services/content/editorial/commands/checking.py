"""Checking texts with what is in force: as they are written, and again when that changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from services.content.editorial.checks.finding import CheckFinding
from services.content.editorial.checks.subject import Subject
from services.content.editorial.disclosure import missing
from services.content.lexicons import queries as lexicons
from services.content.lexicons.matching import Lexicons
from services.content.registry import queries as registry
from shared.business_day import business_date
from shared.contracts.content import ItemKind
from shared.contracts.item_text import TextOfItem


@dataclass(frozen=True)
class Surroundings:
    """What a text is judged by, beside what it says."""

    today: date
    lexicons: Lexicons
    own_domains: frozenset[str]


async def surroundings(session: AsyncSession, now: datetime) -> Surroundings:
    """Return what texts are judged by now."""
    return Surroundings(
        business_date(now), await lexicons.in_force(session), await registry.domains(session)
    )


def subject(text: TextOfItem, kind: ItemKind, around: Surroundings) -> Subject:
    """Return a text with everything it is judged by."""
    return Subject(
        title=text.title,
        body=text.body,
        summary=text.summary,
        written_on=text.written_on,
        in_force_on=text.in_force_on,
        expires_on=text.expires_on,
        missing_metadata=[one.label for one in missing(kind, text)],
        today=around.today,
        lexicons=around.lexicons,
        own_domains=around.own_domains,
    )


def as_stored(findings: Sequence[CheckFinding]) -> list[dict[str, Any]]:
    """Return findings as an item keeps them."""
    return [finding.model_dump(mode="json") for finding in findings]
