"""What others learn about staff: in events identifiers and organizations, never names."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from pydantic import BaseModel, Field

from shared.auth import Permission
from shared.contracts.registry import OrganizationKind
from shared.events import Event


class PostKind(StrEnum):
    """A post a person holds at an organization.

    Source: 蚌政办秘〔2017〕97号 三(一), 三(四), 二(四), 五(一); reviewers: 三审三校.
    """

    ADMINISTRATOR = "administrator"
    SUPERVISOR = "supervisor"
    EDITOR = "editor"
    LEADER = "leader"
    SECRECY_OFFICER = "secrecy_officer"
    CLERK = "clerk"
    HANDLER = "handler"
    ASSESSOR = "assessor"
    CORRESPONDENT = "correspondent"
    LIAISON = "liaison"
    REVIEWER = "reviewer"


class ClientKind(StrEnum):
    """A program that acts with credentials of its own."""

    PARTNER = "partner"
    PROGRAM = "program"


class Grant(BaseModel):
    """A permission and the organizations it reaches."""

    permission: str
    organizations: list[str]


class ActingFor(BaseModel):
    """A post that somebody holds for another, who is away, until a moment."""

    post: PostKind
    organization: str
    until: datetime


class Viewer(BaseModel):
    """Who the bearer of a token is and what they may do.

    `sites` and `columns` are the scope of a program's key; without them nothing narrows it.
    """

    id: str
    organization: str
    grants: list[Grant]
    acting_for: list[ActingFor] = []
    sites: list[str] | None = None
    columns: list[UUID] | None = None


class PersonView(BaseModel):
    """A person, as colleagues see them."""

    id: UUID
    login: str
    name: str
    organization: str
    active: bool
    version: int


class PostView(BaseModel):
    """A filled post and who holds it."""

    id: UUID
    person_id: UUID
    login: str
    name: str
    kind: PostKind
    organization: str


class Vacancy(BaseModel):
    """An organization that sponsors a site, and the required posts nobody there holds."""

    organization: str
    name: str
    kind: OrganizationKind
    posts: list[PostKind]


class Delegation(BaseModel):
    """A post lent to a colleague for a time; its holder keeps it."""

    id: UUID
    post_id: UUID
    kind: PostKind
    organization: str
    giver_id: UUID
    receiver_id: UUID
    starts_at: datetime
    ends_at: datetime
    ended_at: datetime | None
    reason: str


class SessionView(BaseModel):
    """A login that can still get access tokens, unless it has ended or expired."""

    id: UUID
    person_id: UUID
    opened_at: datetime
    used_at: datetime
    expires_at: datetime
    ended_at: datetime | None
    device: str


class Client(BaseModel):
    """A program that acts with keys of its own."""

    id: UUID
    name: str
    kind: ClientKind
    organization: str
    revoked_at: datetime | None


class ClientKey(BaseModel):
    """A program's key, without its secret; `last_used_at` is true to the minute."""

    id: UUID
    client_id: UUID
    name: str
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    last_used_at: datetime | None
    sites: list[str] | None
    columns: list[UUID] | None
    verbs: list[Permission]


class IssuedKey(ClientKey):
    """A key just made; the secret is shown this once."""

    secret: str | None = Field(
        default=None, description="Not shown to a repeated request with the same Idempotency-Key."
    )


class PersonJoined(Event, type="content.person.joined", subject="person_id"):
    """A person joined an organization."""

    person_id: UUID
    organization: str


class PersonDeactivated(Event, type="content.person.deactivated", subject="person_id"):
    """A person may no longer log in; every session of theirs has ended."""

    person_id: UUID
    organization: str


class PersonReactivated(Event, type="content.person.reactivated", subject="person_id"):
    """A person who was barred may log in again."""

    person_id: UUID
    organization: str


class PasswordChanged(Event, type="content.password.changed", subject="person_id"):
    """A person changed their password, or an administrator set a new one."""

    person_id: UUID
    reset: bool


class IdentityLinked(Event, type="content.identity.linked", subject="person_id"):
    """A person may log in through an outside issuer, or may no longer."""

    person_id: UUID
    issuer: str | None


class SessionEnded(Event, type="content.session.ended", subject="person_id"):
    """A login was ended before its time."""

    session_id: UUID
    person_id: UUID


class PostFilled(Event, type="content.post.filled", subject="person_id"):
    """A person took up a post."""

    post_id: UUID
    person_id: UUID
    kind: str
    organization: str


class PostVacated(Event, type="content.post.vacated", subject="person_id"):
    """A person left a post."""

    post_id: UUID
    person_id: UUID
    kind: str
    organization: str


class RequiredPostFellVacant(Event, type="content.post.fell_vacant", subject="organization"):
    """Nobody holds a post any more that an organization with a site must fill."""

    organization: str
    kind: str


class PostDelegated(Event, type="content.post.delegated", subject="delegation_id"):
    """A post was lent to a colleague for a time."""

    delegation_id: UUID
    post_id: UUID
    giver_id: UUID
    receiver_id: UUID
    kind: str
    organization: str
    starts_at: datetime
    ends_at: datetime


class DelegationEnded(Event, type="content.delegation.ended", subject="delegation_id"):
    """A delegation was ended before its time."""

    delegation_id: UUID
    post_id: UUID


class ClientAdmitted(Event, type="content.client.admitted", subject="client_id"):
    """A program may act; its keys are told one by one."""

    client_id: UUID
    organization: str


class ClientRevoked(Event, type="content.client.revoked", subject="client_id"):
    """A program gets no token any more, with whichever key."""

    client_id: UUID
    organization: str


class KeyIssued(Event, type="content.key.issued", subject="client_id"):
    """A program got a key."""

    client_id: UUID
    key_id: UUID
    expires_at: datetime
    sites: tuple[str, ...] | None
    columns: tuple[UUID, ...] | None
    verbs: tuple[str, ...]


class KeyRevoked(Event, type="content.key.revoked", subject="client_id"):
    """One of a program's keys gets no token any more."""

    client_id: UUID
    key_id: UUID
