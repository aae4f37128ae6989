"""Figures of the field: data files whose every part names the document and clause it stands on."""

from enum import StrEnum
from importlib.resources import files
from typing import TypeVar

import yaml
from pydantic import BaseModel, ConfigDict


class Confidence(StrEnum):
    """How a figure is known; whatever was not read in its source is meant to be edited."""

    READ = "F"
    HIGH = "K-h"
    MEDIUM = "K-m"
    LOW = "K-l"
    OWN = "own"


class Figures(BaseModel):
    """A part of the figures; an unknown or missing one stops the start."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Source(Figures):
    """The document and clause a figure stands on, and how sure it is."""

    document: str
    clause: str
    confidence: Confidence


F = TypeVar("F", bound=Figures)


def parse(kind: type[F], text: str) -> F:
    """Read figures from their YAML text."""
    return kind.model_validate(yaml.safe_load(text))


def read(kind: type[F], package: str, name: str) -> F:
    """Read the figures this version was made with, from the file beside those who use them."""
    return parse(kind, files(package).joinpath(name).read_text("utf-8"))
