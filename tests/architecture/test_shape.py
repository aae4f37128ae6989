"""The layout's promises, kept by machine (docs/adr/0006)."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROLES = {
    "models",
    "schemas",
    "router",
    "commands",
    "queries",
    "subscribers",
    "schedule",
    "adapters",
    "__init__",
}
COMPOSITION = {"app", "worker", "settings", "tables", "database"}
BANNED = {"utils", "helpers", "service", "base", "common", "manager", "misc"}
IMPURE = {
    "alembic",
    "asyncio",
    "fastapi",
    "httpx",
    "nats",
    "os",
    "pathlib",
    "socket",
    "sqlalchemy",
    "starlette",
    "subprocess",
    "uvicorn",
}
CLOCKS = {"now", "today", "utcnow", "time", "monotonic"}


def modules(*roots: str) -> list[Path]:
    found = (path for root in roots for path in (ROOT / root).rglob("*.py"))
    return sorted(path for path in found if "__pycache__" not in path.parts)


def capability_of(path: Path) -> tuple[str, ...]:
    return path.relative_to(ROOT).parts[:3]


CODE = modules("shared", "services", "gateway", "deploy")
IN_CAPABILITIES = [
    path
    for path in modules("services")
    if len(path.relative_to(ROOT).parts) > 3 and "migrations" not in path.parts
]


def thinks(path: Path) -> bool:
    parts = path.relative_to(ROOT).parts
    inside = parts[3:] if parts[0] == "services" else parts[2:]
    return not {Path(part).stem for part in inside} & ROLES


FIELD_MODULES = [path for path in IN_CAPABILITIES + modules("shared/files") if thinks(path)]


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def runtime(tree: ast.AST) -> Iterator[ast.AST]:
    """Every node but those under `if TYPE_CHECKING`."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            continue
        yield node
        yield from runtime(node)


def imported(tree: ast.AST) -> Iterator[str]:
    for node in runtime(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def test_the_guards_guard_something() -> None:
    assert len(FIELD_MODULES) > 20
    assert len(CODE) > 100


@pytest.mark.parametrize("path", FIELD_MODULES, ids=name)
def test_modules_named_for_the_field_do_no_io(path: Path) -> None:
    tree = ast.parse(path.read_text())
    assert not {module.split(".")[0] for module in imported(tree)} & IMPURE
    assert not any(isinstance(node, ast.AsyncFunctionDef | ast.Await) for node in ast.walk(tree))


@pytest.mark.parametrize("path", FIELD_MODULES, ids=name)
def test_modules_named_for_the_field_read_no_clock(path: Path) -> None:
    calls = (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call))
    asked = {call.func.attr for call in calls if isinstance(call.func, ast.Attribute)}
    assert not asked & CLOCKS


@pytest.mark.parametrize("path", IN_CAPABILITIES, ids=name)
def test_tables_stay_inside_their_capability(path: Path) -> None:
    for module in imported(ast.parse(path.read_text())):
        parts = module.split(".")
        if parts[0] == "services" and parts[-1] == "models":
            assert tuple(parts[:3]) == capability_of(path)


@pytest.mark.parametrize("path", CODE, ids=name)
def test_no_file_outgrows_its_subject(path: Path) -> None:
    if "versions" not in path.parts:
        assert len(path.read_text().splitlines()) <= 300


@pytest.mark.parametrize("path", CODE, ids=name)
def test_names_say_what_is_inside(path: Path) -> None:
    assert path.stem not in BANNED


@pytest.mark.parametrize("path", modules("services"), ids=name)
def test_a_service_is_capabilities_and_how_it_is_put_together(path: Path) -> None:
    inside = path.relative_to(ROOT).parts
    if len(inside) == 3 and path.stem != "__init__":
        assert path.stem in COMPOSITION


@pytest.mark.parametrize("path", [p for p in CODE if p.name == "__init__.py"], ids=name)
def test_a_package_says_in_one_sentence_what_it_is(path: Path) -> None:
    tree = ast.parse(path.read_text())
    assert len(tree.body) == 1
    assert ast.get_docstring(tree)


@pytest.mark.parametrize("path", modules("services"), ids=name)
def test_commands_never_commit(path: Path) -> None:
    if "commands" in {Path(part).stem for part in path.parts}:
        calls = (n for n in ast.walk(ast.parse(path.read_text())) if isinstance(n, ast.Call))
        asked = {call.func.attr for call in calls if isinstance(call.func, ast.Attribute)}
        assert not asked & {"commit", "rollback"}
