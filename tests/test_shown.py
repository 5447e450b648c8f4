"""What a cell of a workbook shows is what a letter says; what cannot be told for sure is refused in its cell."""

import io
import zipfile
from datetime import date, datetime

import pytest
import xlsxwriter
from tables.books import line, ods, value, zipped
from tables.outcome import outcome

from generator.tables.model import TableOptions

PHONE, MINOR, OFFICERS = "clients[1].phone", "clients[1].minor", "detention.officers"
BORN, TAKEN, WORTH = "clients[1].birth_date", "detention.apprehended_at", "items[1].value"
BASE = "case: {country: TJ}\nclients: [{surname: x}]\nitems: [{kind: phone}]\n"
STRUCK, ABOVE, BELOW = {"font_strikeout": True}, {"font_script": 1}, {"font_script": 2}
DAY, MOMENT = date(2026, 3, 26), datetime(2026, 5, 4, 9, 30)  # noqa: DTZ001  # a cell has no zone


def _xlsx(path, column, fill):
    """Write a workbook with a code and one more cell, which `fill(book, sheet)` puts into B2."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["case.id", column])
        sheet.write_string(1, 0, "a-1")
        fill(book, sheet)


def _told(path):
    """Return what the second column says, or the id of what is wrong with it."""
    (found,) = outcome(path, base=BASE)
    return found.removeprefix("2: a-1, ").removeprefix("2:2 ")


def _formatted(content, code):
    def fill(book, sheet):
        style = book.add_format({"num_format": code})
        write = sheet.write_datetime if isinstance(content, date) else sheet.write
        write(1, 1, content, style)

    return fill


@pytest.mark.parametrize(
    ("number", "code", "expected"),
    [
        # plain
        (17, "General", "17"),
        (350000000000019, "0", "350000000000019"),
        (-5, "General", "-5"),
        (0, "0", "0"),
        (123, "@", "123"),
        (999, "#,##0", "999"),
        (7, 1, "7"),
        (7, 3, "7"),
        # zeros and signs
        (992900000001, "+0", "+992900000001"),
        (992900000001, "+#\\ ###\\ ###\\-##\\-##", "+99 290 000-00-01"),
        (900000001, '"+992 "00\\ 000\\ 0000', "+992 90 000 0001"),
        (120003, "0000 0000", "0012 0003"),
        (120003, "00-00-0000", "00-12-0003"),
        (17, '00"/26"', "17/26"),
        (7, '"№ "000', "№ 007"),
        (7, '"№ "General', "№ 7"),
        (5, "0##", "005"),
        (17, "[Red]000;-0;;@", "017"),
        (-17, "0;(0)", "(17)"),
        (-17, "000", "-017"),
        (50, "[$№-419] 0", "№ 50"),
        (17, "_-* 0_-", "17"),
        (0.5, "0%", "50%"),
        (12345, "0", "12345"),
        # a sign that differs from computer to computer
        (12.1, "0.00", "number-marks"),
        (12.1, "General", "number-marks"),
        (12, "0.00", "number-marks"),
        (0.125, "0.0%", "number-marks"),
        (1200, "#,##0", "number-marks"),
        (350000000000019, 3, "number-marks"),
        # what is shown is not the number, or cannot be told
        (17.4, "0", "number-format"),
        (0.125, "0%", "number-format"),
        (1200000, "0.00E+00", "number-format"),
        (1200000, 11, "number-format"),
        (0.5, "# ?/?", "number-format"),
        (5000, "0,", "number-format"),
        (0, "000;-0;;@", "number-format"),
        (17, ";;;", "number-format"),
        (17, '"secret"', "number-format"),
        (900000001, "[<=9999999]###-####;(###) ###-####", "number-format"),
        (17, "[$-2000419]0", "number-format"),
        (17, "*x0", "number-format"),
        (17, "0%%", "number-format"),
        (17, '"№ "@', "number-format"),
        (17, 5, "number-format"),
        (4400000000000012, "0000 0000 0000 0000", "number-spoilt"),
    ],
)
def test_a_number_stands_as_its_format_shows_it(number, code, expected, tmp_path):
    """Zeros, signs and words of a format belong to what the author sees."""
    _xlsx(tmp_path / "t.xlsx", PHONE, _formatted(number, code))
    assert _told(tmp_path / "t.xlsx") == expected


@pytest.mark.parametrize(
    ("column", "number", "code", "expected"),
    [
        (OFFICERS, 1200, "#,##0", "1200"),
        (WORTH, 1200.5, '#,##0.00" TJS"', "Money(amount=Decimal('1200.50'), currency='TJS')"),
        (OFFICERS, 3, "General", "3"),
    ],
)
def test_a_sum_and_a_count_are_numbers(column, number, code, expected, tmp_path):
    """Whatever sign parts their thousands, they say the same."""
    _xlsx(tmp_path / "t.xlsx", column, _formatted(number, code))
    assert _told(tmp_path / "t.xlsx") == expected


@pytest.mark.parametrize(
    ("column", "day", "code", "expected"),
    [
        (BORN, DAY, "dd.mm.yyyy;@", "2026-03-26"),
        (BORN, DAY, "dd/mm/yy", "2026-03-26"),
        (BORN, DAY, "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "2026-03-26"),
        (BORN, DAY, '[$-FC19]d mmmm yyyy "г.";@', "2026-03-26"),
        (BORN, DAY, "[$-1010409]d.m.yyyy", "2026-03-26"),
        (BORN, DAY, 14, "2026-03-26"),
        (TAKEN, MOMENT, "dd.mm.yy", "2026-05-04"),
        (TAKEN, MOMENT, "dd.mm.yyyy hh:mm", "2026-05-04 09:30"),
        (TAKEN, MOMENT, "d.m.yyyy h:mm AM/PM", "2026-05-04 09:30"),
        (TAKEN, MOMENT, 22, "2026-05-04 09:30"),
        # no date is wanted
        (PHONE, DAY, "m/yy", "date-not-text"),
        (PHONE, DAY, "d-mmm", "date-not-text"),
        (PHONE, DAY, "dd.mm.yyyy", "date-not-text"),
        (PHONE, DAY, 16, "date-not-text"),
        (PHONE, MOMENT, "h:mm", "date-not-text"),
        ("items[1].imei", DAY, 14, "date-not-text"),
        ("clients[1].sex", DAY, 14, "date-not-text"),
        (MINOR, DAY, 14, "date-not-text"),
        # a part of the day is not shown
        (BORN, DAY, "mmm-yy", "date-incomplete"),
        (BORN, DAY, "mmmm yyyy", "date-incomplete"),
        (BORN, DAY, "yyyy", "date-incomplete"),
        (BORN, DAY, "d mmmm", "date-incomplete"),
        (BORN, DAY, "dddd mm yyyy", "date-incomplete"),
        (BORN, DAY, '"за "mmmm', "date-incomplete"),
        (BORN, DAY, 17, "date-incomplete"),
        (TAKEN, MOMENT, "dd.yyyy hh:mm", "date-incomplete"),
        # what is shown is another day or time
        (TAKEN, MOMENT, "dd.mm.yyyy hh", "cell-unreadable"),
        (TAKEN, MOMENT, "dd.mm.yyyy [h]:mm", "cell-unreadable"),
        (BORN, DAY, "[$-2060000]d.m.yyyy", "number-format"),
        (BORN, DAY, "ggge.m.d", "number-format"),
    ],
)
def test_a_date_is_taken_where_one_is_wanted_and_shown(column, day, code, expected, tmp_path):
    """A number of an order becomes a date behind the author's back; a month alone is no day."""
    _xlsx(tmp_path / "t.xlsx", column, _formatted(day, code))
    assert _told(tmp_path / "t.xlsx") == expected


def _rich(*pieces):
    def fill(book, sheet):
        looks = [book.add_format(piece) if isinstance(piece, dict) else piece for piece in pieces]
        sheet.write_rich_string(1, 1, *looks)

    return fill


@pytest.mark.parametrize(
    ("fill", "expected"),
    [
        (_rich("10", ABOVE, "2", ", 3"), "text-raised"),
        (_rich("H", BELOW, "2", "O"), "text-raised"),
        (_rich(STRUCK, "111", {}, "222"), "text-struck"),
        (_rich({"bold": True}, "111", {}, "222"), "111222"),
        (lambda book, sheet: sheet.write_string(1, 1, "1", book.add_format(STRUCK)), "text-struck"),
        (lambda book, sheet: sheet.write_string(1, 1, "1", book.add_format(ABOVE)), "text-raised"),
        (lambda book, sheet: sheet.write_number(1, 1, 1, book.add_format(STRUCK)), "text-struck"),
        (lambda book, sheet: sheet.write_blank(1, 1, None, book.add_format(STRUCK)), "-"),
        (lambda book, sheet: sheet.write_string(1, 1, "17", book.add_format({"num_format": '"№ "@'})), "text-format"),
        (lambda book, sheet: sheet.write_string(1, 1, "17", book.add_format({"num_format": ";;;"})), "text-format"),
        (lambda book, sheet: sheet.write_string(1, 1, "17", book.add_format({"num_format": "0;-0;;@"})), "17"),
        (lambda book, sheet: sheet.write_string(1, 1, "17", book.add_format({"num_format": "_-@_-"})), "17"),
        (lambda _book, sheet: sheet.write_boolean(1, 1, True), "truth-not-text"),
        (lambda _book, sheet: sheet.write_formula(1, 1, "=1/3", None, 0.333333333333333), "number-computed"),
        (lambda _book, sheet: sheet.write_formula(1, 1, "=1+2", None, 3), "3"),
        (lambda _book, sheet: sheet.write_formula(1, 1, '="a"', None, "a"), "a"),
    ],
)
def test_what_a_text_looks_like_is_not_lost(fill, expected, tmp_path):
    """Struck-through words and raised digits would say something else; a truth value has other words."""
    _xlsx(tmp_path / "t.xlsx", PHONE, fill)
    assert _told(tmp_path / "t.xlsx") == expected


def test_a_truth_value_answers_a_question(tmp_path):
    """Yes and no are what a truth value says, whatever a program calls them."""
    _xlsx(tmp_path / "t.xlsx", MINOR, lambda _book, sheet: sheet.write_boolean(1, 1, True))
    assert _told(tmp_path / "t.xlsx") == "yes"
    cell = value("boolean", 'office:boolean-value="false"', "ЛОЖЬ")
    (tmp_path / "t.ods").write_bytes(ods(Лист2=line("case.id", MINOR) + line("a-1", cell)))
    assert outcome(tmp_path / "t.ods", TableOptions(sheet="Лист2"), base=BASE) == ["2: a-1, no"]


def test_a_code_that_became_a_date_is_no_code(tmp_path):
    """No folder is named after a day that nobody wrote."""
    with xlsxwriter.Workbook(tmp_path / "t.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_column(0, 0, ["case.id"])
        sheet.write_datetime(1, 0, datetime(2026, 3, 5), book.add_format({"num_format": "d-m-yy"}))  # noqa: DTZ001
    assert outcome(tmp_path / "t.xlsx", base=BASE) == ["2:1 date-not-text"]


def _style(family, name, properties, more=""):
    texts = f"<style:text-properties {properties}/>"
    return f'<style:style style:name="{name}" style:family="{family}" {more}>{texts}</style:style>'


STYLES = (
    _style("text", "T1", 'style:text-position="super 58%"')
    + _style("text", "T2", 'style:text-line-through-style="solid"')
    + _style("table-cell", "ce1", 'style:text-line-through-type="single"')
    + _style("table-cell", "ce2", "", 'style:parent-style-name="ce1"')
    + _style("table-cell", "ce3", 'style:text-line-through-type="none"', 'style:parent-style-name="ce1"')
    + _style("table-cell", "ce4", 'style:text-position="0% 100%"')
)


def _float(said, shown, more=""):
    return value("float", f'office:value="{said}" {more}', shown)


def _day(said, shown):
    return value("date", f'office:date-value="{said}"', shown)


def _spanned(style):
    return value("string", "", f'<text:p>10<text:span text:style-name="{style}">2</text:span></text:p>')


def _styled(style):
    return value("string", f'table:style-name="{style}"', "17")


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        # numbers
        (_float("992900000001", "+992900000001"), "+992900000001"),
        (_float("350000000000019", "35 000000 000001 9"), "35 000000 000001 9"),
        (_float("12.1", "12,10"), "12,10"),
        (_float("17", "17/26"), "17/26"),
        (_float("0", "0"), "0"),
        (_float("1200", "1\u202f200"), "1 200"),
        (_float("17", ""), "17"),
        (_float("12.1", ""), "number-marks"),
        (value("percentage", 'office:value="0.5"', "50%"), "50%"),
        (_float("992900000001", "9,93E+11"), "number-spoilt"),
        (_float("17", "###"), "number-format"),
        (_float("17.4", "17"), "number-format"),
        (_float("17", "18"), "number-format"),
        (_float("12.5", "12,5", 'table:formula="of:=25/2"'), "number-computed"),
        (_float("12", "12", 'table:formula="of:=24/2"'), "12"),
        # other values
        (_day("2026-01-05", "01/26"), "date-not-text"),
        (_day("2026-01-05", "05.01.2026"), "date-not-text"),
        (value("time", 'office:time-value="PT14H30M00S"', "14:30"), "date-not-text"),
        (value("boolean", 'office:boolean-value="true"', "ИСТИНА"), "truth-not-text"),
        # texts
        (value("string", 'office:string-value="17"', "№ 17"), "text-format"),
        (value("string", 'office:string-value="17  a"', "17 a"), "17 a"),
        (_spanned("T1"), "text-raised"),
        (_spanned("T2"), "text-struck"),
        (_spanned("T3"), "102"),
        (_styled("ce1"), "text-struck"),
        (_styled("ce2"), "text-struck"),
        (_styled("ce3"), "17"),
        (_styled("ce4"), "17"),
    ],
)
def test_a_cell_of_an_ods_says_what_it_shows(cell, expected, tmp_path):
    """An ODS keeps the text that was shown; where it is of another value, nobody knows which of the two is meant."""
    (tmp_path / "t.ods").write_bytes(ods(line("a-1", cell), styles=STYLES))
    (found,) = outcome(tmp_path / "t.ods")
    assert found.removeprefix("2: a-1, ").removesuffix(", -, -").removeprefix("2:2 ") == expected


@pytest.mark.parametrize(
    ("said", "shown", "expected"),
    [
        ("2026-05-04T09:30:00", "04.05.26", "2026-05-04"),
        ("2026-05-04T09:30:00", "04.05.2026 09:30", "2026-05-04 09:30"),
        ("2026-05-04T14:45:00", "05/04/26 02:45 PM", "2026-05-04 14:45"),
        ("2026-05-04T09:30:00", "", "2026-05-04 09:30"),
        ("2026-05-04", "04.05.2026 00:00", "2026-05-04 00:00"),
        ("2026-05-04", "понедельник, 4 мая 2026 г.", "2026-05-04"),
        ("2026-05-04", "2026-05-04", "2026-05-04"),
        ("2026-05-04", "04.май.26", "2026-05-04"),
        ("2026-05-01", "май 2026", "date-incomplete"),
        ("2026-05-01", "05/26", "date-incomplete"),
        ("2026-05-01", "1 мая", "date-incomplete"),
        ("2026-05-01", "2026", "date-incomplete"),
        ("2026-04-01", "1 кв. 2026", "date-incomplete"),
        ("2026-05-04T09:30:00", "09:30", "date-incomplete"),
        ("2026-05-04T09:30:00", "04.05.2026 09.30", "date-incomplete"),
        ("2026-05-04T09:30:00", "04.05.2026 10:30", "cell-unreadable"),
        ("2026-05-04", "04.06.2026", "date-incomplete"),
    ],
)
def test_a_moment_of_an_ods_is_the_one_shown(said, shown, expected, tmp_path):
    """A time that the format hides is not taken, nor a day that it hides."""
    (tmp_path / "t.ods").write_bytes(ods(line("a-1", "x", "", _day(said, shown))))
    (found,) = outcome(tmp_path / "t.ods")
    assert found.removeprefix("2: a-1, x, -, ").removeprefix("2:4 ") == expected


def test_the_style_of_a_row_and_of_a_column_is_that_of_their_cells(tmp_path):
    """A cell without a style of its own has that of its row, else that of its column."""
    columns = f'<table:table-column table:number-columns-repeated="2"/><table:table-column {_DEFAULT}/>'
    rows = (
        columns + line("case.id", PHONE) + line("a-1", "1", "") + line("a-2", "2", attributes=_DEFAULT),
        columns + line("case.id", "", PHONE),
    )
    (tmp_path / "t.ods").write_bytes(ods(styles=STYLES, Лист2=rows[0]))
    found = outcome(tmp_path / "t.ods", TableOptions(sheet="Лист2"), base=BASE)
    assert found == ["2: a-1, 1", "3:1 text-struck", "3:2 text-struck"]
    (tmp_path / "t.ods").write_bytes(ods(styles=STYLES, Лист2=rows[1] + line("a-1", "", "3")))
    assert outcome(tmp_path / "t.ods", TableOptions(sheet="Лист2"), base=BASE) == ["1:3 text-struck"]


_DEFAULT = 'table:default-cell-style-name="ce1"'


def test_a_style_with_a_name_is_known_too(tmp_path):
    """Styles that the author has named stand in a part of their own."""
    content = ods(line("a-1", _styled("Вычеркнуто")))
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = {name: package.read(name).decode() for name in package.namelist()}
    space = "urn:oasis:names:tc:opendocument:xmlns:style:1.0"
    named = _style("table-cell", "Вычеркнуто", 'style:text-line-through-style="solid"')
    (tmp_path / "t.ods").write_bytes(zipped(parts | {"styles.xml": f'<styles xmlns:style="{space}">{named}</styles>'}))
    assert outcome(tmp_path / "t.ods") == ["2:2 text-struck"]
