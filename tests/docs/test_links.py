import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.processes import ALL
from gateway.settings import GatewaySettings
from services.audit.settings import AuditWorkerSettings
from services.content.settings import ContentSettings, ContentWorkerSettings
from services.interaction.settings import InteractionSettings, InteractionWorkerSettings
from shared.settings import Settings

ROOT = Path(__file__).parents[2]
SETTINGS = (
    GatewaySettings,
    ContentSettings,
    ContentWorkerSettings,
    InteractionSettings,
    InteractionWorkerSettings,
    AuditWorkerSettings,
)
HIDDEN = {"node_modules", "__pycache__"}

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
MAKE = re.compile(r"\bmake (?:[A-Z_]+=\S+ )*([a-z]+)")
TARGET = re.compile(r"^([a-z-]+):", re.MULTILINE)
CODE = re.compile(r"`([^`\n]+)`")
SETTING = re.compile(r"\bZHENGBU_[A-Z0-9_]+\b")


def documents() -> list[Path]:
    found = (path.relative_to(ROOT) for path in ROOT.rglob("*.md"))
    return sorted(
        path
        for path in found
        if not any(part.startswith(".") or part in HIDDEN for part in path.parts)
    )


def text(path: str | Path) -> str:
    return (ROOT / path).read_text("utf-8")


def anchors(path: Path) -> set[str]:
    """The names GitHub gives to headings."""
    titles = (re.sub(r"[^\w\- ]", "", title.lower()) for title in HEADING.findall(text(path)))
    return {title.strip().replace(" ", "-") for title in titles}


def commands(document: str) -> Iterator[str]:
    """What a document shows as code, where `make x` is meant as a command."""
    yield from FENCE.findall(text(document))
    yield from CODE.findall(FENCE.sub("", text(document)))


def settings_of(kind: type[Settings]) -> set[str]:
    prefix = kind.model_config["env_prefix"]
    return {
        str(field.validation_alias or f"{prefix}{name}".upper())
        for name, field in kind.model_fields.items()
    }


def declared() -> set[str]:
    return {name for kind in SETTINGS for name in settings_of(kind)}


def known_to_deployment() -> set[str]:
    ports = {f"ZHENGBU_{process.name.upper().replace('-', '_')}_PORT" for process in ALL}
    sources = [path for path in (ROOT / "deploy").rglob("*") if path.suffix in {".py", ".yaml"}]
    return ports | {name for path in sources for name in SETTING.findall(text(path))}


def links() -> list[tuple[Path, str]]:
    return [
        (document, link)
        for document in documents()
        for link in LINK.findall(FENCE.sub("", text(document)))
        if not re.match(r"[a-z]+:", link)
    ]


def test_there_is_something_to_hold_to_its_word() -> None:
    assert len(links()) > 50
    assert len(declared()) > 15
    assert {"run", "test", "walk"} <= {
        name for code in commands("README.md") for name in MAKE.findall(code)
    }


@pytest.mark.parametrize(("document", "link"), links(), ids=str)
def test_every_link_leads_somewhere(document: Path, link: str) -> None:
    place, _, anchor = link.partition("#")
    target = (document.parent / place) if place else document
    assert (ROOT / target).exists()
    if anchor:
        assert anchor in anchors(target)


@pytest.mark.parametrize("document", documents(), ids=str)
def test_every_make_target_that_is_named_exists(document: Path) -> None:
    targets = set(TARGET.findall(text("Makefile")))
    named = {name for code in commands(str(document)) for name in MAKE.findall(code)}
    assert named <= targets


def test_every_setting_that_operations_names_exists() -> None:
    assert set(SETTING.findall(text("docs/operations.md"))) <= declared() | known_to_deployment()


def test_operations_names_every_setting() -> None:
    assert declared() <= set(SETTING.findall(text("docs/operations.md")))


def test_every_module_that_the_glossary_names_exists() -> None:
    named = {name for name in CODE.findall(text("docs/glossary.md")) if "/" in name}
    assert len(named) > 40
    assert [name for name in sorted(named) if not any(ROOT.glob(name))] == []


def test_both_readmes_show_the_same_commands() -> None:
    def shown(document: str) -> list[str]:
        fences = FENCE.findall(text(document))
        return [re.sub(r" +#.*", "", fence) for fence in fences if fence.startswith("```sh")]

    assert shown("README.md") == shown("README.zh-CN.md")


def test_every_decision_is_listed_and_says_what_keeps_it() -> None:
    pages = sorted(path.name for path in (ROOT / "docs" / "adr").glob("0*.md"))
    listed = LINK.findall(text("docs/adr/README.md"))
    assert pages == listed
    for page in pages:
        parts = HEADING.findall(text(f"docs/adr/{page}"))[1:]
        assert parts == ["Context", "Decision", "Consequences", "Kept by"]
