"""Tables of the staff capability."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.associationproxy import AssociationProxy, association_proxy
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.content.database import Base
from shared.contracts.staff import ClientKind, PostKind
from shared.ids import new_id


class Person(Base):
    """Someone who works on the group's sites."""

    __tablename__ = "people"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    login: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    organization: Mapped[str] = mapped_column(ForeignKey("organizations.path"), index=True)
    password_hash: Mapped[str]
    active: Mapped[bool] = mapped_column(default=True)
    identity_issuer: Mapped[str | None]
    identity_subject: Mapped[str | None]
    version: Mapped[int] = mapped_column()

    __table_args__ = (UniqueConstraint("identity_issuer", "identity_subject"),)
    __mapper_args__ = {"version_id_col": version}


class Post(Base):
    """A post a person holds at an organization."""

    __tablename__ = "posts"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    person: Mapped[Person] = relationship(lazy="raise")
    kind: Mapped[PostKind]
    organization: Mapped[str] = mapped_column(ForeignKey("organizations.path"), index=True)

    login: AssociationProxy[str] = association_proxy("person", "login")
    name: AssociationProxy[str] = association_proxy("person", "name")

    __table_args__ = (UniqueConstraint("person_id", "kind", "organization"),)


class Delegation(Base):
    """A post lent for a time; it outlives the post as a record, and brings nothing then."""

    __tablename__ = "delegations"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    post_id: Mapped[UUID]
    kind: Mapped[PostKind]
    organization: Mapped[str]
    giver_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), index=True)
    receiver_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), index=True)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    reason: Mapped[str]


class Client(Base):
    """A program that acts with keys of its own."""

    __tablename__ = "clients"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str]
    kind: Mapped[ClientKind]
    organization: Mapped[str] = mapped_column(ForeignKey("organizations.path"))
    revoked_at: Mapped[datetime | None]


class ClientKey(Base):
    """A key of a program and what it is good for; only a digest of its secret is kept."""

    __tablename__ = "client_keys"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    client_id: Mapped[UUID] = mapped_column(ForeignKey("clients.id"), index=True)
    client: Mapped[Client] = relationship(lazy="raise")
    name: Mapped[str]
    digest: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    sites: Mapped[list[str] | None] = mapped_column(JSONB(none_as_null=True))
    columns: Mapped[list[str] | None] = mapped_column(JSONB(none_as_null=True))
    verbs: Mapped[list[str]]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    last_used_at: Mapped[datetime | None]


class LoginSession(Base):
    """A login and the refresh tokens that came from it; of its address a keyed digest is kept."""

    __tablename__ = "sessions"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), index=True)
    opened_at: Mapped[datetime]
    used_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    ended_at: Mapped[datetime | None]
    device: Mapped[str]
    address_digest: Mapped[bytes] = mapped_column(LargeBinary)


class RefreshToken(Base):
    """A token that gets a new access token once; used twice, it ends its session."""

    __tablename__ = "refresh_tokens"

    digest: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    session_id: Mapped[UUID] = mapped_column(
        ForeignKey("sessions.id", ondelete="CASCADE"), index=True
    )
    expires_at: Mapped[datetime] = mapped_column(index=True)
    used_at: Mapped[datetime | None]


class FailedLogin(Base):
    """An attempt to log in that has not succeeded, counted by login and address."""

    __tablename__ = "failed_logins"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    login: Mapped[str]
    address_digest: Mapped[bytes] = mapped_column(LargeBinary, server_default=text("''"))
    familiar: Mapped[bool] = mapped_column(server_default=text("false"))
    failed_at: Mapped[datetime] = mapped_column(index=True)

    __table_args__ = (Index("ix_failed_logins_recent", "login", "failed_at"),)


class UsedAssertion(Base):
    """An outside issuer's token that was exchanged, kept while it could come again."""

    __tablename__ = "used_assertions"

    digest: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    expires_at: Mapped[datetime] = mapped_column(index=True)
