"""The sample letter and the house style that the tests of rendering share."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from generator.document import Heading, Item, Letter, Line, Paragraph, Run, Signature, Table
from generator.render.docx import render_docx
from generator.render.engine import PRINTERS
from generator.render.house_style import HouseStyle, load
from generator.render.html import render_html
from generator.render.pdf import render_pdf
from generator.render.readback import check
from generator.render.txt import render_txt

STYLES = Path(__file__).parents[2] / "templates" / "house-styles"
PLAIN = STYLES / "plain"
WORDS = {
    "ru": (
        "Обстоятельства дела",
        "ЖАЛОБА",
        "на незаконное задержание",
        "Меня доставили в здание управления и удерживали там",
    ),
    "en": (
        "Facts",
        "COMPLAINT",
        "of unlawful detention",
        "I was taken to the building of the department and kept there",
    ),
}
MakeLetter = Callable[..., Letter]


def line(text: str) -> Line:
    """Return a line in one plain run."""
    return (Run(text),)


def numbered(texts: list[Line], series: str, end: str = ".", first: int = 1) -> list[Item]:
    """Return items numbered on from `first`."""
    return [Item(text, series, f"{n}{end}", n) for n, text in enumerate(texts, first)]


def make_letter(
    language: str = "ru", value: str = "Р. С. Рахимов", facts: int = 14, annexes: int = 3, *, draft: bool = False
) -> Letter:
    """Return a letter with every kind of block; `value` stands in all of them."""
    heading, title, subject, sentence = WORDS[language]
    filled = Run(value, origin="filled")
    long = [(Run(f"{sentence}, ".capitalize() + f"{sentence} " * 3), filled, Run(".")) for _ in range(facts)]
    half = facts // 2
    body = [
        Heading(line(heading)),
        *numbered(long[:half], "fact"),
        Item((filled,), "fact", f"{half}.1.", 1, 1, "inner"),
        Item((filled, Run(" "), Run(value, strong=True)), "fact", f"{half}.2.", 2, 1),
        Table(
            (line("№"), line("A"), line("B")),
            ((line("1"), (filled,), line("4 500")), (line("2"), line("-"), line("120"))),
        ),
        Heading(line(subject), 3),
        Item(long[half], "fact", f"{half + 1}.", half + 1, id="outer"),
        *numbered(long[half + 1 :], "fact", first=half + 2),
        Paragraph(
            (Run("1", strong=True), Run(" – "), Run(value, emphasis=True), Run(value, strong=True, emphasis=True))
        ),
        Paragraph(
            (Run(f"{half}.1", target="inner"), Run(", "), Run(str(half + 1), target="outer"), Run(" Samsung/Кот A54."))
        ),
        Heading((Run(title), Run(" "), filled)),
        *numbered([(filled, Run(";")), line(f"{sentence};"), line(f"{sentence}.")], "request-1", ")"),
        Heading(line(heading)),
        *numbered([(filled, Run(";")), (Run("[?]", origin="gap"),)], "request-2", ")"),
    ]
    return Letter(
        kind="sample",
        language=language,
        corner=((line(title), (filled,)), ((Run("+ "), filled),)),
        title=line(title),
        subject=line(subject),
        basis=(filled,),
        body=tuple(body),
        annexes_heading=line(f"{subject}:"),
        annexes=tuple(numbered([(Run(f"{subject} "), filled)] * annexes, "annex")),
        signature=Signature(line("12.03.2024"), (filled,)),
        running=f"{title} {value}",
        draft_mark="ПРОЕКТ" if draft else "",
    )


def on_paper(letter: Letter) -> Letter:
    """Return the letter as an office sends it: with a letterhead, an outgoing number and lines for the receiver."""
    return replace(
        letter,
        letterhead=(line("Bureau of Advocates"), line("Dushanbe, Sadovaya 10"), line("office@example.org")),
        reference=line("17/2026, 12.03.2024"),
        signature=Signature((), line("M. K. Nazarova"), line("Advocate"), (line("Taken in by ____"), line("No. ____"))),
    )


@pytest.fixture(scope="session", params=sorted(folder.name for folder in STYLES.iterdir()))
def each_style(request) -> HouseStyle:
    """Return each house style that comes with the program."""
    return load(STYLES / request.param)


@pytest.fixture(scope="session", params=sorted(PRINTERS))
def print_pdf(request) -> Callable[[Letter, HouseStyle], bytes]:
    """Return what makes a PDF, for each PDF engine."""
    return PRINTERS[request.param]["pdf"]


@pytest.fixture(scope="session")
def paper() -> Callable[[Letter], Letter]:
    """Return what turns a letter into one of an office."""
    return on_paper


@pytest.fixture(scope="session")
def plain_folder() -> Path:
    """Return the folder of the plain house style."""
    return PLAIN


@pytest.fixture(scope="session")
def style() -> HouseStyle:
    """Return the plain house style."""
    return load(PLAIN)


@pytest.fixture(scope="session")
def sample() -> MakeLetter:
    """Return the maker of sample letters."""
    return make_letter


@pytest.fixture(scope="session")
def render() -> Callable[..., dict[str, bytes]]:
    """Return the maker of outputs; each has been read back."""
    renderers = {
        "docx": render_docx,
        "pdf": render_pdf,
        "html": render_html,
        "txt": lambda letter, _: render_txt(letter),
    }

    def rendered(letter, style, formats=tuple(renderers), **searched) -> dict[str, bytes]:
        outputs = {name: renderers[name](letter, style) for name in formats}
        check(letter, outputs, style, **searched)
        return outputs

    return rendered
