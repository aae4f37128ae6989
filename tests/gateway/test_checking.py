"""What texts are held against: lexicons, rules, vocabularies, added reviews, pasted documents."""

from typing import Any

import pytest

from tests.factories.content import ADMIN, COUNTY_EDITOR, EDITOR, Group
from tests.gateway.conftest import Ask, outcome

WHY = "... on Problem { type status faults { pointer code } versionFound }"
SUPPLY = f"""mutation($name: String!, $input: WordlistInput!, $version: Int) {{
  supplyLexicon(name: $name, input: $input, version: $version) {{
    ... on LexiconSummary {{ name size version builtIn }} {WHY} }} }}"""
WORDS: dict[str, Any] = {
    "title": "机构名称",
    "kind": "INSTITUTIONS",
    "source": "市委编办 2026 年",
    "entries": [{"word": "麒麟阁署", "right": "麒麟署", "exceptions": ["麒麟阁署旧址"]}],
}
READ = f"""query($input: DocumentTextInput!) {{ readDocument(input: $input) {{
  ... on ImportedDocument {{ title docNo writtenOn body paragraphs {{ text level }}
    links {{ text href }} findings {{ code severity count }} }} {WHY} }} }}"""
SET = f"""mutation($unit: String!, $input: WantedLevelsInput!, $version: Int) {{
  setReviewLevels(organization: $unit, input: $input, version: $version) {{
    ... on ReviewLevels {{ levels version }} {WHY} }} }}"""
LEVELS = "query($unit: String!) { reviewLevels(organization: $unit) { levels } }"
UNIT = "340300-zfb"


@pytest.mark.usefixtures("group")
async def test_a_lexicon_is_supplied_read_and_replaced_by_administrators(ask: Ask) -> None:
    named = {"name": "units", "input": WORDS}
    assert (await outcome(ask, SUPPLY, EDITOR, **named))["status"] == 403
    short = {**WORDS, "entries": [{"word": "字"}]}
    refused = await outcome(ask, SUPPLY, ADMIN, name="units", input=short)
    assert refused["faults"][0]["pointer"] == "/entries/0/word"
    done = await outcome(ask, SUPPLY, ADMIN, **named)
    assert (done["size"], done["version"], done["builtIn"]) == (1, 1, False)
    assert (await outcome(ask, SUPPLY, ADMIN, **named))["status"] == 428
    more = {**WORDS, "entries": [*WORDS["entries"], {"word": "麒麟阁局"}]}
    replaced = await outcome(ask, SUPPLY, ADMIN, name="units", input=more, version=1)
    assert (replaced["size"], replaced["version"]) == (2, 2)
    one = """query($name: String!) { lexicon(name: $name) { title
      entries { word right exceptions severity } } }"""
    entries = (await outcome(ask, one, ADMIN, name="units"))["entries"]
    assert {**WORDS["entries"][0], "severity": None} in entries
    assert await outcome(ask, one, ADMIN, name="no-such-words") is None
    hidden = await ask(one, EDITOR, name="units")
    assert hidden["errors"][0]["extensions"]["code"] == "FORBIDDEN"
    listed = await outcome(ask, "{ lexicons { name kind size } }", EDITOR)
    assert {"name": "units", "kind": "INSTITUTIONS", "size": 2} in listed


@pytest.mark.usefixtures("group")
async def test_rules_and_vocabularies_are_told_to_staff(ask: Ask) -> None:
    query = """{ checkRules { code severity waivable } vocabularies { name terms }
      columnKinds { kind label takes } }"""
    told = (await ask(query, EDITOR))["data"]
    rules = {rule["code"]: rule for rule in told["checkRules"]}
    assert rules["personal_data.identity_number"]["severity"] == "BLOCKING"
    assert {kind["name"] for kind in told["vocabularies"]} >= {"subject", "genre", "audience"}
    assert all(kind["terms"] for kind in told["vocabularies"])
    assert {kind["kind"] for kind in told["columnKinds"]} >= {"NEWS", "POLICIES"}
    anonymous = await ask("{ checkRules { code } }")
    assert anonymous["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"


@pytest.mark.usefixtures("group")
async def test_pasted_markup_is_read_into_a_proposal_and_nothing_is_stored(ask: Ask) -> None:
    page = """<script>x()</script><h1>关于做好防汛工作的通知</h1><p>蚌政办〔2026〕3号</p>
      <p>各县、区人民政府：</p><p>现将有关事项通知如下。</p><p><a href="https://www.bengbu.gov.cn/">附表</a></p>"""
    read = await outcome(ask, READ, EDITOR, input={"text": page, "format": "HTML"})
    assert read["title"] == "关于做好防汛工作的通知"
    assert read["docNo"] == "蚌政办〔2026〕3号"
    assert read["links"] == [{"text": "附表", "href": "https://www.bengbu.gov.cn/"}]
    assert "import.script" in {finding["code"] for finding in read["findings"]}
    marked = {"text": "# 通知\n\n正文一段。", "format": "MARKDOWN"}
    assert (await outcome(ask, READ, EDITOR, input=marked))["title"] == "通知"
    empty = await outcome(ask, READ, EDITOR, input={"text": ""})
    assert empty["faults"][0]["pointer"] == "/text"
    assert (await outcome(ask, READ, None, input=marked))["status"] == 401
    unreadable = await outcome(ask, READ, EDITOR, input={"text": "……"})
    assert unreadable["type"] == "/problems/unreadable-document"


@pytest.mark.usefixtures("group")
async def test_an_organization_adds_reviews_before_the_leaders(ask: Ask) -> None:
    assert await outcome(ask, LEVELS, ADMIN, unit=UNIT) is None
    named = {"unit": UNIT, "input": {"levels": ["LEADER"]}}
    refused = await outcome(ask, SET, ADMIN, **named)
    assert refused["faults"][0]["code"] == "not_a_level"
    named["input"] = {"levels": ["FIRST_REVIEW", "SECOND_REVIEW"]}
    assert (await outcome(ask, SET, EDITOR, **named))["status"] == 403
    done = await outcome(ask, SET, ADMIN, **named)
    assert done == {"levels": ["FIRST_REVIEW", "SECOND_REVIEW"], "version": 1}
    assert (await outcome(ask, SET, ADMIN, **named, version=7))["versionFound"] == 1
    assert await outcome(ask, LEVELS, EDITOR, unit=UNIT) == {
        "levels": ["FIRST_REVIEW", "SECOND_REVIEW"]
    }


async def test_a_revision_is_read_whole_with_its_authors(group: Group, ask: Ask) -> None:
    item = await group.draft()
    query = """query($id: UUID!) { draft(id: $id) { revisionText(number: 1) {
      title body waivers { code } authorship { author revision paragraphs } } } }"""
    text = (await outcome(ask, query, EDITOR, id=item["id"]))["revisionText"]
    assert (text["title"], text["body"], text["waivers"]) == (item["title"], item["body"], [])
    assert text["authorship"] == [{"author": EDITOR.id, "revision": 1, "paragraphs": 1}]
    assert await outcome(ask, query, COUNTY_EDITOR, id=item["id"]) is None
