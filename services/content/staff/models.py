"""Tables of the staff capability."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.content.database import Base
from services.content.staff.authority import ClientKind, PostKind
from shared.ids import new_id


class Person(Base):
    """Someone who works on the group's sites."""

    __tablename__ = "people"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    login: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    organization: Mapped[str] = mapped_column(ForeignKey("organizations.path"))
    password_hash: Mapped[str]
    active: Mapped[bool] = mapped_column(default=True)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class Post(Base):
    """A post a person holds at an organization."""

    __tablename__ = "posts"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    kind: Mapped[PostKind]
    organization: Mapped[str] = mapped_column(ForeignKey("organizations.path"), index=True)

    __table_args__ = (UniqueConstraint("person_id", "kind", "organization"),)


class Client(Base):
    """A program with credentials of its own; only a digest of its secret is kept."""

    __tablename__ = "clients"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str]
    kind: Mapped[ClientKind]
    organization: Mapped[str] = mapped_column(ForeignKey("organizations.path"))
    secret_digest: Mapped[bytes] = mapped_column(LargeBinary)
    revoked_at: Mapped[datetime | None]


class RefreshToken(Base):
    """A token that gets a new access token once; used twice, its whole family is revoked."""

    __tablename__ = "refresh_tokens"

    digest: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    family: Mapped[UUID] = mapped_column(index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class FailedLogin(Base):
    """A failed attempt to log in, counted per login so that no office is locked out whole."""

    __tablename__ = "failed_logins"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    login: Mapped[str] = mapped_column(index=True)
    failed_at: Mapped[datetime]
