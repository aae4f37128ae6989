from tests.factories.content import ADMIN, EDITOR, SITE, STRANGER, SUPERVISOR, Group
from tests.support.queries import CountQueries

PATH = f"/v1/sites/{SITE}/similar-columns"
TITLES = ["关于放假的通知", "关于检查的通知", "关于评选的通知"]


async def test_columns_that_are_alike_are_listed_with_what_shows_it(
    group: Group, count_queries: CountQueries
) -> None:
    await group.change("open_column", name="policies 2", kind="policies")
    for title in TITLES:
        await group.released(title=title)
        await group.released(title=title, kind="news")
    with count_queries(3):
        answer = await group.send(SUPERVISOR, "GET", PATH)
    by_titles, by_name = answer.json()
    assert {column["name"] for column in by_titles["columns"]} == {"news", "policies"}
    assert (by_titles["title_share"], by_titles["shared_titles"]) == (1.0, 3)
    assert by_titles["samples"] == sorted(TITLES)
    assert {column["name"] for column in by_name["columns"]} == {"policies", "policies 2"}
    assert (by_name["name_likeness"], by_name["samples"]) == (0.94, [])


async def test_what_was_put_right_is_listed_no_more(group: Group) -> None:
    for name in ("财政预算", "财政预决算", "财政预算决算"):
        await group.change("open_column", name=name, kind="data")
    columns = (await group.client.get(f"/v1/public/sites/{SITE}/columns")).json()["items"]
    one, two, three = (column["id"] for column in columns[-3:])
    assert len((await group.send(ADMIN, "GET", PATH)).json()) == 3
    await group.change("merge_columns", from_id=one, into_id=two)
    assert len((await group.send(ADMIN, "GET", PATH)).json()) == 1
    await group.change("hide_column", column_id=three)
    assert (await group.send(ADMIN, "GET", PATH)).json() == []


async def test_only_a_sites_own_lines_ask(group: Group) -> None:
    for actor in (EDITOR, STRANGER):
        assert (await group.send(actor, "GET", PATH)).status_code == 404
