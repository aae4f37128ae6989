"""The interaction database: where its tables are declared."""

from sqlalchemy import LargeBinary, MetaData
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from shared.db import COLUMN_TYPES, CONSTRAINT_NAMES


class Base(DeclarativeBase):
    """Base of every table the interaction service owns."""

    metadata = MetaData(naming_convention=CONSTRAINT_NAMES)
    type_annotation_map = COLUMN_TYPES


class UnderKey:
    """Mixin of a row that holds the key of one writing; deleting the row erases the writing."""

    wrapped_key: Mapped[bytes] = mapped_column(LargeBinary)
    wrapped_by: Mapped[str] = mapped_column(index=True)
