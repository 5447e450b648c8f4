"""The benchmark compares like with like, and its checks can fail. Nothing is timed here."""

import csv
import io
import re
from dataclasses import replace

import pytest
from benching.clients import MOST, rows, spoiled, table
from benching.clock import Run, timed
from benching.letters import letters, style
from benching.naive import DOCXTPL, template_of
from benching.ratios import FURTHER, RATIOS
from benching.right import made, same
from benching.timed_line import PLACES, RENDER
from benching.ways import QUICK, SCENES, Place
from docxtpl import DocxTemplate
from letters import ROOT

from generator.cli import main
from generator.document import plain
from generator.render.docx import render_docx
from generator.render.read_docx import read_docx

NUMBER = 10  # of letters: among them each shape that there is
HOUR = Run(letters=101, seconds=3600.0, cpu_seconds=3600.0, peak_mib=110.0, stages={"render": 1000.0})


@pytest.fixture(scope="module")
def clients(tmp_path_factory):
    path = tmp_path_factory.mktemp("bench") / "clients.csv"
    path.write_bytes(table(rows(NUMBER)))
    return path


def _batch(monkeypatch, source, out):
    tools = ROOT / "tools" / "benching"
    how = ["--mapping", f"{tools / 'mapping.yaml'}", "--base", f"{tools / 'base.yaml'}", "--as-of", "2026-07-01"]
    command = [
        "arznoma",
        "--ui",
        "en",
        "batch",
        f"{source}",
        *how,
        "--format",
        "docx",
        "--jobs",
        "1",
        "--out",
        f"{out}",
    ]
    monkeypatch.setattr("sys.argv", command)
    with pytest.raises(SystemExit):
        main()


def test_no_two_clients_are_alike():
    """Names and every number of one client are of no other."""
    cells = list(rows(MOST))
    for columns in (("Фамилия", "Имя", "Отчество"), ("Код",), ("Телефон",), ("IMEI",), ("Номер дела",)):
        assert len({tuple(row[name] for name in columns) for row in cells}) == MOST


def test_the_naive_script_says_what_we_say(clients, tmp_path):
    """Each letter of the usual script has the paragraphs of ours, with their numbers, and the same foot."""
    ours = dict(letters(clients))
    template = template_of(list(ours.values()))
    (tmp_path / "template.docx").write_bytes(render_docx(template.letter(DOCXTPL), style()))
    assert len(template.conditions) > 1
    for code, letter in ours.items():
        document = DocxTemplate(tmp_path / "template.docx")
        document.render(template.values(letter), autoescape=True)
        document.save(tmp_path / f"{code}.docx")
        theirs = (tmp_path / f"{code}.docx").read_bytes()
        assert read_docx(theirs) == read_docx(render_docx(letter, style()))


def test_a_value_is_typed_where_letters_differ(clients):
    """What all letters share is text of the template; what is one's own is a value."""
    ours = list(dict(letters(clients)).values())
    filled = template_of(ours).letter(DOCXTPL)
    said = {plain(line).replace("\N{NO-BREAK SPACE}", " ") for group in filled.corner for line in group}
    assert any(re.fullmatch(r"тел\.: \{\{ з\d+ \}\}", line) for line in said)
    assert "представитель: адвокат Валиев Комрон Бахтиёрович," in said


def test_the_check_knows_another_ones_letter(clients, tmp_path, monkeypatch):
    """A letter with the words of another row is counted as wrong, and one that is missing as not there."""
    _batch(monkeypatch, clients, tmp_path)
    found = made(clients, tmp_path, ".docx")
    assert (found["made"], found["files_there"], found["sampled_right"]) == (NUMBER, NUMBER, NUMBER)
    first, second, third = (
        tmp_path / code / f"{code}_prosecutor-complaint_ru.docx"
        for code in ("client-00001", "client-00002", "client-00003")
    )
    first.write_bytes(second.read_bytes())
    assert made(clients, tmp_path, ".docx")["sampled_right"] == NUMBER - 1
    peer = tmp_path / "peer"
    peer.mkdir()
    (peer / "client-00001.docx").write_bytes(third.read_bytes())
    assert same(tmp_path, peer, ".docx") == {"files": 1, "compared": 1, "same_words": 0}


def test_each_spoiled_row_is_refused_by_name(tmp_path, monkeypatch):
    """Of the rows that are made bad none becomes a letter, and each is named."""
    cells = csv.DictReader(io.StringIO(table(spoiled(rows(200))).decode("utf-8-sig")), delimiter=";")
    bad = [row for row in cells if row["Код"] in {"client-00100", "client-00200"}]
    (tmp_path / "bad.csv").write_bytes(table(bad))
    _batch(monkeypatch, tmp_path / "bad.csv", tmp_path / "out")
    results = (tmp_path / "out" / "results.csv").read_text("utf-8-sig").splitlines()[1:]
    assert [line.split(";")[3:5] for line in results] == [[f'"{row["Код"]}"', '"refused"'] for row in bad]


def test_ratios_are_told_from_runs():
    """Start-up is part of a plain ratio, and taken out where further letters are compared."""
    one = replace(HOUR, letters=1, seconds=600.0, peak_mib=100.0, stages={"render": 0.0})
    half = replace(HOUR, seconds=1800.0)
    assert RATIOS["docx_vs_naive"].of(HOUR, half) == 2
    assert RATIOS["linear"].of(HOUR, replace(HOUR, letters=201, seconds=6600.0), one) == 1
    assert RATIOS["line_overhead"].of(HOUR, one) == 2
    assert RATIOS["memory_flat"].of(HOUR, one) == pytest.approx(1.1)


def test_every_way_that_a_ratio_needs_is_there(tmp_path):
    """A ratio names a scene and ways of it, and so does what is told of further letters."""
    ways = {name: set(scene(Place(tmp_path, QUICK))) for name, scene in SCENES.items()}
    assert all(set(ratio.ways) <= ways[ratio.scene] for ratio in RATIOS.values())
    assert {*FURTHER, *FURTHER.values()} <= set().union(*ways.values())


def test_the_page_names_every_ratio_with_its_aims():
    """docs/performance.md has a row for each ratio, with the target and the stretch that the benchmark holds it to."""
    page = (ROOT / "docs" / "performance.md").read_text("utf-8")
    told = re.findall(r"^\| `(\w+)` \|.*?\| ([\d.]+) \| ([\d.]+) \|", page, re.MULTILINE)
    assert {name: (float(target), float(stretch)) for name, target, stretch in told} == {
        name: (ratio.target, ratio.stretch) for name, ratio in RATIOS.items()
    }


def test_every_stage_is_timed(clients, tmp_path):
    """The clock of the stages finds each of them in the program, and all together are less than the whole."""
    place = Place(tmp_path, QUICK)
    (tmp_path / "out").mkdir()
    (tmp_path / "1.csv").write_bytes(clients.read_bytes())
    run = timed(place.batch("timed", 1, "--format", "docx", timing=True))
    assert set(run.stages) == {RENDER, *(stage for _, _, stage in PLACES)}
    assert min(run.stages.values()) > 0
    assert sum(run.stages.values()) < run.seconds
