"""Tables that go wrong in every way tables do, and the exact outcome of each."""

import io
import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tables.books import formula, line, number, ods, row, value, xlsx, zipped
from tables.outcome import outcome

from generator.errors import CaseError
from generator.tables.model import TableOptions
from generator.tables.package import MAX_UNPACKED
from generator.tables.read import read_table

HEAD = "case.id,clients[1].surname,clients[1].phone\n"
LONG = "case.id;clients[1].surname;clients[1].birth_date\n"
DAYS = "case.id,clients[1].surname,detention.apprehended_at\n"
XY = ["2: a-1, x, 1", "3: a-2, y, 2"]
LANGUAGES = """
columns:
  Код: case.id
  Ф: clients[1].surname
  С: {path: "clients[1].languages", values: {ру: ru, тадж: tg}}
"""
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
    "cp1251 by another name": (
        (HEAD + "a-1,Рахимов,1\n").encode("cp1251"), {"encoding": "Windows-1251"}, ["2: a-1, Рахимов, 1"]),
    "cp1251 not said": ((HEAD + "a-1,x,1\na-2,Рахимов,1\n").encode("cp1251"), {}, ["3:1 table-encoding"]),
    "cp1251 behind a mark of utf-8": (
        b"\xef\xbb\xbf" + (HEAD + "a-1,x,1\nЙ").encode("cp1251"), {}, ["3:1 table-encoding"]),
    "cp1251 said of utf-8": (HEAD + "a-1,Рахимов,1\n", {"encoding": "cp1251"}, ["0:0 encoding-contradicts"]),
    "utf-8 said of utf-16": (
        (HEAD + "a-1,Рахимов,1\n").encode("utf-16"), {"encoding": "utf-8"}, ["0:0 encoding-contradicts"]),
    "an encoding nobody knows": (HEAD + "a-1,x,1\n", {"encoding": "latin-1"}, ["- unknown-encoding"]),
    # separators
    "semicolons": (HEAD.replace(",", ";") + "a-1;x, y;1\n", {}, ["2: a-1, x, y, 1"]),
    "tabs": (HEAD.replace(",", "\t") + "a-1\tx, y\t1;2\n", {}, ["2: a-1, x, y, 1;2"]),
    "bars": (HEAD.replace(",", "|") + "a-1|x|1\n", {}, ["2: a-1, x, 1"]),
    "a line that says the separator": ("sep=;\n" + HEAD.replace(",", ";") + "a-1;x;1\n", {}, ["3: a-1, x, 1"]),
    "such a line on an old Mac": ("sep=;\r" + HEAD.replace(",", ";") + "a-1;x;1\n", {}, ["3: a-1, x, 1"]),
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
    "a quote that does not close for megabytes": (
        HEAD + 'a-1,"x\n' + "a-2,y,2\n" * 700_000, {}, ["2:1 row-without-end"]),
    "a row of a million cells": (HEAD + "a-1," + "," * 5_000_000, {}, ["2:1 row-without-end"]),
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
    "a row that ends early, as Excel writes it": (HEAD + "a-1,x\na-2,y,2\n", {}, ["2: a-1, x, -", "3: a-2, y, 2"]),
    "a row cut in two": (
        HEAD + "a-1,x\ny,1\na-2,y,2\n", {}, ["2:1 row-cut", "3:1 row-cut", "4: a-2, y, 2"]),
    "a row cut in three": (
        HEAD + "a-1,x\n\ny\nz,1\na-2,y,2\n", {},
        ["2:1 row-cut", "4:1 row-cut", "5:1 row-cut", "6: a-2, y, 2", "blank 1"]),
    "Excel leaves out an empty end": (
        HEAD[:-1] + ",incident.place\n" + "a-1,x,1\n" * 20, {}, [f"{n}: a-1, x, 1, -" for n in range(2, 22)]),
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
    "words of a list": (
        'Код;Ф;С\na-1;x;Ру, ТАДЖ\na-2;x;"ру; тадж"\n', {"mapping": LANGUAGES},
        ["2:3 word-not-mapped", "3: a-2, x, ru+tg"]),
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
    "seconds as other programs write them": (
        DAYS + "a-1,x,2024-03-05 14:30:00\n", {}, ["2: a-1, x, 2024-03-05 14:30"]),
    "seconds that say something": (DAYS + "a-1,x,2024-03-05 14:30:12\n", {}, ["2:3 not-a-moment"]),
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


MERGED = '<mergeCells><mergeCell ref="A2:A3"/></mergeCells>'
OTHER = row("case.id", "clients[1].surname") + row("b-1", "y")
GROWING = '<!DOCTYPE sst [<!ENTITY b "bbbbbbbb"><!ENTITY c "&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;">]>'
SHARED = "<si><r><t>Ра</t></r><r><t>химов</t></r><rPh><t>x</t></rPh></si><si><t>_x041F_x_x000D_y</t></si>"
XLSX = {
    "text, days, moments": (
        xlsx(row("a-1", "Рахимов", number("32207", "day"), number("45356.604166666664", "moment"))),
        ["2: a-1, Рахимов, 1988-03-05, 2024-03-05 14:30"]),
    "days counted from 1904": (
        xlsx(row("a-1", "x", number("30745", "day"), number("43894.604166666664", "moment")),
             properties='date1904="1"'),
        ["2: a-1, x, 1988-03-05, 2024-03-05 14:30"]),
    "a day whose format hides the time": (
        xlsx(row("a-1", "x", number("32207.5", "day"))), ["2: a-1, x, 1988-03-05, -"]),
    "the day that Excel made up": (xlsx(row("a-1", "x", number("60", "day"))), ["2:3 cell-unreadable"]),
    "a time of day for a moment": (xlsx(row("a-1", "x", "", number("0.5", "clock"))), ["2:4 not-a-moment"]),
    "seconds": (xlsx(row("a-1", "x", "", number("45356.6042", "moment"))), ["2:4 not-a-moment"]),
    "a date as text": (
        xlsx(row("a-1", "x", "05.03.1988", "05.03.2024 9:05")), ["2: a-1, x, 1988-03-05, 2024-03-05 09:05"]),
    "a date as text of two meanings": (xlsx(row("a-1", "x", "05/03/1988")), ["2:3 date-unclear"]),
    "whole numbers": (
        xlsx(row(number("17"), number("992900000001")), row("a-2", number("9.9290000000100000E11"))),
        ["2: 17, 992900000001, -, -", "3: a-2, 992900000001, -, -"]),
    "a day of the strict form": (
        xlsx(row("a-1", "x", '<c t="d" s="2"><v>1988-03-05T00:00:00</v></c>',
                 '<c t="d" s="3"><v>2024-03-05T14:30:00</v></c>')),
        ["2: a-1, x, 1988-03-05, 2024-03-05 14:30"]),
    "a broken number": (xlsx(row("a-1", number("0.1"))), ["2:2 number-marks"]),
    "leading zeros by format": (xlsx(row("a-1", number("123", "zeros"))), ["2: a-1, 000123, -, -"]),
    "a number in a cell of text": (xlsx(row("a-1", number("123", "text"))), ["2: a-1, 123, -, -"]),
    "an IMEI as a number": (xlsx(row("a-1", number("350000000000019"))), ["2: a-1, 350000000000019, -, -"]),
    "a card number as a number": (xlsx(row("a-1", number("4400000000000012"))), ["2:2 number-spoilt"]),
    "a number beyond digits": (xlsx(row("a-1", number("1E+20"))), ["2:2 number-spoilt"]),
    "a truth value": (xlsx(row("a-1", '<c t="b"><v>1</v></c>')), ["2:2 truth-not-text"]),
    "shared strings": (
        xlsx(row("a-1", '<c t="s"><v>0</v></c>'), row("a-2", '<c t="s"><v>1</v></c>'), shared=SHARED),
        ["2: a-1, Рахимов, -, -", "3: a-2, Пx y, -, -"]),
    "formulas with values": (
        xlsx(row("a-1", formula("<v>Рахимов</v>", 't="str"'), formula("<v>32207</v>", 's="2"'))),
        ["2: a-1, Рахимов, 1988-03-05, -"]),
    "formulas without values": (
        xlsx(row("a-1", formula(), formula("<v></v>")), row("a-2", "y")),
        ["2:2 formula-without-value", "2:3 formula-without-value", "3: a-2, y, -, -"]),
    "a formula whose value is no text": (xlsx(row("a-1", formula("<v></v>", 't="str"'))), ["2:1 missing-key"]),
    "an error": (xlsx(row("a-1", formula("<v>#N/A</v>", 't="e"'))), ["2:2 cell-error"]),
    "a hidden row": (
        xlsx(row("a-1", "x", attributes='hidden="1"'), row("a-2", "y")), ["3: a-2, y, -, -", "hidden 1"]),
    "all rows hidden": (xlsx(row("a-1", "x", attributes='hidden="1"')), ["1:1 table-without-rows"]),
    "cells merged over two rows": (
        xlsx(row("a-1", "x"), row("", "y"), row("a-3", "z"), after=MERGED),
        ["2:1 merged-cells", "3:1 merged-cells", "4: a-3, z, -, -"]),
    "cells merged beyond the last row": (
        xlsx(row("a-1", "x"), after='<mergeCells><mergeCell ref="A2:B9999999"/></mergeCells>' * 30),
        ["2:1 merged-cells", "2:2 merged-cells"]),
    "cells merged again and again": (
        xlsx(*[row(f"a-{n}", "x") for n in range(400)],
             after="".join(f'<mergeCell ref="A2:{chr(66 + n % 20)}401"/>' for n in range(400))),
        ["0:0 table-damaged"]),
    "a row twice": (xlsx('<row r="2"/>', '<row r="2"><c t="str"><v>a-1</v></c></row>'), ["0:0 table-damaged"]),
    "a row before the first": (xlsx('<row r="0"><c t="str"><v>a-1</v></c></row>'), ["0:0 table-damaged"]),
    "a row beyond the last": (xlsx('<row r="1048577"><c t="str"><v>a-1</v></c></row>'), ["0:0 table-damaged"]),
    "a cell twice": (
        xlsx('<row><c r="A2" t="str"><v>a-1</v></c><c r="A2" t="str"><v>a-2</v></c></row>'), ["0:0 table-damaged"]),
    "a million elements that say nothing": (xlsx(row("a-1", "x"), "<a/>" * 1_000_000), ["0:0 table-damaged"]),
    "a million cells that say nothing": (xlsx(f"<row>{'<c/>' * 1_000_000}</row>"), ["0:0 table-damaged"]),
    "cells merged in the names": (
        xlsx(row("a-1", "x"), after=MERGED.replace("A2:A3", "A1:B1")), ["1:1 merged-cells"]),
    "rows and cells with gaps": (
        xlsx('<row r="5"><c r="B5" t="str"><v>x</v></c><c r="A5" t="str"><v>a-1</v></c></row>'),
        ["5: a-1, x, -, -", "blank 3"]),
    "50,000 rows with nothing but formats": (
        xlsx(row("a-1", "x"), *['<row><c s="1"/><c s="1"/></row>'] * 50_000), ["2: a-1, x, -, -"]),
    "a cell beyond the names": (xlsx(row("a-1", "x", "", "", "note")), ["1:5 column-without-name"]),
    "a cell of a megabyte": (xlsx(row("a-1", "я" * 1_000_000)), ["2:2 cell-too-long"]),
    "two sheets": (xlsx(row("a-1", "x"), Лист2=("visible", OTHER)), ["0:0 sheet-unclear"]),
    "two sheets, one empty": (xlsx(row("a-1", "x"), Лист2=("visible", "")), ["2: a-1, x, -, -"]),
    "two sheets, one hidden": (xlsx(row("a-1", "x"), Лист2=("veryHidden", OTHER)), ["2: a-1, x, -, -"]),
    "no workbook": (zipped({"a.txt": "x"}), ["0:0 table-damaged"]),
    "half a workbook": (xlsx(row("a-1", "x"))[:900], ["0:0 table-damaged"]),
    "an old workbook, or one with a password": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, ["0:0 table-old-format"]),
    "a string that is not there": (xlsx(row("a-1", '<c t="s"><v>7</v></c>')), ["0:0 table-damaged"]),
    "entities that grow": (
        xlsx(row("a-1", "x"), shared="<si><t>x</t></si>", doctype=GROWING), ["0:0 table-damaged"]),
}  # fmt: skip
ODS = {
    "text, days, moments": (
        ods(line("a-1", "Рахимов", value("date", 'office:date-value="1988-03-05"', "05.03.88"),
                 value("date", 'office:date-value="2024-03-05T14:29:59.9999997"'))),
        ["2: a-1, Рахимов, 1988-03-05, 2024-03-05 14:30"]),
    "numbers": (
        ods(line(value("float", 'office:value="17"', "17"), value("float", 'office:value="123"', "000123")),
            line("a-2", value("float", 'office:value="992900000001"', "9,93E+11")),
            line("a-3", value("float", 'office:value="4.40000000000001E+15"', "4,4E+15"))),
        ["2: 17, 000123, -, -", "3:2 number-spoilt", "4:2 number-spoilt"]),
    "a truth value and a time": (
        ods(line("a-1", value("boolean", 'office:boolean-value="true"', "ИСТИНА")),
            line("a-2", "x", "", value("time", 'office:time-value="PT14H30M00S"', "14:30"))),
        ["2:2 truth-not-text", "3:4 not-a-moment"]),
    "formulas": (
        ods(line("a-1", value("string", 'table:formula="of:=[.A1]"', "x")),
            line("a-2", '<table:table-cell table:formula="of:=[.A1]"/>'),
            line("a-3", value("string", 'table:formula="of:=NA()" calcext:value-type="error"', "#Н/Д"))),
        ["2: a-1, x, -, -", "3:2 formula-without-value", "4:2 cell-error"]),
    "a row that stands less than once": (
        ods(line("a-1", "x", attributes='table:number-rows-repeated="-5"')), ["0:0 table-damaged"]),
    "a cell that stands less than once": (
        ods(line("a-1", value("string", 'table:number-columns-repeated="-5"', "x"))), ["0:0 table-damaged"]),
    "a cell over very many rows": (
        ods(line(value("string", 'table:number-rows-spanned="999999999"', "a-1"), "x")),
        ["2:1 merged-cells"]),
    "rows hidden and filtered": (
        ods(line("a-1", "x", attributes='table:visibility="collapse"'),
            line("a-2", "x", attributes='table:visibility="filter"'),
            '<table:table-row-group table:display="false">' + line("a-3", "x") + "</table:table-row-group>",
            line("a-4", "y")),
        ["5: a-4, y, -, -", "hidden 3"]),
    "merged cells": (
        ods(line(value("string", 'table:number-rows-spanned="2"', "a-1"), "x"),
            line("<table:covered-table-cell/>", "y")),
        ["2:1 merged-cells", "3:1 merged-cells"]),
    "a million empty rows": (
        ods(line("a-1", "x"), line('<table:table-cell table:number-columns-repeated="1024"/>',
            attributes='table:number-rows-repeated="1000000"'), line("a-2", "y")),
        ["2: a-1, x, -, -", "1000003: a-2, y, -, -", "blank 1000000"]),
    "a million equal rows": (
        ods(line("a-1", "x", attributes='table:number-rows-repeated="1000000"')), ["2:1 table-too-long"]),
    "a row a million cells wide": (
        ods(line("a-1", value("string", 'table:number-columns-repeated="1000000"', "x"))), ["2:1 table-too-long"]),
    "comments, spaces and line breaks": (
        ods(line("a-1", value("string", "", "<office:annotation><text:p>тайна</text:p></office:annotation>"
            "<text:p>Ра<text:s text:c='3'/><text:span>хи</text:span>мов<text:line-break/>x</text:p>"
            "<text:p>y</text:p>"))),
        ["2: a-1, Ра химов x y, -, -"]),
    "two sheets": (ods(line("a-1", "x"), Лист2=line("x")), ["0:0 sheet-unclear"]),
    "a hidden sheet": (ods(line("a-1", "x"), Лист2=""), ["2: a-1, x, -, -"]),
    "no content": (
        zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), ["0:0 table-damaged"]),
}  # fmt: skip


@pytest.mark.parametrize("name", XLSX)
def test_an_xlsx_has_exactly_this_outcome(name, tmp_path):
    """What a cell shows is what it says; what the program has spoilt, hidden or merged is refused or left out."""
    content, expected = XLSX[name]
    (tmp_path / "table.xlsx").write_bytes(content)
    assert outcome(tmp_path / "table.xlsx") == expected


@pytest.mark.parametrize("name", ODS)
def test_an_ods_has_exactly_this_outcome(name, tmp_path):
    """As for XLSX."""
    content, expected = ODS[name]
    (tmp_path / "table.ods").write_bytes(content)
    assert outcome(tmp_path / "table.ods") == expected


@pytest.mark.parametrize("encoding", ["cp037", "utf-7", "utf-32"])
def test_a_part_in_an_odd_encoding_is_refused(encoding, tmp_path):
    """In some encodings tags look otherwise, and could not be counted."""
    content = xlsx(row("a-1", "x"))
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = {name: package.read(name).decode() for name in package.namelist()}
    sheet = "xl/worksheets/0.xml"
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        for name, text in parts.items():
            said = f'<?xml version="1.0" encoding="{encoding}"?>'
            package.writestr(name, (said + text).encode(encoding) if name == sheet else text)
    (tmp_path / "table.xlsx").write_bytes(target.getvalue())
    assert outcome(tmp_path / "table.xlsx") == ["0:0 table-damaged"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("name", ["xl/worksheets/0.xml", "xl/worksheets/0.XML"])
def test_a_workbook_with_a_part_twice_is_refused(name, tmp_path):
    """One program shows the first of the two, another the last."""
    path = tmp_path / "table.xlsx"
    path.write_bytes(xlsx(row("a-1", "x")))
    with zipfile.ZipFile(path, "a") as package:
        package.writestr(name, package.read("xl/worksheets/0.xml").replace(b"a-1", b"a-2"))
    assert outcome(path) == ["0:0 table-damaged"]


def test_blank_rows_count_too(tmp_path, monkeypatch):
    """A file may be nothing but ends of lines, more of them than any spreadsheet program writes."""
    monkeypatch.setattr("generator.tables.separated._MAX_RECORDS", 1_000)
    (tmp_path / "table.csv").write_text(HEAD + "\n" * 1_000, "utf-8")
    assert outcome(tmp_path / "table.csv") == ["1001:1 table-too-long"]


def test_a_table_that_takes_too_long_is_given_up(tmp_path, monkeypatch):
    """A small file may unpack to work for minutes; the time it gets grows with its size."""
    monkeypatch.setattr("generator.tables.package._SECONDS", -1)
    (tmp_path / "table.xlsx").write_bytes(xlsx(row("a-1", "x")))
    assert outcome(tmp_path / "table.xlsx") == ["0:0 table-takes-too-long"]


TWO_SHEETS = [xlsx(row("a-1", "x"), Лист2=("visible", OTHER)), ods(line("a-1", "x"), Лист2=line("x"))]


@pytest.mark.parametrize("content", TWO_SHEETS)
def test_a_sheet_is_chosen_by_its_name(content, tmp_path):
    """Of several sheets the one named is read; a name that no visible sheet has is refused with those there are."""
    (tmp_path / "table").write_bytes(content)
    assert outcome(tmp_path / "table", TableOptions(sheet="Дела")) == ["2: a-1, x, -, -"]
    with pytest.raises(CaseError) as caught:
        read_table(tmp_path / "table", TableOptions(sheet="тайный"))
    assert [(p.id, p.values) for p in caught.value.problems] == [("unknown-sheet", {"known": "Дела, Лист2"})]


def test_a_workbook_that_grows_is_refused_unread(tmp_path):
    """A small file that would unpack to more than a table can be is not unpacked."""
    path = tmp_path / "table.xlsx"
    package = zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1)
    with package, package.open("xl/worksheets/sheet1.xml", "w") as part:
        for _ in range(MAX_UNPACKED // 2**20 + 1):
            part.write(b" " * 2**20)
    assert path.stat().st_size < 2 * 2**20
    assert outcome(path) == ["0:0 table-too-large"]


@given(st.one_of(st.binary(), st.text().map(str.encode), st.text(alphabet='ab;,"\n\r\t #=|1.').map(str.encode)))
def test_any_bytes_are_a_table_or_refused(content):
    """No file brings the reader down, and no row lacks a cell."""
    _read_or_refused(content)


@given(st.sampled_from([*TWO_SHEETS, XLSX["shared strings"][0], ODS["numbers"][0]]), st.data())
def test_a_damaged_workbook_is_a_table_or_refused(content, data):
    """Whatever byte is lost or changed on the way."""
    at = data.draw(st.integers(0, len(content) - 1))
    changed = data.draw(st.binary(max_size=3))
    _read_or_refused(content[:at] + changed + content[at + len(changed) :])


@given(st.sampled_from(["row", "c", "v", "f", "is", "t"]), st.text(alphabet='rstabcefn="</>0159AB:{}&;', max_size=12))
def test_odd_xml_is_a_table_or_refused(tag, content):
    """Whatever stands in the place of what a spreadsheet program would write."""
    _read_or_refused(xlsx(f"<row><c>{content}</c></row>", f"<{tag} {content}/>"))
    _read_or_refused(xlsx(row("a-1", f'<c t="s"><v>{content}</v></c>', f'<c r="{content}"><v>{content}</v></c>')))
    _read_or_refused(ods(line("a-1", value("date", f'office:date-value="{content}"', content))))


def _read_or_refused(content):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table"
        path.write_bytes(content)
        try:
            table = read_table(path)
        except CaseError as fault:
            assert fault.problems  # not raising is fine too
        else:
            assert {len(each.cells) for each in table.rows} == {len(table.header)}
