"""Whether the labels a page carries are the ones it must carry, in their forms."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from unicodedata import normalize

from selectolax.lexbor import LexborHTMLParser

from services.content.delivery.labels import INSTANT, LabelRule, catalogue
from shared.contracts.delivery import Label, LabelFinding, LabelsReport, PageKind, Severity

WRITTEN_INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}")
DASHES = re.compile("[-‐‑‒–—―−]+")


def labels_in(page: str) -> list[Label]:
    """Return every named `<meta>` of a page that is a label, or is named nearly like one."""
    nearly = {name.casefold() for name in catalogue().rules}
    found = (
        (node.attributes.get("name") or "", node.attributes.get("content") or "")
        for node in LexborHTMLParser(page).css("meta[name]")
    )
    return [
        Label(name=name, content=content[:2000])
        for name, content in found
        if name in catalogue().rules
        or (name.casefold() in nearly and name.casefold() not in catalogue().names_of_html)
    ]


def report(page: PageKind, labels: Sequence[Label]) -> LabelsReport:
    """Return everything that is wrong with a page's labels."""
    findings = [*_missing(page, labels), *_repeated(labels)]
    for label in labels:
        findings += _wrong(page, label)
    valid = not any(found.severity is Severity.ERROR for found in findings)
    return LabelsReport(page=page, valid=valid, labels=list(labels), findings=findings)


def _missing(page: PageKind, labels: Sequence[Label]) -> Iterator[LabelFinding]:
    told = {label.name for label in labels if label.content.strip()}
    for name, rule in catalogue().rules.items():
        if page in rule.required and name not in told:
            yield _error("missing", name, f"缺少必填标签 {name}（{rule.label}）。")


def _repeated(labels: Sequence[Label]) -> Iterator[LabelFinding]:
    for name, times in Counter(label.name for label in labels).items():
        if times > 1:
            yield _error("repeated", name, f"标签 {name} 出现了 {times} 次。")


def _wrong(page: PageKind, label: Label) -> Iterator[LabelFinding]:
    rule = catalogue().rules.get(label.name)
    if rule is None:
        yield _unknown(label)
    elif label.content.strip():
        malformed = list(_malformed(label, rule))
        yield from malformed
        on_home = rule.on_home if page is PageKind.HOME else None
        if not malformed and on_home not in {None, label.content.strip()}:
            yield _not_home(label, rule)


def _not_home(label: Label, rule: LabelRule) -> LabelFinding:
    told = f"首页的标签 {label.name}（{rule.label}）应为“{rule.on_home}”。"
    found = _error("not_home", label.name, told)
    return found.model_copy(update={"content": label.content, "suggestion": rule.on_home})


def _unknown(label: Label) -> LabelFinding:
    folded = label.name.casefold()
    meant = next((name for name in catalogue().rules if name.casefold() == folded), None)
    told = f"，应为 {meant}" if meant else ""
    found = _error("unknown", label.name, f"没有名为 {label.name} 的标签{told}。")
    return found.model_copy(update={"content": label.content, "suggestion": meant})


def _malformed(label: Label, rule: LabelRule) -> Iterator[LabelFinding]:
    said = label.content.strip()
    wrong = None
    if rule.instant and not _is_instant(said):
        yield _instant(label, said)
    elif rule.pattern and not re.fullmatch(rule.pattern, said):
        wrong = f"应为{rule.form}"
    elif rule.among and said not in rule.among:
        wrong = f"只能是：{'、'.join(rule.among)}"
    if wrong:
        found = _error("malformed", label.name, f"标签 {label.name}（{rule.label}）{wrong}。")
        yield found.model_copy(update={"content": label.content})


def _instant(label: Label, said: str) -> LabelFinding:
    """Tell a date in typographic signs, which everybody can read, from what is no date."""
    meant = " ".join(DASHES.sub("-", normalize("NFKC", said)).split())
    readable = _is_instant(meant)
    return LabelFinding(
        code="typographic" if readable else "malformed",
        severity=Severity.WARNING if readable else Severity.ERROR,
        name=label.name,
        content=label.content,
        message=f"标签 {label.name} 应写作“年-月-日 时:分”，如 2026-01-31 09:30。",
        suggestion=meant if readable else None,
    )


def _is_instant(said: str) -> bool:
    if not WRITTEN_INSTANT.fullmatch(said):
        return False
    try:
        datetime.strptime(said, INSTANT)  # noqa: DTZ007  # only whether there is such a minute
    except ValueError:
        return False
    return True


def _error(code: str, name: str, message: str) -> LabelFinding:
    return LabelFinding(code=code, severity=Severity.ERROR, name=name, message=message)
