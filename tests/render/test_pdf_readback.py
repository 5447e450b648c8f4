"""Reading back catches what is planted in the file of either PDF engine: text lost, changed, misplaced, or secret."""

import io
from collections.abc import Callable

import pikepdf
import pytest

from generator.document import Letter
from generator.errors import RenderError
from generator.render.house_style import HouseStyle
from generator.render.readback import check

pytestmark = pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning"
)  # WeasyPrint leaves a file open
HIDDEN = "Zafarobod"
Change = Callable[[pikepdf.Pdf], None]


@pytest.fixture(scope="module")
def letter(sample) -> Letter:
    """Return the letter that is tampered with."""
    return sample("en")


@pytest.fixture(scope="module")
def printed(letter, style, print_pdf) -> bytes:
    """Return its PDF, of each engine, found sound."""
    raw = print_pdf(letter, style)
    check(letter, {"pdf": raw}, style, protected=[HIDDEN])
    return raw


def found(letter: Letter, style: HouseStyle, raw: bytes, change: Change) -> list[tuple[str, str | None]]:
    """Return the ids and places of what reading back finds in a changed PDF."""
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(raw)) as pdf:
        change(pdf)
        pdf.save(target)
    try:
        check(letter, {"pdf": target.getvalue()}, style, protected=[HIDDEN])
    except RenderError as error:
        return [(p.id, p.values.get("page") or p.values.get("where")) for p in error.problems]
    return []


def moved(right: float, up: float) -> Change:
    """Return what moves all that is drawn on the second page."""
    return lambda pdf: pdf.pages[1].contents_add(f"1 0 0 1 {right} {up} cm".encode(), prepend=True)


@pytest.mark.parametrize("way", [(150, 0), (-150, 0), (0, 300), (0, -300), (1e6, 0), (-1e6, -1e6)])
def test_text_off_the_page_is_caught(letter, style, printed, way):
    """Text over any edge, a little or far away, is a problem of its page; what stays on the page is none."""
    assert found(letter, style, printed, moved(*way)) == [("text-off-page", "2")]
    assert found(letter, style, printed, moved(10, 5)) == []


def shown(page: pikepdf.Page) -> tuple[list[pikepdf.ContentStreamInstruction], list[int]]:
    """Return what a page draws, and which of it is text of more than white space."""
    drawn = list(pikepdf.parse_content_stream(page))
    texts = [n for n, (operands, operator) in enumerate(drawn) if str(operator) in ("Tj", "TJ") and glyphs(operands)]
    return drawn, texts


def glyphs(operands) -> list[pikepdf.String]:
    """Return the strings of what shows text, if there are three glyphs of two bytes in them, which no space has."""
    parts = operands[0] if isinstance(operands[0], pikepdf.Array) else operands
    told = [part for part in parts if isinstance(part, pikepdf.String)]
    return told if len(b"".join(map(bytes, told))) >= 3 * 2 else []


@pytest.mark.parametrize("page", [0, 1, -1])
@pytest.mark.parametrize("share", [0.0, 0.3, 0.6, 0.99])
def test_a_lost_stretch_of_text_is_caught(letter, style, printed, page, share):
    """Whatever stretch of text is not drawn, the file is not the letter."""

    def lose(pdf: pikepdf.Pdf) -> None:
        drawn, texts = shown(pdf.pages[page])
        del drawn[texts[int(share * len(texts))]]
        pdf.pages[page].Contents = pdf.make_stream(pikepdf.unparse_content_stream(drawn))

    assert {problem for problem, _ in found(letter, style, printed, lose)} <= {"output-differs", "output-edge-differs"}
    assert found(letter, style, printed, lose)


@pytest.mark.parametrize("glyph", [b"\x00\x00", b"\x00\x07"])
def test_a_glyph_that_is_missing_or_another_is_caught(letter, style, printed, glyph):
    """An empty box or another letter in the place of a letter is a difference."""

    def replace(pdf: pikepdf.Pdf) -> None:
        drawn, texts = shown(pdf.pages[0])
        place = texts[len(texts) // 2]
        first, *rest = glyphs(drawn[place].operands)
        operands = pikepdf.Array([pikepdf.String(glyph + bytes(first)[2:]), *rest])
        drawn[place] = pikepdf.ContentStreamInstruction([operands], pikepdf.Operator("TJ"))
        pdf.pages[0].Contents = pdf.make_stream(pikepdf.unparse_content_stream(drawn))

    assert [problem for problem, _ in found(letter, style, printed, replace)] == ["output-differs"]


def in_title(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo["/Title"] = f"Case of {HIDDEN.upper()}"


def in_xmp(pdf: pikepdf.Pdf) -> None:
    raw = pdf.Root.Metadata.read_bytes()
    pdf.Root.Metadata.write(raw.replace(b"</dc:title>", f"</dc:title><!-- {HIDDEN} -->".encode()))


def in_alternative(pdf: pikepdf.Pdf) -> None:
    element = next(o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S") == "/P")
    element.Alt = f"at {HIDDEN}"


def in_attachment(pdf: pikepdf.Pdf) -> None:
    pdf.attachments[f"{HIDDEN}.txt"] = b""


@pytest.mark.parametrize("hide", [in_title, in_xmp, in_alternative, in_attachment])
def test_a_protected_word_beside_the_text_is_caught(letter, style, printed, hide):
    """What a reader does not see on paper is searched too."""
    assert ("protected-word", "metadata") in found(letter, style, printed, hide)
