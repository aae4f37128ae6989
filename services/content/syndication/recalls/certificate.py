"""What is certified of a copy, and of all copies of an item together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

import rfc8785
from pydantic import TypeAdapter

from shared.contracts.recalls import CertifiedReading

if TYPE_CHECKING:
    from services.content.syndication.recalls.models import Recall
    from services.content.syndication.verification.models import Copy, CopyReading

COPY = "zhengbu-copy-certificate-1"
RECALL = "zhengbu-recall-certificate-1"
PLAIN = TypeAdapter(dict[str, Any])


class Certified(NamedTuple):
    """A place of a recall, with the certificate that proves it."""

    copy_id: UUID
    certificate_id: UUID
    url: str
    digest: str


def of_copy(
    copy: Copy,
    recall: Recall,
    readings: Iterable[CopyReading],
    editions: Iterable[str],
    *,
    certificate_id: UUID,
    now: datetime,
) -> dict[str, Any]:
    """Return what is signed of a copy that two readings found gone, or put right."""
    return _plain(
        type=COPY,
        certificate_id=certificate_id,
        recall_id=recall.id,
        copy_id=copy.id,
        item_id=copy.item_id,
        cause=recall.cause,
        site_code=copy.site_code,
        url=copy.url,
        ask=copy.ask,
        found=copy.judged,
        looked_for=sorted(one for one in editions if one != copy.wanted_hash),
        wanted_hash=copy.wanted_hash,
        readings=[_reading(one) for one in readings],
        proved_at=copy.judged_at,
        late=copy.late,
        issued_at=now,
    )


def of_recall(
    recall: Recall,
    certified: Iterable[Certified],
    *,
    certificate_id: UUID,
    proved_at: datetime,
    now: datetime,
) -> dict[str, Any]:
    """Return what is signed of a recall that is proved in every place."""
    return _plain(
        type=RECALL,
        certificate_id=certificate_id,
        recall_id=recall.id,
        item_id=recall.item_id,
        cause=recall.cause,
        site_code=recall.site_code,
        wanted_hash=recall.wanted_hash,
        copies=[
            {
                "copy_id": one.copy_id,
                "certificate_id": one.certificate_id,
                "url": one.url,
                "sha256": one.digest,
            }
            for one in certified
        ],
        proved_at=proved_at,
        issued_at=now,
    )


def digest(statement: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a statement's canonical form, its signature included."""
    return sha256(rfc8785.dumps(dict(statement))).hexdigest()


def _reading(reading: CopyReading) -> CertifiedReading:
    return CertifiedReading.model_validate(reading, from_attributes=True)


def _plain(**told: Any) -> dict[str, Any]:
    plain: dict[str, Any] = PLAIN.dump_python(told, mode="json")
    return plain
