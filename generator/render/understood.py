"""Try whether a house style is understood by Word's preparer and the PDF engines, before any letter is made in it."""

from generator.render import pdf, typst
from generator.render.docx_template import prepare
from generator.render.engine import missing_engine
from generator.render.house_style import HouseStyle
from generator.render.style_word import WORD_PLACEHOLDERS


def understood(style: HouseStyle) -> None:
    """Raise `DataError` where an engine that can run here does not understand a house style; no letter is made."""
    for form in WORD_PLACEHOLDERS:
        prepare(style, form)
    if not missing_engine("weasyprint"):
        pdf.set_up(style)
    if not missing_engine("typst") and style.typst:
        typst.set_up(style)
