"""The interaction database: where its tables are declared."""

from sqlalchemy import MetaData
from sqlalchemy.orm import DeclarativeBase

from shared.db import COLUMN_TYPES, CONSTRAINT_NAMES


class Base(DeclarativeBase):
    """Base of every table the interaction service owns."""

    metadata = MetaData(naming_convention=CONSTRAINT_NAMES)
    type_annotation_map = COLUMN_TYPES
