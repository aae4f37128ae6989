"""Checking what a site says in words of its own: a note beside a repost, a title, a summary."""

from collections.abc import Iterator
from dataclasses import replace

from services.content.editorial.checks.gate import check
from services.content.editorial.checks.links import addresses
from services.content.editorial.checks.subject import Subject
from services.content.editorial.commands.checking import as_stored, surroundings
from services.content.editorial.link_reading.queries import dead_links
from services.content.editorial.waiver import unanswered
from services.content.release.repost import UNCHANGED, Manner
from shared.problem import Fault, Unprocessable
from shared.uow import UnitOfWork

UNSAID = "略"
"""Stands where a site says nothing of its own, and is nothing the checks could find."""


class WordsNotReady(Unprocessable):
    """The site's own words have faults to put right before they go out."""

    advice = "本网站自拟的标题、摘要或按语尚有问题，请逐项改正。"


async def check_words(uow: UnitOfWork, manner: Manner) -> None:
    """Refuse words in which the checks find what would keep a text from review."""
    if manner == UNCHANGED:
        return
    around = await surroundings(uow.session, uow.now)
    subject = Subject(
        title=manner.title or UNSAID,
        body=UNSAID,
        summary=manner.summary,
        local_note=manner.local_note,
        today=around.today,
        lexicons=around.lexicons,
        own_domains=around.own_domains,
    )
    dead = await dead_links(uow.session, frozenset(addresses(subject)))
    subject = replace(subject, dead_links=dead)
    if found := list(_faults(subject, manner)):
        raise WordsNotReady(faults=[fault._asdict() for fault in found])


def _faults(subject: Subject, manner: Manner) -> Iterator[Fault]:
    for finding in unanswered(as_stored(check(subject))):
        if getattr(manner, finding["field"], None) is not None:
            yield Fault(f"/{finding['field']}", finding["code"], finding["message"])
