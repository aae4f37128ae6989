"""Rule sets: what a site is assessed by, as versioned data that must be coherent to exist."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from hashlib import sha256
from typing import Annotated, Self

import rfc8785
import yaml
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)

from services.audit.monitoring.finding import FindingKind
from services.audit.monitoring.source import Confidence, Source
from shared.faults import faults
from shared.problem import Fault, Invalid

STEP = Decimal("0.1")

# Equal points must be equal bytes, so that 5 and 5.0 give one digest.
Points = Annotated[
    Decimal,
    Field(gt=0, le=1000, decimal_places=1),
    AfterValidator(lambda points: points.quantize(STEP)),
]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class BadRuleset(Invalid):
    """The rule set is not coherent."""


class Part(BaseModel):
    """A part of a rule set: never changed once made, and never with unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Gates(Part):
    """Below `passing` a site fails; above `bonus` its extra merits may count."""

    passing: Points
    bonus: Points


class Veto(Part):
    """Findings that fail a site outright once there are `threshold` of them."""

    id: Slug
    name: Text
    finding_kinds: tuple[FindingKind, ...] = Field(min_length=1)
    threshold: int = Field(default=1, gt=0)
    source: Source
    remedy: Text


class Indicator(Part):
    """Something a site is marked on: what each kind of finding costs, and how much at most."""

    id: Slug
    name: Text
    group: Text
    points: Points
    cap: Points | None = None
    costs: dict[FindingKind, Points] = Field(min_length=1)
    source: Source
    points_confidence: Confidence
    remedy: Text

    @property
    def ceiling(self) -> Decimal:
        """The most this indicator can cost: its points, unless a lower cap is set."""
        return self.points if self.cap is None else self.cap


class Ruleset(Part):
    """One version of the rules; a changed rule is a new version, never an edit."""

    id: Slug
    version: Text
    title: Text
    source: Text
    total: Points
    gates: Gates
    vetoes: tuple[Veto, ...] = ()
    indicators: tuple[Indicator, ...]

    @model_validator(mode="after")
    def _is_coherent(self) -> Self:
        if found := list(_incoherences(self)):
            raise BadRuleset(found)
        return self

    @property
    def reference(self) -> str:
        """The name by which a ledger cites this version."""
        return f"{self.id}@{self.version}"

    @property
    def digest(self) -> str:
        """The SHA-256 of the canonical rules, whatever file they came from."""
        return sha256(rfc8785.dumps(self.model_dump(mode="json"))).hexdigest()


def parse_ruleset(text: str) -> Ruleset:
    """Read a rule set from YAML, or name every fault in it."""
    try:
        return Ruleset.model_validate(yaml.safe_load(text))
    except yaml.YAMLError as error:
        raise BadRuleset([Fault("", "not_yaml", "不是有效的 YAML 文本。")]) from error
    except ValidationError as error:
        wrong = ({**each, "loc": ("body", *each["loc"])} for each in error.errors())
        raise BadRuleset(faults(wrong)) from error


def _incoherences(ruleset: Ruleset) -> Iterator[Fault]:
    yield from _sums(ruleset)
    yield from _repeated_ids(ruleset)
    yield from _double_costs(ruleset)


def _sums(ruleset: Ruleset) -> Iterator[Fault]:
    total, gates = ruleset.total, ruleset.gates
    points = sum(indicator.points for indicator in ruleset.indicators)
    if points != total:
        detail = f"各指标分值合计 {points}，应为 {total}。"
        yield Fault("/indicators", "points_do_not_add_up", detail)
    if not gates.passing <= gates.bonus <= total:
        yield Fault("/gates", "gates_out_of_order", "合格线、加分线、总分应依次不减。")
    for place, indicator in enumerate(ruleset.indicators):
        if indicator.ceiling > indicator.points:
            detail = f"扣分上限 {indicator.cap} 超过指标分值 {indicator.points}。"
            yield Fault(f"/indicators/{place}/cap", "cap_exceeds_points", detail)


def _repeated_ids(ruleset: Ruleset) -> Iterator[Fault]:
    ids = Counter(veto.id for veto in ruleset.vetoes)
    ids.update(indicator.id for indicator in ruleset.indicators)
    for id_, times in ids.items():
        if times > 1:
            yield Fault("/indicators", "repeated_id", f"编号 {id_} 出现 {times} 次。")


def _double_costs(ruleset: Ruleset) -> Iterator[Fault]:
    # One finding must never be paid for twice.
    kinds = Counter(kind for indicator in ruleset.indicators for kind in indicator.costs)
    for kind, times in kinds.items():
        if times > 1:
            detail = f"“{kind.nature.label}”在 {times} 个指标中重复扣分。"
            yield Fault("/indicators", "charged_twice", detail)
