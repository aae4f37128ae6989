"""What a citizen sends."""

from datetime import date
from typing import Annotated

from pydantic import Field

from shared.contracts.attachments import Claim
from shared.contracts.letters import EnteredChannel, LetterKind, OwnChannel, WriterIdentity
from shared.contracts.text import Line, OrganizationCode, Prose, SiteCode, Strict

LetterText = Annotated[Prose, Field(max_length=5_000)]
Phone = Annotated[str, Field(pattern=r"^\+?[0-9][0-9 ()-]{5,18}[0-9]$", examples=["13800000000"])]
EMail = Annotated[
    str,
    Field(
        pattern=r"^[A-Za-z0-9._%+-]{1,64}@([A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,24}$",
        max_length=254,
        examples=["someone@example.com"],
    ),
]


class Writer(Strict):
    """Who writes, and at least one way to reach them; kept sealed."""

    name: Annotated[Line, Field(max_length=50)]
    phone: Phone | None = None
    email: EMail | None = None


class LetterBody(Strict):
    """What every letter to a site's mailbox says, whoever enters it."""

    site_code: SiteCode
    kind: LetterKind
    addressee: OrganizationCode | None = Field(
        default=None, description="The unit written to; without one the site's clerks choose."
    )
    title: Annotated[Line, Field(max_length=100)]
    text: LetterText
    attachments: Annotated[list[Claim], Field(max_length=20)] = Field(
        default=[], description="Claims of the files uploaded for it, in their order."
    )
    may_publish: bool = Field(
        default=False, description="May a masked rendition be published once answered?"
    )


class NewLetter(LetterBody):
    """A citizen's letter to a site's mailbox."""

    writer: Writer
    channel: OwnChannel = OwnChannel.WEB


class RepresentedWriter(Strict):
    """Whom a clerk writes for; that they are anonymous or left no contact must be said."""

    identity: WriterIdentity
    name: Annotated[Line, Field(max_length=50)] | None = None
    phone: Phone | None = None
    email: EMail | None = None


class LetterOnBehalf(LetterBody):
    """A citizen's call, paper letter or visit, entered by a clerk."""

    channel: EnteredChannel
    reached_on: date | None = Field(
        default=None,
        description="The day it reached the office, from which its clock counts; today, if none.",
    )
    writer: RepresentedWriter


class Consent(Strict):
    """Whether a masked rendition may be published once answered."""

    may_publish: bool
