"""Every operation of content and interaction is reached through GraphQL, or here is why not."""

import ast
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
SERVICES = ("content", "interaction")
METHODS = {"get": "GET", "post": "POST"}

BYTES = "bytes come and go as they are, outside a JSON document"
FILE = "a file for programs that know its format, by an address of its own"
SIGNED = "signed as it is, or for whoever verifies that; another shape would not verify"
LOGIN = "who one is comes before what one asks; weighed by the caller's own address"
CONTACT = "somebody's contact stays out of queries, which are kept and logged by their text"
REST_ONLY: Mapping[str, str] = {
    "POST /v1/writers/letters": CONTACT,
    "POST /v1/writers/export": CONTACT,
    "POST /v1/public/letter-attachments": BYTES,
    "GET /v1/public/letters/{}/attachments/{}": BYTES,
    "GET /v1/public/letters/{}/publication/attachments/{}": BYTES,
    "GET /v1/letters/{}/attachments/{}/content": BYTES,
    "POST /v1/letters/{}/attachments/{}/redacted": BYTES,
    "GET /v1/public/assets/{}/{}": BYTES,
    "POST /v1/assets": BYTES,
    "POST /v1/uploads": BYTES,
    "GET /v1/uploads/{}": BYTES,
    "PATCH /v1/uploads/{}": BYTES,
    "GET /v1/assets/{}/content": BYTES,
    "GET /v1/assets/{}/renditions/{}": BYTES,
    "POST /v1/documents/file": BYTES,
    "GET /v1/public/sites/{}/feed.{}": FILE,
    "GET /v1/public/columns/{}/feed.{}": FILE,
    "GET /v1/public/sites/{}/sitemap.xml": FILE,
    "GET /v1/public/sites/{}/sitemaps/{}.xml": FILE,
    "GET /v1/public/items/{}/qr.svg": FILE,
    "GET /v1/public/items/{}/manifest": SIGNED,
    "GET /.well-known/statement-keys.json": SIGNED,
    "GET /v1/copies/{}/certificate": SIGNED,
    "GET /v1/recalls/{}/certificate": SIGNED,
    "GET /v1/public/challenges/{}": SIGNED,
    "GET /v1/directives/{}/obligations.xlsx": FILE,
    "GET /v1/public/interviews/{}/transcript": "a stream; `transcript` tells the same entries",
    "GET /v1/letter-statement.xlsx": FILE,
    "GET /v1/letter-statement.docx": FILE,
    "GET /v1/letter-deadlines.ics": FILE,
    "POST /v1/public/hub": "a form of W3C WebSub, by which programs follow feeds",
    "GET /v1/contributions/counts.csv": FILE,
    "GET /v1/surveys/{}/responses.{}": FILE,
    "PUT /v1/lexicons/{}/table": FILE,
    "GET /.well-known/jwks.json": LOGIN,
    "POST /v1/auth/token": LOGIN,
    "PUT /v1/viewer/password": LOGIN,
    "POST /v1/group": "done once, with the secret of whoever installed the system",
    "GET /v1/public/changes": "mirrors follow it by a cursor that only goes forward",
    "POST /v1/public/items/{}/visits": "a page's beacon, which waits for no answer",
    "GET /v1/public/columns/{}/items": "the same items as `Column.items`, sent on by HTTP",
}


def operations() -> set[str]:
    return {
        f"{method.upper()} {re.sub(r'{[^}]*}', '{}', path)}"
        for service in SERVICES
        for path, acts in _documented(service)["paths"].items()
        for method in acts
    }


def _documented(service: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((ROOT / f"docs/openapi/{service}.json").read_bytes())
    return document


def trees(*names: str) -> Iterator[ast.AST]:
    for service in SERVICES:
        house = ROOT / "gateway" / service
        for path in sorted(house.rglob("*.py")):
            if {part.removesuffix(".py") for part in path.relative_to(house).parts} & set(names):
                yield ast.parse(path.read_text("utf-8"))


def address(written: ast.expr) -> str | None:
    """A path as it stands in the code, whatever is filled in left out."""
    if isinstance(written, ast.Constant) and isinstance(written.value, str):
        return written.value
    if isinstance(written, ast.JoinedStr):
        return "".join(address(part) or "{}" for part in written.values)
    return None


def called(method: ast.AsyncFunctionDef) -> Iterator[str]:
    """What a client's method asks of its service."""
    named = {
        target.id: address(node.value)
        for node in ast.walk(method)
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(method):
        match node:
            case ast.Call(
                func=ast.Attribute(attr=act, value=of),
                args=[_, written, *_],
                keywords=keywords,
            ) if _is_upstream(of):
                path = named.get(written.id) if isinstance(written, ast.Name) else address(written)
                other = [address(each.value) for each in keywords if each.arg == "method"]
                yield f"{other[0] if other else METHODS[act]} {path}"


def _is_upstream(of: ast.expr) -> bool:
    """Whether calls go to the service: plainly, or `showing` it something."""
    match of:
        case ast.Attribute(attr="upstream"):
            return True
        case ast.Call(func=ast.Attribute(attr="showing", value=shown)):
            return _is_upstream(shown)
    return False


def client_methods() -> dict[str, set[str]]:
    """What each method of the clients asks for."""
    return {
        node.name: set(called(node))
        for tree in trees("client")
        for node in ast.walk(tree)
        if isinstance(node, ast.AsyncFunctionDef)
    }


def resolved() -> set[str]:
    """The methods of the clients that resolvers and loaders call."""
    return {
        node.attr
        for tree in trees("queries", "mutations", "types", "loaders")
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and (
            (isinstance(node.value, ast.Attribute) and node.value.attr in SERVICES)
            or (isinstance(node.value, ast.Name) and node.value.id in SERVICES)
        )
    }


def test_every_operation_is_reached_or_stays_rest_for_a_reason() -> None:
    reached = set().union(*client_methods().values())
    assert len(operations()) > 150
    assert operations() - reached - REST_ONLY.keys() == set(), "no method asks for these"
    assert reached - operations() == set(), "no such operations"
    assert REST_ONLY.keys() - operations() == set(), "no such operations any more"
    assert REST_ONLY.keys() & reached == set(), "reached after all"


@pytest.mark.parametrize("name", sorted(client_methods()))
def test_every_method_asks_for_something_and_is_asked_by_a_resolver(name: str) -> None:
    assert client_methods()[name]
    assert name in resolved()
