"""Mappings and plans: columns joined to facts, what is refused in a mapping file, and cases that share their base."""

import pickle
import time
import tracemalloc

import pytest
from letters import ROOT
from tables.outcome import outcome

from generator.case.load import case_of
from generator.case.model import CaseFile
from generator.cli.messages import LANGUAGES, Messages
from generator.errors import CaseError, Place
from generator.sources import parse_source
from generator.tables.cases import column_plan
from generator.tables.facts import all_paths, kind_of
from generator.tables.mapping import mapping_of
from generator.tables.read import read_table

TABLE = "Код;Фамилия;Рождение;Задержан;Согласие;Примечание\na-1;Рахимов;03/04/1988;05.03.24 1:10;Да;x\n"
MAPPING = """\
columns:
  Код: case.id
  Фамилия: clients[1].surname
  Рождение: {path: "clients[1].birth_date", dates: day-first}
  Задержан: detention.apprehended_at
  Согласие: {path: consent.name, values: {да: yes, нет: no}}
  Примечание: {skip: yes}
"""
BASE = """\
case: {country: TJ, id: base}
clients:
  - surname: Общая
    address_service: контора
    workplace: завод
    name_forms: {ru: Общая Анна}
detention:
  officers: 3
  delivered_to: {name: {ru: {nom: отдел, gen: отдела}}}
items: [{kind: phone, imei: ["1", "2"]}, {kind: tablet}]
"""


def _table(tmp_path, text):
    (tmp_path / "table.csv").write_text(text, "utf-8")
    return read_table(tmp_path / "table.csv")


def _plan(tmp_path, text, base=BASE):
    return column_plan(_table(tmp_path, text), None, parse_source(base.encode(), "base.yaml"))


def _row(tmp_path, text, base=BASE):
    """Return the parsed case of the first row."""
    table = _table(tmp_path, text)
    return column_plan(table, None, parse_source(base.encode(), "base.yaml")).source(table.rows[0])


@pytest.mark.parametrize(
    ("mapping", "cells", "expected"),
    [
        ("dates: day-first", "03/04/1988", "1988-04-03"),
        ("dates: month-first", "03/04/1988", "1988-03-04"),
        ("dates: month-first", "03.04.1988", "1988-03-04"),
        ("dates: year-first", "1988/3/4", "1988-03-04"),
        ("dates: day-first", "1988-03-04", "1988-03-04"),
    ],
)
def test_a_declared_form_of_dates_is_the_one_meant(mapping, cells, expected, tmp_path):
    """What a date means is said once, in the mapping; the form of a case file is always understood."""
    path = tmp_path / "table.csv"
    path.write_text(f"код;дата\na-1;{cells}\n", "utf-8")
    columns = f'columns: {{код: case.id, дата: {{path: "clients[1].birth_date", {mapping}}}}}'
    assert outcome(path, mapping=columns) == [f"2: a-1, {expected}"]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("около 05.03.2024 14:30", "~2024-03-05 14:30"),
        ("~ 05.03.2024", "~2024-03-05"),
        ("05.03.2024, 9:05", "2024-03-05 09:05"),
        ("05.03.2024 14:30:00", "2024-03-05 14:30"),
        ("2024-03-05T14:30", "2024-03-05 14:30"),
    ],
)
def test_a_moment_keeps_its_time(written, expected, tmp_path):
    """A day with dots may have a time behind it, and a word for *about* before it."""
    path = tmp_path / "table.csv"
    path.write_text(f"case.id;clients[1].surname;detention.apprehended_at\na-1;x;{written}\n", "utf-8")
    assert outcome(path) == [f"2: a-1, x, {expected}"]


def test_words_are_taken_as_the_mapping_says(tmp_path):
    """Case does not matter; the word of a case file is understood too; any other word is refused."""
    path = tmp_path / "table.csv"
    path.write_text("Код;Имя;Да?\na-1;x;ДА\na-2;x;no\na-3;x;ага\n", "utf-8")
    columns = (
        "columns: {Код: case.id, Имя: 'clients[1].surname', Да?: {path: consent.name, values: {да: yes, нет: no}}}"
    )
    assert outcome(path, mapping=columns) == ["2: a-1, x, yes", "3: a-2, x, no", "4:3 word-not-mapped"]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, ["2:4 date-short-year"]),
        ({"  Примечание: {skip: yes}\n": ""}, ["1:6 column-not-mapped"]),
        ({"Примечание:": "Заметки:"}, ["1:6 column-not-mapped", "map.yaml7:3 column-absent"]),
        ({"{skip: yes}": "{skip: no}"}, ["map.yaml7:3 column-rule"]),
        ({"{skip: yes}": "{skip: yes, path: private_note}"}, ["map.yaml7:3 column-rule"]),
        ({"{skip: yes}": "{skip: maybe}"}, ["map.yaml7:22 not-a-choice"]),
        ({"surname": "surnam"}, ["map.yaml3:3 unknown-fact"]),
        ({"clients[1].surname": "Фамилия"}, ["map.yaml3:3 no-fact-like-it"]),
        ({"clients[1].surname": "clients.surname"}, ["map.yaml3:3 unknown-fact"]),
        ({"clients[1].surname": "clients[1].name_forms"}, ["map.yaml3:3 unknown-fact"]),
        ({"clients[1].surname": "consent.name"}, ["map.yaml6:3 fact-twice"]),
        ({"case.id": "private_note"}, ["1:1 no-code-column"]),
        (
            {"detention.apprehended_at": '{path: "clients[1].phone", dates: day-first}'},
            ["map.yaml5:3 not-a-date-column"],
        ),
        ({"day-first": "dd-mm"}, ["map.yaml4:52 not-a-choice"]),
        ({"dates: day": "date: day"}, ["map.yaml4:45 misspelt-key"]),
        ({"columns:": "column:"}, ["map.yaml1:1 misspelt-key", "map.yaml1:1 missing-key"]),
    ],
)
def test_what_fits_nothing_is_refused_at_its_place(change, expected, tmp_path):
    """Faults of a mapping are named in the mapping, columns it does not speak of in the table; all at once."""
    (tmp_path / "table.csv").write_text(TABLE, "utf-8")
    mapping = MAPPING
    for old, new in change.items():
        assert old in mapping
        mapping = mapping.replace(old, new)
    found = outcome(tmp_path / "table.csv", mapping=mapping)
    assert sorted(line for line in found if "date-short-year" not in line or not change) == sorted(expected)


def test_a_misspelt_path_gets_the_nearest(tmp_path):
    """The refusal names paths that exist."""
    with pytest.raises(CaseError) as caught:
        _plan(tmp_path, "case.id;surname;detention.aprehended_at\na-1;x;y\n")
    known = [problem.values["known"].split(", ") for problem in caught.value.problems]
    assert "clients[1].surname" in known[0]
    assert known[1][0] == "detention.apprehended_at"
    assert all(kind_of(path) for paths in known for path in paths)


def test_a_filled_cell_wins_and_an_empty_one_says_nothing(tmp_path):
    """The row lies over the base fact by fact, also within lists and beside a text of one language."""
    names = "case.id;clients[1].surname;clients[1].phone;clients[1].workplace.tg;clients[1].name_forms.ru.gen"
    filled = "a-1;Своя;;корхона;Общей;9;s"
    facts = case_of(_row(tmp_path, f"{names};items[1].imei[2];items[2].serial\n{filled}\n")).facts
    client = facts.clients[0]
    assert (client.surname, client.phone, client.address_service) == ("Своя", None, {"": "контора"})
    assert client.workplace == {"": "завод", "tg": "корхона"}
    assert (client.name_forms.ru.nom, client.name_forms.ru.gen) == ("Общая Анна", "Общей")
    assert [item.imei for item in facts.items] == [("1", "9"), ()]
    assert (facts.items[1].serial, facts.items[1].kind) == ("s", "tablet")
    assert facts.case.id == "a-1"


GUARDS = """\
case: {country: TJ}
clients: [{surname: x}]
protected_words: [тайна, встреча]
withhold: [clients.email]
"""


@pytest.mark.parametrize(
    ("names", "cells", "words", "paths"),
    [
        ("protected_words", "клуб;встреча", ("тайна", "встреча", "клуб"), ("clients.email",)),
        (
            "protected_words[1]\tprotected_words[3]",
            "клуб\tбар",
            ("тайна", "встреча", "клуб", "бар"),
            ("clients.email",),
        ),
        ("withhold\tprotected_words", "clients.phone\t", ("тайна", "встреча"), ("clients.email", "clients.phone")),
        ("withhold\tprotected_words[2]", "unknown\tunknown", ("тайна", "встреча"), ("clients.email",)),
    ],
)
def test_lists_that_guard_are_joined(names, cells, words, paths, tmp_path):
    """A row adds to what no letter may say, and takes nothing of it back."""
    facts = case_of(_row(tmp_path, f"case.id\t{names}\na-1\t{cells}\n", GUARDS)).facts
    assert (facts.protected_words, facts.withhold) == (words, paths)


def test_lists_that_guard_may_come_from_rows_alone(tmp_path):
    """Without one in the base, the row's is the list; a fault in it lies in its cell."""
    base = "case: {country: TJ}\nclients: [{surname: x}]\n"
    assert case_of(_row(tmp_path, "case.id\twithhold[2]\na-1\tx\n", base)).facts.withhold == ("x",)
    source = _row(tmp_path, "case.id\twithhold\na-1\tx\n", GUARDS)
    file = (tmp_path / "table.csv").as_posix()
    assert source.place("withhold[1]") == Place("base.yaml", 4, 12)
    assert source.place("withhold[2]") == Place(file, 2, 2)


def test_a_cell_replaces_a_whole_group_of_texts(tmp_path):
    """A single text for a name with forms takes the place of the forms, and their places go too."""
    source = _row(tmp_path, "case.id;detention.delivered_to.name.ru\na-1;участок\n")
    assert case_of(source).facts.detention.delivered_to.name.ru.gen is None
    assert not [path for path in source.values if path.startswith("detention.delivered_to.name.ru.")]


def test_every_fact_knows_its_cell_or_its_line(tmp_path):
    """A fact of the row lies at its row and column, one of the base in the base file, what is missing in the row."""
    source = _row(tmp_path, "case.id;clients[1].surname;summons.by\na-1;x;y\n")
    file = (tmp_path / "table.csv").as_posix()
    assert source.place("clients[1].surname") == Place(file, 2, 2)
    assert source.place("clients[1].workplace") == Place("base.yaml", 5, 16)
    assert source.place("summons.at") == Place(file, 2, 3)
    assert source.place("medical.at") == source.place("") == Place(file, 2, 1)
    assert case_of(source).place("medical") == Place(file, 2, 1)


def test_a_fault_of_the_base_is_named_once_and_there(tmp_path):
    """What is wrong with the base is found before any row, what it lacks may stand in the rows."""
    with pytest.raises(CaseError) as caught:
        _plan(tmp_path, "case.id\na-1\n", BASE + "consent: {name: maybe}\nsummons: {att: x}\n")
    assert [(p.id, str(p.place)) for p in caught.value.problems] == [
        ("not-an-answer", "base.yaml:11:17"),
        ("misspelt-key", "base.yaml:12:11"),
    ]


def test_the_base_is_shared_and_never_changed(tmp_path):
    """No row leaves a trace in the base; what it does not touch is the very same object in every case."""
    base = parse_source(BASE.encode(), "base.yaml")
    table = _table(tmp_path, "case.id;clients[1].surname;items[1].imei[1]\na-1;x;7\na-2;y;\n")
    plan = column_plan(table, None, base)
    first, second = (plan.source(row) for row in table.rows)
    assert base.tree == parse_source(BASE.encode(), "base.yaml").tree
    assert first.tree["detention"] is second.tree["detention"] is base.tree["detention"]
    assert second.tree["items"] is base.tree["items"]
    assert first.tree["items"][1] is base.tree["items"][1]


def test_a_plan_goes_to_another_process(tmp_path):
    """A plan and a row survive being sent, and say the same there."""
    table = _table(tmp_path, "case.id;clients[1].surname\na-1;x\n")
    plan = column_plan(table, None, parse_source(BASE.encode(), "base.yaml"))
    there, row = pickle.loads(pickle.dumps((plan, table.rows[0])))  # noqa: S301  # our own bytes
    assert there.source(row) == plan.source(table.rows[0])


def test_a_code_is_told_without_the_case(tmp_path):
    """The code of a row and its place are known before its case is read."""
    table = _table(tmp_path, "clients[1].surname;case.id\nx;a-1\ny;a-2\n")
    plan = column_plan(table)
    file = (tmp_path / "table.csv").as_posix()
    assert [plan.code(row) for row in table.rows] == [("a-1", Place(file, 2, 2)), ("a-2", Place(file, 3, 2))]
    with pytest.raises(CaseError, match="not-a-code"):
        plan.code(_table(tmp_path, "clients[1].surname;case.id\nx;Рахимов\n").rows[0])


def test_a_thousand_rows_cost_little(tmp_path):
    """A case costs far less than a letter, and nothing is kept of it."""
    header = "case.id;" + ";".join(path for path in all_paths()[20:50])
    table = _table(tmp_path, f"{header}\n" + "".join(f"a-{n}{';unknown' * 30}\n" for n in range(1000)))
    plan, rows = column_plan(table, None, parse_source(BASE.encode(), "base.yaml")), list(table.rows)
    tracemalloc.start()
    started = time.process_time()
    for row in rows:
        plan.source(row)
    spent, (kept, _) = time.process_time() - started, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert kept < 50_000
    assert spent < 2  # 0.03 ms a row without the tracing; wide, for a busy machine


def test_all_paths_are_facts():
    """What is suggested can be used, and each group of the case file is among it."""
    assert all(kind_of(path) for path in all_paths())
    assert {path.split(".")[0].split("[")[0] for path in all_paths()} == set(CaseFile.model_fields) - {"letters"}
    assert kind_of("letters.prosecutor-complaint.date") == "day"
    assert kind_of("letters.prosecutor-complaint") is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fault_of_a_cell_has_a_sentence(language):
    """Ids that travel as texts are not seen by the test that looks for them in the code."""
    ids = {
        "number-spoilt", "formula-without-value", "cell-error", "cell-unreadable", "date-unclear", "date-short-year",
        "word-not-mapped", "row-without-code", "date-not-text", "date-incomplete", "truth-not-text", "number-marks",
        "number-computed", "number-format", "text-format", "text-struck", "text-raised",
    }  # fmt: skip
    assert ids <= Messages(language).problem_ids


def test_the_table_of_the_guide_becomes_the_cases_it_tells_of(tmp_path):
    """The mapping and the table of docs/tables.md can be copied as they are."""
    page = (ROOT / "docs" / "tables.md").read_text("utf-8")
    mapping, table = (page.split(f"```{kind}\n")[1].split("```")[0] for kind in ("yaml", "csv"))
    (tmp_path / "table.csv").write_text(table, "utf-8")
    assert outcome(tmp_path / "table.csv", mapping=mapping) == [
        "2: tj-0101, Каримова, Мадина, 2026-03-10 11:20, yes",
        "3: tj-0102, Юсупов, Икром, 2026-03-10 11:35, no",
    ]


def test_a_mapping_file_is_read_strictly():
    """A rule with neither path nor skip, and a file without columns, are refused."""
    with pytest.raises(CaseError, match="column-rule"):
        mapping_of(parse_source(b"columns: {a: {values: {x: y}}}", "map.yaml"))
    with pytest.raises(CaseError, match="missing-key"):
        mapping_of(parse_source(b"{}", "map.yaml"))
