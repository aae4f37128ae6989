"""Certifying that copies are gone or put right, and that all of them are."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from joserfc.jwk import OKPKey

from services.content.syndication.recalls import certificate
from services.content.syndication.recalls.models import Certificate, Recall
from services.content.syndication.recalls.queries import proving as queries
from services.content.syndication.verification.models import Copy
from shared.contracts.recalls import RecallProved
from shared.ids import new_id
from shared.statements import sign
from shared.uow import UnitOfWork


async def certify(uow: UnitOfWork, key: OKPKey) -> int:
    """Sign what is proved and not certified yet, many at a time; return how much that was."""
    copies = await queries.uncertified(uow.session)
    if not copies:
        return 0
    # After the copies, as when a deadline passes; whoever comes second sees what the first did.
    recalls = await queries.recalls_locked(uow.session, {copy.recall_id for copy in copies})
    await _certify_copies(uow, key, copies, recalls)
    await uow.session.flush()
    for recall in recalls.values():
        await _certify_recall(uow, key, recall)
    return len(copies)


async def _certify_copies(
    uow: UnitOfWork, key: OKPKey, copies: Sequence[Copy], recalls: Mapping[UUID, Recall]
) -> None:
    readings = await queries.proofs(uow.session, copies)
    editions = await queries.editions(uow.session, {copy.item_id for copy in copies})
    for copy in copies:
        copy.certificate_id = new_id()
        told = certificate.of_copy(
            copy,
            recalls[copy.recall_id],
            readings[copy.id],
            editions[copy.item_id],
            certificate_id=copy.certificate_id,
            now=uow.now,
        )
        _keep(uow, sign(told, key), copy.recall_id, copy.certificate_id, copy_id=copy.id)


async def _certify_recall(uow: UnitOfWork, key: OKPKey, recall: Recall) -> None:
    proved = await queries.proved_wholly(uow.session, recall.id)
    if proved is None:
        return
    certified = await queries.certified(uow.session, recall.id)
    recall.certificate_id = new_id()
    told = certificate.of_recall(
        recall, certified, certificate_id=recall.certificate_id, proved_at=proved, now=uow.now
    )
    _keep(uow, sign(told, key), recall.id, recall.certificate_id)
    uow.announce(
        RecallProved(
            recall_id=recall.id,
            item_id=recall.item_id,
            site_code=recall.site_code,
            copies=len(certified),
            certificate_id=recall.certificate_id,
        )
    )


def _keep(
    uow: UnitOfWork,
    statement: dict[str, Any],
    recall_id: UUID,
    certificate_id: UUID,
    *,
    copy_id: UUID | None = None,
) -> None:
    uow.session.add(
        Certificate(
            id=certificate_id,
            recall_id=recall_id,
            copy_id=copy_id,
            issued_at=uow.now,
            digest=certificate.digest(statement),
            statement=statement,
        )
    )
