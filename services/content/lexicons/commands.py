"""Everything that changes a lexicon."""

from sqlalchemy import func, select

from services.content.lexicons import queries
from services.content.lexicons.models import Lexicon
from services.content.lexicons.wordlist import digest, faults
from services.content.registry import queries as registry
from shared.auth import Permission
from shared.contracts.lexicons import LexiconChanged, Wordlist
from shared.problem import Conflict, Invalid, StaleVersion
from shared.uow import UnitOfWork, expect

LEXICONS = func.hashtextextended("lexicons", 0)
MOST_LEXICONS = 100


class TooManyLexicons(Conflict):
    """There are as many lexicons as a group may have."""

    advice = f"词库最多 {MOST_LEXICONS} 个，请合并后再添加。"


async def supply_lexicon(
    uow: UnitOfWork, name: str, wordlist: Wordlist, *, version: int | None
) -> Lexicon:
    """Supply a lexicon or replace all its words; a built-in one gives way to it for good."""
    uow.actor.require(Permission.ADMINISTER, await registry.root(uow.session) or "")
    if found := faults(wordlist):
        raise Invalid(found)
    await uow.session.execute(select(func.pg_advisory_xact_lock(LEXICONS)))
    lexicon = await queries.supplied(uow.session, name)
    if lexicon is None:
        lexicon = await _new(uow, name, version)
    else:
        expect(version, lexicon.version)
    _write(uow, lexicon, wordlist)
    await uow.session.flush()
    uow.announce(
        LexiconChanged(
            name=lexicon.name,
            kind=lexicon.kind,
            version=lexicon.version,
            size=lexicon.size,
            digest=lexicon.digest,
        )
    )
    return lexicon


async def _new(uow: UnitOfWork, name: str, version: int | None) -> Lexicon:
    if version is not None:
        raise StaleVersion
    if await queries.how_many(uow.session) >= MOST_LEXICONS:
        raise TooManyLexicons(limit=MOST_LEXICONS)
    lexicon = Lexicon(name=name)
    uow.session.add(lexicon)
    return lexicon


def _write(uow: UnitOfWork, lexicon: Lexicon, wordlist: Wordlist) -> None:
    lexicon.title, lexicon.kind, lexicon.source = wordlist.title, wordlist.kind, wordlist.source
    lexicon.entries = [entry.model_dump(mode="json") for entry in wordlist.entries]
    lexicon.size = len(wordlist.entries)
    lexicon.digest = digest(wordlist)
    lexicon.replaced_by, lexicon.replaced_at = uow.actor.id, uow.now
