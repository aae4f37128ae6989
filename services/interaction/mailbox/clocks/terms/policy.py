"""What a site's terms say, where they come from, and what a site may not make of them."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import time
from functools import cache, cached_property
from hashlib import sha256
from typing import Self

from pydantic import Field, model_validator

from services.interaction.mailbox.letters.handling import KINDS
from shared.contracts.letter_clocks import LetterClockStep
from shared.contracts.letter_terms import LetterLimit, LetterPolicy, NewLetterTerms, OwnLimit
from shared.contracts.letters import LetterKind
from shared.figures import Confidence, Figures, Source, read
from shared.problem import Fault

STEPS = {
    LetterClockStep.ACCEPT: "受理",
    LetterClockStep.FIRST_REPLY: "首次回复",
    LetterClockStep.ANSWER: "答复",
    LetterClockStep.NEXT_ANSWER: "再次答复",
    LetterClockStep.EVALUATION: "评价",
}


class Limit(Source):
    """Working days a step may take."""

    days: int = Field(ge=1, le=90)

    @property
    def basis(self) -> str:
        """The document and clause, in one line."""
        return f"{self.document}，{self.clause}"


class StepLimits(Figures):
    """The limit of a step for every kind of letter, and for those that have their own."""

    every: Limit | None = None
    kinds: Mapping[LetterKind, Limit] = {}

    def of(self, kind: LetterKind) -> Limit | None:
        """Return what limits this step of such a letter."""
        return self.kinds.get(kind, self.every)


class Extension(Source):
    """How much longer an answer may take by approval, each time, how often, and in all."""

    days: int = Field(ge=1)
    times: int = Field(ge=0)
    longest: int = Field(ge=1)


class Warnings(Source):
    """How many days before the end the unit is reminded, and in which hours."""

    days: tuple[int, ...]
    opens: time
    closes: time


class Red(Source):
    """How many working days after the yellow card the red one comes."""

    days: int = Field(ge=1)


class Alarm(Source):
    """After how many hours whoever is on duty is called, and then the leaders."""

    duty: int = Field(ge=1)
    leader: int = Field(ge=1)


Steps = Mapping[LetterClockStep, StepLimits]
NOTHING = StepLimits()


class Terms(Figures):
    """Everything a letter's clocks go by."""

    label: str
    steps: Steps
    extension: Extension
    warnings: Warnings
    red: Red
    alarms: Mapping[LetterClockStep, Alarm]

    def limit(self, step: LetterClockStep, kind: LetterKind) -> Limit | None:
        """Return what limits a step; nothing that precedes the answer may take longer than it."""
        found = self.steps.get(step, NOTHING).of(kind)
        answer = self.steps.get(LetterClockStep.ANSWER, NOTHING).of(kind)
        if step is LetterClockStep.NEXT_ANSWER:
            return found or answer
        if found and answer and step in BEFORE_ANSWER and found.days > answer.days:
            return answer
        return found

    @cached_property
    def version(self) -> str:
        """A short digest: equal for terms that say the same."""
        text = json.dumps(self.model_dump(mode="json"), ensure_ascii=False, sort_keys=True)
        return sha256(text.encode()).hexdigest()[:12]


BEFORE_ANSWER = frozenset({LetterClockStep.ACCEPT, LetterClockStep.FIRST_REPLY})


class Policy(Figures):
    """Where a named policy differs from what all have in common."""

    label: str
    steps: Steps
    extension: Extension | None = None


class RedLine(Source):
    """The national limit nothing goes beyond: in months, and in days that surely lie within."""

    months: int
    days: int


class Policies(Figures):
    """All figures of terms."""

    default: str
    common: Terms
    binding: Steps
    red_line: RedLine
    policies: Mapping[str, Policy]

    @model_validator(mode="after")
    def _hold_together(self) -> Self:
        if self.default not in self.policies:
            raise ValueError(f"no policy is called {self.default}")
        for name in self.policies:
            terms = self.terms(name)
            for kind in LetterKind:
                if terms.limit(LetterClockStep.ANSWER, kind) is None:
                    raise ValueError(f"{name} does not limit the answer of {kind}")
            if beyond := list(self.beyond(terms)):
                raise ValueError(f"{name} goes beyond what binds: {beyond}")
        return self

    def terms(self, name: str) -> Terms:
        """Return a named policy with all that is common."""
        policy = self.policies[name]
        return self.common.model_copy(
            update={
                "label": policy.label,
                "steps": {**self.common.steps, **policy.steps},
                "extension": policy.extension or self.common.extension,
            }
        )

    def beyond(self, terms: Terms) -> Iterator[tuple[LetterClockStep, LetterKind]]:
        """Yield every limit that is longer than the binding one."""
        for step, binding in self.binding.items():
            for kind in LetterKind:
                most, set_ = binding.of(kind), terms.limit(step, kind)
                if most and set_ and set_.days > most.days:
                    yield step, kind


@cache
def policies() -> Policies:
    """Return the policies this version was made with."""
    return read(Policies, __package__, "policies.yaml")


@cache
def usual() -> Terms:
    """Return the terms of a site that chose none."""
    return policies().terms(policies().default)


def faults(new: NewLetterTerms, known: Policies) -> Iterator[Fault]:
    """Yield everything wrong with what a site chose."""
    if new.policy not in known.policies:
        offered = "、".join(f"{name}（{each.label}）" for name, each in known.policies.items())
        yield Fault("/policy", "unknown_policy", f"没有这项办理时限方案，可选：{offered}。")
        return
    places = Counter((limit.step, limit.kind) for limit in new.own)
    for at, limit in enumerate(new.own):
        if places[limit.step, limit.kind] > 1:
            yield Fault(f"/own/{at}", "twice", "同一环节、同一类来信只能设一个期限。")
        if limit.step not in CHOSEN_FREELY and limit.days > known.red_line.days:
            detail = f"不得超过全国红线：最长{known.red_line.days}个工作日。"
            yield Fault(f"/own/{at}/days", "beyond_red_line", detail)
    if new.beyond_reason is None and any(known.beyond(chosen(new, known))):
        detail = "所设期限长于规定上限，须说明理由；理由将一并公示。"
        yield Fault("/beyond_reason", "beyond_binding", detail)


CHOSEN_FREELY = frozenset({LetterClockStep.EVALUATION})
"""Steps the writer takes, which no red line concerns."""


def chosen(new: NewLetterTerms, known: Policies) -> Terms:
    """Return the terms a site gets that chooses so."""
    terms = known.terms(new.policy)
    steps = dict(terms.steps)
    for own in sorted(new.own, key=lambda limit: limit.kind is not None):
        steps[own.step] = _with(steps.get(own.step, NOTHING), own)
    return terms.model_copy(update={"steps": steps})


def _with(limits: StepLimits, own: OwnLimit) -> StepLimits:
    limit = Limit(days=own.days, document="本网站", clause="自定期限", confidence=Confidence.OWN)
    if own.kind is None:
        return StepLimits(every=limit)
    return StepLimits(every=limits.every, kinds={**limits.kinds, own.kind: limit})


def shown(name: str, terms: Terms) -> LetterPolicy:
    """Return terms as people read them: every limit with what it stands on."""
    return LetterPolicy(
        name=name,
        label=terms.label,
        digest=terms.version,
        limits=[
            LetterLimit(
                step=step,
                step_label=STEPS[step],
                kind=kind,
                kind_label=KINDS[kind],
                **limit.model_dump(include={"days", "document", "clause", "confidence"}),
            )
            for step in LetterClockStep
            for kind in LetterKind
            if (limit := terms.limit(step, kind))
        ],
        extension_days=terms.extension.days,
        extension_times=terms.extension.times,
        longest_days=terms.extension.longest,
        warning_days=list(terms.warnings.days),
        red_after_days=terms.red.days,
    )
