"""A long batch takes hardly more memory than a short one."""

import gc
import multiprocessing
import sys
import tracemalloc
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import date

import pytest
from batches import case_text
from letters import FOLDERS, ROOT, case_from, example, letter_of

from generator.batch.ledger import Ledger
from generator.batch.model import MadeFile, Outcome
from generator.batch.pool import Here
from generator.batch.prepare import TableWish, batch_of_table, selection_of
from generator.batch.run import Crew, run
from generator.digests import sha256
from generator.limits import _data_bytes
from generator.render.engine import PRINTERS
from generator.render.house_style import load
from generator.writing import Wish

FEW, MANY = 128, 640
COLUMNS = ("case.id", "clients[1].surname", "clients[1].address_service.ru", "detention.released_at")


def _row(number):
    """Return a row as long as one of the benchmark, of which most stands in other rows too."""
    own = sha256(str(number).encode())[:40]
    return f"c-{number:05};Рахимов;{'г. Душанбе, ул. Лесная, д. 3, ' * 15}кв. {own};04.05.2026 14:45"


def _memory(folder, number):
    """Return the memory at its peak while a table is read, and what is kept when the last letter is made."""
    folder.mkdir()
    (folder / "base.yaml").write_text(case_text("x").replace("  id: x\n", ""), "utf-8")
    (folder / "clients.csv").write_text("\n".join([";".join(COLUMNS), *map(_row, range(number))]), "utf-8")
    wish, kept = Wish(date(2026, 6, 1), formats=("docx",)), []

    def made(_setup, tasks):
        if tasks[-1].unit.position == number:
            kept.append(_in_use())
        return [_made(task.unit) for task in tasks]

    before = _in_use()
    how = TableWish(base=folder / "base.yaml")
    batch = batch_of_table(folder / "clients.csv", how, wish, folder / "out", FOLDERS)
    peak = tracemalloc.get_traced_memory()[1]
    with Ledger(batch.setup.out, selection_of(batch.setup.wish), batch.origin) as ledger:
        outcomes = (each for part in run(batch.units, batch.setup, Crew(Here, 1, 32, made), ledger) for each in part)
        assert sum(each.state == "made" for each in outcomes) == number
    return peak - before, kept[0] - before


@pytest.mark.skipif(sys.platform != "linux", reason="the limit of memory is that of Linux")
@pytest.mark.parametrize("engine", ["weasyprint", "typst"])
def test_a_letter_leaves_no_memory_behind(engine):
    """Also none of a library, of which Python knows nothing: a worker of a long batch has the limit of one letter."""
    alone = ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn"))  # the tests have full, odd heaps
    with alone:
        used = alone.submit(_used_with_letters, engine).result()
    assert min(used[45:]) - max(used[15:30]) < 1024 * 1024  # both keep things for a while and drop them


def _used_with_letters(engine):
    """Return the memory of data after each of some letters."""
    style = load(ROOT / "templates" / "house-styles" / "plain")
    case = case_from(example("rustam.yaml"))
    used = []
    for number in range(60):
        printed = replace(letter_of(case, "ru").letter, running=f"{number}")
        PRINTERS[engine]["pdf"](printed, style)
        gc.collect()
        used.append(_data_bytes())
    return used


def _in_use():
    gc.collect()
    tracemalloc.reset_peak()
    return tracemalloc.get_traced_memory()[0]


def _made(unit):
    file = MadeFile(f"{unit.code}_prosecutor-complaint_ru.docx", "prosecutor-complaint", "ru", "0" * 64)
    return Outcome(unit.position, unit.place, unit.code, "made", "0" * 64, (file,))


def test_a_row_costs_little_memory(tmp_path):
    """While a table is read a row costs about its bytes in the file, and later a fraction of these."""
    _memory(tmp_path / "first", 1)  # what is loaded once for all is not counted
    tracemalloc.start()
    (peak_of_few, few), (peak_of_many, many) = _memory(tmp_path / "few", FEW), _memory(tmp_path / "many", MANY)
    tracemalloc.stop()
    assert (peak_of_many - peak_of_few) / (MANY - FEW) < 2 * len(_row(1).encode())
    assert (many - few) / (MANY - FEW) < 200
