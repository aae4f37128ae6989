"""Questions to the lexicons."""

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import undefer

from services.content.lexicons.built_in import built_in
from services.content.lexicons.matching import Compiled, Lexicons
from services.content.lexicons.models import Lexicon
from shared.contracts import lexicons as contracts
from shared.contracts.lexicons import Wordlist
from shared.problem import NotFound

KEPT: dict[str, Compiled] = {}
"""The supplied lexicons as this process last compiled them; their digests tell if they hold."""


async def lexicons(session: AsyncSession) -> list[contracts.LexiconSummary]:
    """Return every lexicon by name, without its words: there are never many."""
    rows = await session.scalars(select(Lexicon))
    shown: dict[str, contracts.LexiconSummary]
    shown = {name: _shown(one) for name, one in built_in().items()}
    shown |= {
        row.name: contracts.LexiconSummary.model_validate(row, from_attributes=True)
        for row in rows
    }
    return [shown[name] for name in sorted(shown)]


async def lexicon(session: AsyncSession, name: str) -> contracts.Lexicon:
    """Return one lexicon with its words, or refuse."""
    row = await supplied(session, name)
    if row is not None:
        return contracts.Lexicon.model_validate(row, from_attributes=True)
    if name in built_in():
        return _shown(built_in()[name])
    raise NotFound("没有这个词库。", name=name)


async def supplied(session: AsyncSession, name: str) -> Lexicon | None:
    """Return the lexicon somebody supplied under this name, with its words."""
    question = select(Lexicon).options(undefer(Lexicon.entries)).where(Lexicon.name == name)
    return await session.scalar(question)


async def how_many(session: AsyncSession) -> int:
    """Return how many lexicons have been supplied."""
    return await session.scalar(select(func.count()).select_from(Lexicon)) or 0


async def in_force(session: AsyncSession) -> Lexicons:
    """Return what texts are checked against now; words are only read when they have changed."""
    question = select(Lexicon.name, Lexicon.digest).order_by(Lexicon.name)
    present = {row.name: row.digest for row in await session.execute(question)}
    changed = [
        name for name, digest in present.items() if name not in KEPT or KEPT[name].digest != digest
    ]
    if changed:
        rows = await session.scalars(
            select(Lexicon).options(undefer(Lexicon.entries)).where(Lexicon.name.in_(changed))
        )
        KEPT.update({row.name: _compiled(row) for row in rows})
    found = {**built_in(), **{name: KEPT[name] for name in present}}
    return Lexicons(tuple(found[name] for name in sorted(found)))


def _compiled(row: Lexicon) -> Compiled:
    wordlist = Wordlist(title=row.title, kind=row.kind, source=row.source, entries=row.entries)
    return Compiled(row.name, row.digest, wordlist)


def _shown(one: Compiled) -> contracts.Lexicon:
    """Return a built-in lexicon as it is shown."""
    return contracts.Lexicon(
        name=one.name,
        title=one.wordlist.title,
        kind=one.kind,
        source=one.wordlist.source,
        size=len(one.wordlist.entries),
        digest=one.digest,
        built_in=True,
        version=0,
        entries=one.wordlist.entries,
    )
