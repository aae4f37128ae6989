import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from deploy.command_line import app


@pytest.fixture
def content(database_urls: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHENGBU_CONTENT_DATABASE_URL", database_urls["content"])


@pytest.mark.usefixtures("content")
def test_an_import_nobody_may_vouch_for_does_not_begin(tmp_path: Path) -> None:
    file = tmp_path / "site.jsonl"
    file.write_text(json.dumps({"type": "item"}) + "\n")
    ran = CliRunner().invoke(app, ["import", str(file), "--vouched-by", "nobody"])
    assert ran.exit_code == 2
    assert "nobody" in ran.output
    assert [path.name for path in tmp_path.iterdir()] == ["site.jsonl"]


@pytest.mark.usefixtures("content")
def test_a_site_that_is_not_there_is_not_exported(tmp_path: Path) -> None:
    ran = CliRunner().invoke(app, ["export", "3403009999", "--to", str(tmp_path / "out")])
    assert ran.exit_code == 2
    assert "没有这个网站" in ran.output
    assert not (tmp_path / "out").exists()
