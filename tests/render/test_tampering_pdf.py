"""Whatever is done to a PDF that was made, reading back refuses it: text must stand on paper as the file tells it."""

import io
import re
from collections.abc import Callable

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from generator.document import Letter
from generator.errors import RenderError
from generator.render.engine import PRINTERS
from generator.render.readback import check

pytestmark = pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning"
)  # WeasyPrint leaves a file open
Change = Callable[[pikepdf.Pdf], None]
LINE = {"typst": rb"q 1 0 0 -1 [\d.]+ [\d.]+ cm/c0 cs.*?ET\nQ\n", "weasyprint": rb"BT\n1 0 0 -1 .*?\nET\n"}
"""How each engine draws a line of text."""


def found(letter: Letter, raw: bytes, style, change: Change) -> set[str]:
    """Return the ids of what reading back finds in a changed PDF."""
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(raw)) as pdf:
        change(pdf)
        pdf.save(target, fix_metadata_version=False)
    try:
        check(letter, {"pdf": target.getvalue()}, style)
    except RenderError as error:
        return {problem.id for problem in error.problems}
    return set()


@pytest.fixture(scope="module")
def letter(sample) -> Letter:
    """Return the letter that is tampered with."""
    return sample("en", facts=6)


@pytest.fixture(scope="module", params=sorted(PRINTERS))
def printed(request, letter, style) -> tuple[str, bytes]:
    """Return the name of each engine and its PDF, found sound although it was saved by another program."""
    raw = PRINTERS[request.param]["pdf"](letter, style)
    assert found(letter, raw, style, lambda _: None) == set()
    return request.param, raw


def drawn(pdf: pikepdf.Pdf, change: Callable[[bytes], bytes], page: int = 0) -> None:
    """Change what a page draws."""
    content = pdf.pages[page].Contents.read_bytes()
    new = change(content)
    assert new != content
    pdf.pages[page].Contents = pdf.make_stream(new)


def around(before: bytes, after: bytes = b"", line: int = 8):
    """Return what puts orders before and after a line of text."""

    def change(engine: str, pdf: pikepdf.Pdf) -> None:
        def put(content: bytes) -> bytes:
            place = list(re.finditer(LINE[engine], content, re.DOTALL))[line]
            return content[: place.start()] + before + b"\n" + place[0] + after + b"\n" + content[place.end() :]

        drawn(pdf, put)

    return change


def replaced(typst: tuple[bytes, bytes], weasyprint: tuple[bytes, bytes]):
    """Return what changes the first place where a pattern fits in what is drawn, a pattern for each engine."""

    def change(engine: str, pdf: pikepdf.Pdf) -> None:
        pattern, new = typst if engine == "typst" else weasyprint
        drawn(pdf, lambda content: re.sub(pattern, new, content, count=1, flags=re.DOTALL))

    return change


def size(number: bytes):
    return replaced((rb"/f0 12 Tf", b"/f0 " + number + b" Tf"), (rb"(/\w+) 16 Tf", rb"\1 " + number + b" Tf"))


def mode(number: bytes):
    return replaced((rb"0 Tr", number + b" Tr"), (rb"BT\n", b"BT\n" + number + b" Tr\n"))


UNSEEN = {
    "invisible": mode(b"3"),
    "only outlines": mode(b"1"),
    "a shape to cut with": mode(b"7"),
    "tiny": size(b"0.5"),
    "white": replaced((rb"cs 0 scn", b"cs 1 scn"), (rb"0 0 0 rg", b"1 1 1 rg")),
    "light grey": replaced((rb"cs 0 scn", b"cs 0.9 scn"), (rb"0 0 0 rg", b".9 .9 .9 rg")),
    "yellow": replaced((rb"cs 0 scn", b"cs 0 scn 1 1 0 rg"), (rb"0 0 0 rg", b"1 1 0 rg")),
    "no ink of four": replaced((rb"cs 0 scn", b"cs 0 scn 0 0 0 0 k"), (rb"0 0 0 rg", b"0 0 0 0 k")),
    "on its side": replaced((rb"1 0 0 -1 0 0 Tm", b"0 1 1 0 0 0 Tm"), (rb"1 0 0 -1 (\S+ \S+ Tm)", rb"0 1 1 0 \1")),
    "upside down": replaced((rb"1 0 0 -1 0 0 Tm", b"-1 0 0 1 0 0 Tm"), (rb"1 0 0 -1 (\S+ \S+ Tm)", rb"-1 0 0 1 \1")),
    "mirrored": replaced((rb"1 0 0 -1 0 0 Tm", b"-1 0 0 -1 0 0 Tm"), (rb"1 0 0 -1 (\S+ \S+ Tm)", rb"-1 0 0 -1 \1")),
    "squeezed to a hair": replaced(
        (rb"1 0 0 -1 0 0 Tm", b".01 0 0 -1 0 0 Tm"), (rb"1 0 0 -1 (\S+ \S+ Tm)", rb".01 0 0 -1 \1")
    ),
    "narrow letters": replaced((rb"0 Tr", b"0 Tr 1 Tz"), (rb"BT\n", b"BT\n1 Tz\n")),
    "letters over each other": replaced((rb"0 Tr", b"0 Tr -9 Tc"), (rb"BT\n", b"BT\n-9 Tc\n")),
    "words over each other": replaced((rb"0 Tr", b"0 Tr -9 Tw"), (rb"BT\n", b"BT\n-9 Tw\n")),
    "raised": replaced((rb"0 Tr", b"0 Tr 900 Ts"), (rb"BT\n", b"BT\n900 Ts\n")),
    "cut off": around(b"q 0 0 1 1 re W n", b"Q"),
    "cut off in part": around(b"q 80 0 200 9999 re W n", b"Q"),
    "a layer": around(b"/OC /Layer BDC", b"EMC"),
    "words for other words": around(b"/Span <</ActualText (other)>> BDC", b"EMC"),
    "a letter for another": around(b"/Span <</ActualText <FEFF0041>>> BDC", b"EMC"),
    "white paint over it": around(b"", b"q 1 g 0 0 9999 9999 re f Q"),
    "black paint over it": around(b"", b"q 0 g 0 0 9999 9999 re f Q"),
    "black paint behind all": lambda _, pdf: drawn(pdf, lambda content: b"q 0 g 0 0 9999 9999 re f Q\n" + content),
    "a thick line over it": around(b"", b"q 9999 w 0 500 m 9999 500 l S Q"),
    "a picture": around(b"", b"/Im0 Do"),
    "a picture in the page": around(b"", b"BI /W 1 /H 1 /BPC 8 /CS /G ID \x00 EI"),
    "a shading": around(b"", b"/Sh0 sh"),
    "text by orders that no engine gives": around(b"", b"BT 10 TL T* ET"),
    "what is no order": around(b"", b"}{"),
}  # fmt: skip


@pytest.mark.parametrize("way", UNSEEN)
def test_text_that_may_not_be_seen_is_refused(letter, printed, style, way):
    """The words are told as they should be, but who holds the paper might not see them."""
    engine, raw = printed
    ids = found(letter, raw, style, lambda pdf: UNSEEN[way](engine, pdf))
    assert ids & {"text-not-seen", "output-part-differs"}


def test_text_on_other_text_is_refused(letter, printed, style):
    """A line that is drawn where another stands is unreadable, and so is the other."""
    engine, raw = printed
    lines = {
        "typst": (rb"(cm/c0 cs 0 scn\nBT 0 Tr/f0 12 Tf )1 0 0 -1 0 0 Tm", rb"\g<1>1 0 0 -1 0 -15.5 Tm"),
        "weasyprint": (rb"(1 0 0 -1 \S+ )(\S+)( Tm)", rb"\g<1>306.655655\3"),
    }

    def move(content: bytes) -> bytes:
        places = list(re.finditer(LINE[engine], content, re.DOTALL))
        pattern, new = lines[engine]
        return content.replace(places[10][0], re.sub(pattern, new, places[10][0]))

    assert "text-not-seen" in found(letter, raw, style, lambda pdf: drawn(pdf, move))


def fonts(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    return list(pdf.pages[0].Resources.Font.values())


def described(font: pikepdf.Object) -> pikepdf.Object:
    return font.DescendantFonts[0]


def told_otherwise(pattern: bytes, new: bytes) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        for font in fonts(pdf):
            font.ToUnicode.write(re.sub(pattern, new, font.ToUnicode.read_bytes(), count=1))

    return change


def swapped_glyphs(pdf: pikepdf.Pdf) -> None:
    """Draw the glyphs of letters by each other's: the file tells the words of the letter all the same."""
    for font in fonts(pdf):
        lines = re.findall(rb"<[0-9a-fA-F]{4}> <00[4-7][0-9A-Fa-f]>", font.ToUnicode.read_bytes())
        if len(lines) < 2:
            continue  # a font of two letters at most
        (one, first), (other, second) = (line.split() for line in lines[:2])
        table = font.ToUnicode.read_bytes().replace(lines[0], one + b" " + second)
        font.ToUnicode.write(table.replace(lines[1], other + b" " + first))
        codes = {int(one[1:-1], 16): int(other[1:-1], 16), int(other[1:-1], 16): int(one[1:-1], 16)}
        swap_codes(pdf, codes)


def swap_codes(pdf: pikepdf.Pdf, codes: dict[int, int]) -> None:
    """Give each page other codes in its strings."""
    for page in pdf.pages:
        orders = list(pikepdf.parse_content_stream(page))
        page.Contents = pdf.make_stream(pikepdf.unparse_content_stream([swapped(order, codes) for order in orders]))


def swapped(order, codes: dict[int, int]):
    if str(order.operator) not in {"TJ", "Tj"}:
        return order
    operands = order.operands[0] if str(order.operator) == "TJ" else order.operands

    def of(part):
        if not isinstance(part, String):
            return part
        raw = bytes(part)
        pairs = [int.from_bytes(raw[n : n + 2]) for n in range(0, len(raw), 2)]
        return String(b"".join(codes.get(pair, pair).to_bytes(2) for pair in pairs))

    changed = [of(part) for part in operands]
    return pikepdf.ContentStreamInstruction(
        [Array(changed)] if str(order.operator) == "TJ" else changed, order.operator
    )


def empty_box(pdf: pikepdf.Pdf) -> None:
    """Draw the glyph of a missing character, told as the letter it stands for."""
    for font in fonts(pdf):
        line = re.search(rb"<([0-9a-fA-F]{4})> <0061>", font.ToUnicode.read_bytes())
        if line:
            font.ToUnicode.write(font.ToUnicode.read_bytes().replace(line[0], b"<0000> <0061>"))
            swap_codes(pdf, {int(line[1], 16): 0})


def other_font(pdf: pikepdf.Pdf) -> None:
    """Let one font draw what is told by another, as a font of symbols might."""
    one, other = fonts(pdf)[:2]
    described(one).FontDescriptor.FontFile2 = described(other).FontDescriptor.FontFile2


def moved_outline(pdf: pikepdf.Pdf) -> None:
    """Change the outline of a glyph by one unit in the font file."""
    descriptor = described(fonts(pdf)[0]).FontDescriptor
    raw = bytearray(descriptor.FontFile2.read_bytes())
    entry = raw.index(b"glyf", 12)
    start, length = (int.from_bytes(raw[entry + n : entry + n + 4]) for n in (8, 12))
    raw[start + length * 2 // 3] ^= 1
    descriptor.FontFile2 = pdf.make_stream(bytes(raw))


def no_widths(pdf: pikepdf.Pdf) -> None:
    for font in fonts(pdf):
        described(font).W = Array([0, 9999, 0])


def another_map(pdf: pikepdf.Pdf) -> None:
    described(fonts(pdf)[0]).CIDToGIDMap = pdf.make_stream(b"\x00\x05" * 3000)


def another_encoding(pdf: pikepdf.Pdf) -> None:
    fonts(pdf)[0].Encoding = Name("/Identity-V")


@pytest.mark.parametrize(
    "change",
    [swapped_glyphs, empty_box, other_font, moved_outline, no_widths, another_map, another_encoding],
)
def test_a_glyph_that_is_not_the_letter_it_is_told_as_is_refused(letter, printed, style, change):
    """Told right and drawn wrong: the outline and the width of each glyph are those of the house style's font."""
    assert found(letter, printed[1], style, change) & {"text-not-seen", "output-part-differs"}


def in_root(name: str, value) -> Change:
    return lambda pdf: pdf.Root.__setitem__(name, value(pdf) if callable(value) else value)


def on_page(name: str, value) -> Change:
    return lambda pdf: pdf.pages[0].obj.__setitem__(name, value)


def note(**more) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        given = Dictionary(Type=Name.Annot, Rect=Array([0, 0, 500, 800]), **more)
        pdf.pages[0].obj["/Annots"] = Array([pdf.make_indirect(given)])

    return change


def attached(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["x.txt"] = b""


def script_by_name(pdf: pikepdf.Pdf) -> None:
    pdf.Root["/Names"] = Dictionary(JavaScript=Dictionary(Names=Array([String("x"), Dictionary(S=Name.JavaScript)])))


def turned_above(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Pages.Rotate = 180


def another_outline(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Outlines.First.Title = "Withdrawal"


def acting_outline(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Outlines.First.A = Dictionary(S=Name.URI, URI=String("http://x/"))


def transparent(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].Resources["/ExtGState"] = Dictionary(x=Dictionary(ca=0))


def form(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].Resources["/XObject"] = Dictionary(x=pdf.make_stream(b"", Type=Name.XObject, Subtype=Name.Form))


ACTION = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
STRANGE = {
    "a script when it is opened": in_root("/OpenAction", ACTION),
    "a script at events": in_root("/AA", Dictionary(WC=ACTION)),
    "a script by name": script_by_name,
    "a form": in_root("/AcroForm", Dictionary(Fields=Array([]))),
    "layers": in_root("/OCProperties", Dictionary(OCGs=Array([]))),
    "attached to it": in_root("/AF", Array([])),
    "a file": attached,
    "a collection": in_root("/Collection", Dictionary()),
    "permissions": in_root("/Perms", Dictionary()),
    "a page that acts": on_page("/AA", Dictionary(O=ACTION)),
    "a page cut off": on_page("/CropBox", Array([0, 0, 100, 100])),
    "a page turned": on_page("/Rotate", 180),
    "a page turned from above": turned_above,
    "a page in other units": on_page("/UserUnit", 10),
    "a page of another size": on_page("/MediaBox", Array([0, 0, 400, 400])),
    "a page moved": on_page("/MediaBox", Array([300, 300, 895.2756, 1141.89])),
    "a blend of the page": on_page("/Group", Dictionary(S=Name.Transparency)),
    "a note": note(Subtype=Name.Text, Contents=String("x")),
    "a note over it": note(Subtype=Name.FreeText, Contents=String("x")),
    "a stamp": note(Subtype=Name.Stamp),
    "a link outside": note(Subtype=Name.Link, A=Dictionary(S=Name.URI, URI=String("http://x/"))),
    "a link that looks like text": note(Subtype=Name.Link, Dest=String("outer"), AP=Dictionary()),
    "a film": note(Subtype=Name.RichMedia),
    "a field": note(Subtype=Name.Widget),
    "a struck-out line": note(Subtype=Name.StrikeOut),
    "a black mark": note(Subtype=Name.Redact),
    "another outline": another_outline,
    "an outline that acts": acting_outline,
    "transparent states": transparent,
    "a picture among the resources": form,
}


@pytest.mark.parametrize("way", STRANGE)
def test_what_no_letter_holds_is_refused(letter, printed, style, way):
    """A PDF of a letter is pages and links within it, and nothing that acts, covers, comments or comes along."""
    assert "output-part-differs" in found(letter, printed[1], style, STRANGE[way])


def test_a_change_that_is_appended_is_refused(letter, printed, style):
    """A file that says two things, one before and one after a change, is none of ours."""
    raw = printed[1] + b"\nstartxref\n0\n%%EOF\n"
    with pytest.raises(RenderError):
        check(letter, {"pdf": raw}, style)
