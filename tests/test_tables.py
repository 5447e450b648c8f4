"""Tables that go wrong in every way tables do, and the exact outcome of each."""

import pytest
from tables.outcome import outcome

from generator.tables.model import TableOptions

HEAD = "case.id,clients[1].surname,clients[1].phone\n"
LONG = "case.id;clients[1].surname;clients[1].birth_date\n"
XY = ["2: a-1, x, 1", "3: a-2, y, 2"]
THIRD = "3: a-2, x, 1988-03-05"


def both(problem):
    """Name one problem in the third column of both rows."""
    return [f"2:3 {problem}", f"3:3 {problem}"]


CSV = {
    # encodings
    "utf-8": (HEAD + "a-1,Ҷӯраев,+992 00\n", {}, ["2: a-1, Ҷӯраев, +992 00"]),
    "utf-8 with a mark": (("\ufeff" + HEAD + "a-1,Раҳимов,1\n").encode(), {}, ["2: a-1, Раҳимов, 1"]),
    "utf-16 with a mark": ((HEAD + "a-1,Раҳимов,1\n").encode("utf-16"), {}, ["2: a-1, Раҳимов, 1"]),
    "utf-16 big-endian with a mark": (
        b"\xfe\xff" + (HEAD + "a-1,Раҳимов,1\n").encode("utf-16-be"), {}, ["2: a-1, Раҳимов, 1"]),
    "utf-16 without a mark": ((HEAD + "a-1,Rahimov,1\n").encode("utf-16-le"), {}, ["1:1 table-encoding"]),
    "utf-16 said and without a mark": (
        (HEAD + "a-1,Рахимов,1\n").encode("utf-16-le"), {"encoding": "utf-16"}, ["2: a-1, Рахимов, 1"]),
    "cp1251 said": ((HEAD + "a-1,Рахимов,1\n").encode("cp1251"), {"encoding": "cp1251"}, ["2: a-1, Рахимов, 1"]),
    "cp1251 not said": ((HEAD + "a-1,x,1\na-2,Рахимов,1\n").encode("cp1251"), {}, ["3:1 table-encoding"]),
    "cp1251 said of utf-8": (HEAD + "a-1,Рахимов,1\n", {"encoding": "cp1251"}, ["0:0 encoding-contradicts"]),
    "utf-8 said of utf-16": (
        (HEAD + "a-1,Рахимов,1\n").encode("utf-16"), {"encoding": "utf-8"}, ["0:0 encoding-contradicts"]),
    "an encoding nobody knows": (HEAD + "a-1,x,1\n", {"encoding": "latin-1"}, ["- unknown-encoding"]),
    # separators
    "semicolons": (HEAD.replace(",", ";") + "a-1;x, y;1\n", {}, ["2: a-1, x, y, 1"]),
    "tabs": (HEAD.replace(",", "\t") + "a-1\tx, y\t1;2\n", {}, ["2: a-1, x, y, 1;2"]),
    "bars": (HEAD.replace(",", "|") + "a-1|x|1\n", {}, ["2: a-1, x, 1"]),
    "a line that says the separator": ("sep=;\n" + HEAD.replace(",", ";") + "a-1;x;1\n", {}, ["3: a-1, x, 1"]),
    "one column": ("case.id\na-1\na-2\n", {}, ["2:1 missing-key", "3:1 missing-key"]),
    "two separators in the names": (
        '"case.id";"a, b"\na-1;x\n', {"mapping": "columns: {case.id: case.id, 'a, b': 'clients[1].surname'}"},
        ["2: a-1, x"]),
    "two separators everywhere": ("case.id,a;b\na-1,x;y\n", {}, ["1:1 separator-unclear"]),
    "the separator said": (
        "case.id,a;b\na-1,x;y\n",
        {"separator": ";", "mapping": "columns: {'case.id,a': case.id, b: 'clients[1].surname'}"}, ["2:1 not-a-code"]),
    "a separator nobody knows": (HEAD + "a-1,x,1\n", {"separator": "x"}, ["- unknown-separator"]),
    # quotes and line ends
    "quotes and a line end in a cell": (
        HEAD + 'a-1,"ООО ""Ромашка"",\nфилиал",1\na-2,y,2\n', {}, ['2: a-1, ООО "Ромашка", филиал, 1', "3: a-2, y, 2"]),
    "a quote within a bare cell": (HEAD + 'a-1,ООО "Ромашка",1\n', {}, ['2: a-1, ООО "Ромашка", 1']),
    "a quote that does not close": (HEAD + 'a-1,x,1\na-2,"y,2\na-3,z,3\n', {}, ["3:1 table-quotes"]),
    "text behind a closed quote": (HEAD + 'a-1,"x"y,1\n', {}, ["2:1 table-quotes"]),
    "line ends of an old Mac": ((HEAD + "a-1,x,1\na-2,y,2\n").replace("\n", "\r"), {}, XY),
    "line ends of Windows": ((HEAD + "a-1,x,1\n").replace("\n", "\r\n"), {}, ["2: a-1, x, 1"]),
    # rows
    "nothing": ("", {}, ["0:0 table-empty"]),
    "only blanks": (" , ,\n\n,,\n", {}, ["0:0 table-empty"]),
    "names alone": (HEAD, {}, ["1:1 table-without-rows"]),
    "a row too long": (HEAD + "a-1,x,1,2\na-2,y,2\n", {}, ["2:4 row-too-long", "3: a-2, y, 2"]),
    "a row with separators at its end": (HEAD + "a-1,x,1,,\n", {}, ["2: a-1, x, 1"]),
    "a row too short": (HEAD + "a-1,x\na-2,y,2\n", {}, ["2:2 row-too-short", "3: a-2, y, 2"]),
    "blank rows": (HEAD + "\n,,\na-1,x,1\n , \t,\na-2,y,2\n\n\n", {}, ["4: a-1, x, 1", "6: a-2, y, 2", "blank 3"]),
    "50,000 blank rows": (HEAD + ",,\n" * 50_000 + "a-1,x,1\n", {}, ["50002: a-1, x, 1", "blank 50000"]),
    "50,000 blank rows at the end": (HEAD + "a-1,x,1\n" + ",,\n" * 50_000, {}, ["2: a-1, x, 1"]),
    "comments": ("# как заполнять\n" + HEAD + "#код,фамилия,\na-1,x,1\n,#y,1\n", {},
        ["4: a-1, x, 1", "comments 3"]),
    # columns
    "two columns of one name": ("case.id,clients[1].surname,clients[1].surname\na-1,x,y\n", {}, ["1:3 column-twice"]),
    "a column without a name": ("case.id,,clients[1].surname\na-1,,x\na-2,z,y\n", {}, ["1:2 column-without-name"]),
    "an empty column": ("case.id,,clients[1].surname\na-1,,x\n", {}, ["2: a-1, x"]),
    "no column of codes": ("clients[1].surname,clients[1].phone\nx,1\n", {}, ["1:1 no-code-column"]),
    "columns that are no facts": (
        "case.id,Фамилия,clients[1].surnam,clients[1],items\na-1,x,y,z,1\n", {},
        ["1:2 no-fact-like-it", "1:3 unknown-fact", "1:4 unknown-fact", "1:5 unknown-fact"]),
    "a fact and a part of it": (
        "case.id,clients[1].workplace,clients[1].workplace.ru\na-1,x,y\n", {}, ["1:3 fact-twice"]),
    # codes
    "a row without a code": (HEAD + ",x,1\n", {}, ["2:1 row-without-code"]),
    "a name for a code": (HEAD + "Рахимов,x,1\n", {}, ["2:1 not-a-code"]),
    # cells
    "leading zeros and phones": (HEAD + "001,x,+992000000000\n", {}, ["2: 001, x, +992000000000"]),
    "an empty cell": (HEAD + "a-1,,1\n", {"base": "case: {country: TJ}\nclients: [{surname: z}]"}, ["2: a-1, z, 1"]),
    "a cell that says unknown": (
        HEAD + "a-1,unknown,1\n", {"base": "case: {country: TJ}\nclients: [{surname: z}]"}, ["2: a-1, -, 1"]),
    "spaces around and within": (HEAD + " a-1 ,  Ра\u00a0 химов ,1\n", {}, ["2: a-1, Ра химов, 1"]),
    "a cell of a megabyte": (HEAD + f"a-1,{'я' * 1_000_000},1\na-2,y,2\n", {}, ["2:2 cell-too-long", "3: a-2, y, 2"]),
    "a text too long for a fact": (HEAD + f"a-1,{'я' * 4_001},1\n", {}, ["2:2 text-too-long"]),
    "a control character": (HEAD + "a-1,x\0y,1\n", {}, ["2:2 odd-character"]),
    "a character of direction": (HEAD + "a-1,x\u202ey,1\n", {}, ["2:2 odd-character"]),
    "an invisible character in a name": ("case.id,clients[1].\u200bsurname\na-1,x\n", {}, ["1:2 odd-character"]),
    "a number shortened": (HEAD + 'a-1,x,9.92E+11\na-2,x,"9,92E+11"\n', {}, both("number-spoilt")),
    "a member of a list before the first": (
        "case.id,clients[1].surname,items[1].serial,items[2].serial\na-1,x,,s2\na-2,x,s1,s2\n", {},
        ["2:4 number-skipped", "3: a-2, x, s1, s2"]),
    "a list in a cell": ('case.id;clients[1].surname;items[1].imei\na-1;x;"1; 2;"\n', {}, ["2: a-1, x, 1+2"]),
    "all that is wrong with a row": (
        "case.id,clients[1].sex,clients[1].birth_date,clients[1].minor,detention.officers\nA,x,1/2/2000,maybe,0\n", {},
        ["2:1 not-a-code", "2:2 not-a-choice", "2:3 date-unclear", "2:4 not-an-answer", "2:5 not-a-number"]),
    # dates
    "dates with dots": (LONG + "a-1;x;05.03.1988\na-2;x;5.3.1988 г.\n", {}, ["2: a-1, x, 1988-03-05", THIRD]),
    "dates as in a case": (LONG + "a-1;x;1988-03-05\n", {}, ["2: a-1, x, 1988-03-05"]),
    "dates of two meanings": (LONG + "a-1;x;03/04/1988\na-2;x;03-04-1988\n", {}, both("date-unclear")),
    "years of two digits": (LONG + "a-1;x;05.03.88\na-2;x;05/03/88\n", {}, both("date-short-year")),
    "days that do not exist": (LONG + "a-1;x;31.02.1988\n", {}, ["2:3 not-a-date"]),
    "a bare number for a date": (LONG + "a-1;x;45356\n", {}, ["2:3 not-a-date"]),
}  # fmt: skip


@pytest.mark.parametrize("name", CSV)
def test_a_csv_has_exactly_this_outcome(name, tmp_path):
    """Each row becomes the case that its author meant, or is refused at the row and column that is wrong."""
    content, settings, expected = CSV[name]
    path = tmp_path / "table.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    given = {key: value for key, value in settings.items() if key in {"encoding", "separator", "sheet"}}
    rest = {key: value for key, value in settings.items() if key not in given}
    assert outcome(path, TableOptions(**given), **rest) == expected
