"""Whatever is done to a letter that was made, reading back refuses it: each way to deceive a reader is a case here."""

import io
import re
import zipfile
from dataclasses import replace

import pytest

from generator.document import Letter
from generator.errors import RenderError
from generator.render.docx import render_docx
from generator.render.readback import check

DOCUMENT, STYLES, LISTS = "word/document.xml", "word/styles.xml", "word/numbering.xml"
SETTINGS, LINKS, HEAD, FOOT = (
    "word/settings.xml",
    "word/_rels/document.xml.rels",
    "word/header1.xml",
    "word/footer1.xml",
)
A_RUN = '<w:r><w:t xml:space="preserve">and kept there</w:t></w:r>'
FIRST_FACT = r'(<w:p><w:pPr><w:pStyle w:val="NumberedFact"/>.*?</w:p>)'
LOOK = r"<w:r>(<w:t xml:space=\"preserve\">I was)"
"""The first run of a fact, which says nothing of its look."""
OUTSIDE = r'<Relationship Id="r" Type="image" Target="http://x/" TargetMode="External"/>\1'
MACROS = r'<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>\1'


def problems(letter: Letter, kind: str, raw: bytes, style) -> set[str]:
    """Return the ids of what reading back finds."""
    try:
        check(letter, {kind: raw}, style)
    except RenderError as error:
        return {problem.id for problem in error.problems}
    return set()


def changed(raw: bytes, part: str, pattern: str, new: str) -> bytes:
    """Return a DOCX with a change at the first place of a part where a pattern fits."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as before, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            text = before.read(name).decode()
            if name == part:
                before_change = text
                text = re.sub(pattern, new, text, count=1, flags=re.DOTALL)
                assert text != before_change
            after.writestr(name, text)
    return target.getvalue()


def added(raw: bytes, name: str, content: bytes = b"<x/>") -> bytes:
    """Return a DOCX with one part more."""
    target = io.BytesIO(raw)
    with zipfile.ZipFile(target, "a") as package:
        package.writestr(name, content)
    return target.getvalue()


@pytest.fixture(scope="module")
def letter(sample) -> Letter:
    """Return the letter that is tampered with: a draft with lists, a table, references."""
    return sample("en", draft=True)


@pytest.fixture(scope="module")
def word(letter, style) -> bytes:
    """Return it as DOCX, found sound."""
    raw = render_docx(letter, style)
    assert problems(letter, "docx", raw, style) == set()
    return raw


WORDS = {
    "a word changed": (r"kept there", "kept here"),
    "a letter that looks alike": (r"COMPLAINT", "C\u041eMPLAINT"),
    "a word lost": (r"was taken ", "taken "),
    "a word doubled": (r"was taken ", "was was taken "),
    "a word moved": (r"was taken to", "taken was to"),
    "a paragraph lost": (FIRST_FACT, ""),
    "a paragraph doubled": (FIRST_FACT, r"\1\1"),
    "two paragraphs swapped": (r"(<w:p>(?:(?!</w:p>).)*Heading1.*?</w:p>)" + FIRST_FACT, r"\2\1"),
    "two paragraphs made one": (r"</w:p><w:p><w:pPr><w:pStyle w:val=\"Title\"/></w:pPr>", ""),
    "two cells swapped": (r"(<w:tc>(?:(?!</w:tc>).)*</w:tc>)(<w:tc>(?:(?!</w:tc>).)*4 500.*?</w:tc>)", r"\2\1"),
    "two rows swapped": (r"(<w:tr>(?:(?!</w:tr>).)*4 500.*?</w:tr>)(<w:tr>.*?</w:tr>)", r"\2\1"),
    "another list": (r'<w:numId w:val="1"/>', '<w:numId w:val="2"/>'),
    "another level": (r'<w:ilvl w:val="1"/>', '<w:ilvl w:val="0"/>'),
    "a number lost": (r"<w:numPr>.*?</w:numPr>", ""),
    "a number more": (r'(<w:pStyle w:val="Title"/>)', r'\1<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'),
    "a reference shows another number": (r">7\.1</w:t>", ">7.2</w:t>"),
    "a reference leads elsewhere": (r"REF _Ref_1 ", "REF _Ref_2 "),
    "a bookmark moved": (r'w:name="_Ref_2"', 'w:name="_Ref_1"'),
    "an invisible sign in a field": (r'(fldCharType="separate"/></w:r><w:r><w:t[^>]*>)', r"\1&#8203;"),
    "a tab lost": (r"(12.03.2024</w:t></w:r>)(?:<w:r><w:tab/></w:r>){3}", r"\1"),
}


@pytest.mark.parametrize("way", WORDS)
def test_words_that_are_not_those_of_the_letter_are_refused(letter, word, style, way):
    """A word, paragraph, cell or number that is changed, lost, doubled or moved is a difference."""
    assert problems(letter, "docx", changed(word, DOCUMENT, *WORDS[way]), style) == {"output-differs"}


def in_run(properties: str) -> tuple[str, str]:
    return LOOK, rf"<w:r><w:rPr>{properties}</w:rPr>\1"


def instead(text: str) -> tuple[str, str]:
    return r"<w:r><w:t[^>]*>(I was taken[^<]*)</w:t></w:r>", text


HIDING = {
    "vanish": in_run("<w:vanish/>"),
    "vanish in print": in_run("<w:specVanish/>"),
    "hidden on the web": in_run("<w:webHidden/>"),
    "white letters": in_run('<w:color w:val="FFFFFF"/>'),
    "letters of the colour of the paper": in_run('<w:color w:themeColor="background1"/>'),
    "tiny letters": in_run('<w:sz w:val="2"/>'),
    "struck out": in_run("<w:strike/>"),
    "struck out twice": in_run("<w:dstrike/>"),
    "capitals": in_run("<w:caps/>"),
    "small capitals": in_run("<w:smallCaps/>"),
    "raised off the line": in_run('<w:position w:val="400"/>'),
    "superscript": in_run('<w:vertAlign w:val="superscript"/>'),
    "black on black": in_run('<w:highlight w:val="black"/>'),
    "black shading": in_run('<w:shd w:val="clear" w:fill="000000"/>'),
    "squeezed into a width": in_run('<w:fitText w:val="1"/>'),
    "one per cent wide": in_run('<w:w w:val="1"/>'),
    "letters over each other": in_run('<w:spacing w:val="-400"/>'),
    "signs for letters": in_run('<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>'),
    "from right to left": in_run("<w:rtl/>"),
    "an effect": in_run("<w:emboss/>"),
    "a glow": in_run('<w:effect w:val="sparkle"/>'),
    "a style that is not of letters": in_run('<w:rStyle w:val="Hidden"/>'),
    "words where a field has its code": (
        r'(<w:r><w:fldChar w:fldCharType="separate"/></w:r>)(<w:r>(?:(?!</w:r>).)*</w:r>)',
        r"\2\1",
    ),
    "a field that fetches": (r" REF _Ref_1 \\n \\h ", ' INCLUDETEXT "http://x" '),
    "a field that is a table of contents": (r"REF _Ref_1", "TOC _Ref_1"),
    "a simple field": instead(
        r'<w:fldSimple w:instr=" DATE "><w:r><w:t xml:space="preserve">\1</w:t></w:r></w:fldSimple>'
    ),
    "deleted": instead(r'<w:del w:id="9" w:author=""><w:r><w:delText>\1</w:delText></w:r></w:del>'),
    "deleted, with words": instead(r'<w:del w:id="9"><w:r><w:t xml:space="preserve">\1</w:t></w:r></w:del>'),
    "inserted": instead(r'<w:ins w:id="9" w:author=""><w:r><w:t xml:space="preserve">\1</w:t></w:r></w:ins>'),
    "moved away": instead(r'<w:moveFrom w:id="9"><w:r><w:t xml:space="preserve">\1</w:t></w:r></w:moveFrom>'),
    "a placeholder": instead(
        r'<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t xml:space="preserve">\1</w:t></w:r>'
        r"</w:sdtContent></w:sdt>"
    ),
    "turned round": instead(r'<w:dir w:val="rtl"><w:r><w:t xml:space="preserve">\1</w:t></w:r></w:dir>'),
    "written backwards": instead(r'<w:bdo w:val="rtl"><w:r><w:t xml:space="preserve">\1</w:t></w:r></w:bdo>'),
    "a smart tag": instead(r'<w:smartTag w:element="x"><w:r><w:t xml:space="preserve">\1</w:t></w:r></w:smartTag>'),
    "a link": instead(r'<w:hyperlink r:id="rId1"><w:r><w:t xml:space="preserve">\1</w:t></w:r></w:hyperlink>'),
    "ruby": instead(r'<w:r><w:ruby><w:rt><w:r><w:t xml:space="preserve">\1</w:t></w:r></w:rt></w:ruby></w:r>'),
    "a text box": instead(
        r"<w:r><w:pict><w:txbxContent><w:p><w:r>"
        r'<w:t xml:space="preserve">\1</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>'
    ),
    "another content for others": instead(
        r'<mc:AlternateContent xmlns:mc="urn:x"><mc:Choice Requires="x"/><mc:Fallback><w:r>'
        r'<w:t xml:space="preserve">\1</w:t></w:r></mc:Fallback></mc:AlternateContent>'
    ),
    "a picture over it": (LOOK, r"<w:r><w:drawing/></w:r><w:r>\1"),
    "a sign of another font": (LOOK, r'<w:r><w:sym w:font="Wingdings" w:char="F04A"/></w:r><w:r>\1'),
    "a note": (LOOK, r'<w:r><w:footnoteReference w:id="1"/></w:r><w:r>\1'),
    "a comment": (LOOK, r'<w:r><w:commentReference w:id="1"/></w:r><w:r>\1'),
    "a soft hyphen": (LOOK, r"<w:r><w:softHyphen/></w:r><w:r>\1"),
    "a hard hyphen": (LOOK, r"<w:r><w:noBreakHyphen/></w:r><w:r>\1"),
    "a new page": (LOOK, r'<w:r><w:br w:type="page"/></w:r><w:r>\1'),
    "an embedded document": (r"</w:p><w:p>", r'</w:p><w:altChunk r:id="rId1"/><w:p>'),
    "words outside of runs": (r"</w:p><w:p>", "</w:p>more<w:p>"),
    "words after the end": (r"</w:sectPr>", f"</w:sectPr><w:p>{A_RUN}</w:p>"),
    "words without their spaces": (r' xml:space="preserve"', ""),
    "a paragraph in a paragraph": (r"(<w:r><w:t xml:space=\"preserve\">COMPLAINT</w:t></w:r>)", r"<w:p>\1</w:p>"),
    "a frame off the page": (
        r'(<w:pStyle w:val="NumberedFact"/>)',
        r'\1<w:framePr w:w="1" w:x="-9000" w:hRule="exact" w:h="1"/>',
    ),
    "an indent off the page": (r'(<w:pStyle w:val="Title"/>)', r'\1<w:ind w:left="20000"/>'),
    "lines over each other": (r'(<w:pStyle w:val="Title"/>)', r'\1<w:spacing w:line="1" w:lineRule="exact"/>'),
    "a paragraph from right to left": (r'(<w:pStyle w:val="Title"/>)', r"\1<w:bidi/>"),
    "a paragraph mark that hides": (r'(<w:pStyle w:val="Title"/>)', r"\1<w:rPr><w:vanish/></w:rPr>"),
    "black behind a paragraph": (r'(<w:pStyle w:val="Title"/>)', r'\1<w:shd w:val="clear" w:fill="000000"/>'),
    "a paragraph in a style that is not there": (r'w:val="Title"', 'w:val="Hidden"'),
    "a hidden row": (r"<w:cantSplit/>", "<w:hidden/><w:cantSplit/>"),
    "a row too low": (r"<w:cantSplit/>", '<w:cantSplit/><w:trHeight w:val="20" w:hRule="exact"/>'),
    "a column too narrow": (r'<w:gridCol w:w="\d+"/>', '<w:gridCol w:w="1"/>'),
    "a cell too narrow": (r'<w:tcW w:w="\d+"', '<w:tcW w:w="1"'),
    "a cell over others": (r"(<w:tcPr><w:tcW[^>]*>)", r"\1<w:vMerge/>"),
    "a cell on its side": (r"(<w:tcPr><w:tcW[^>]*>)", r'\1<w:textDirection w:val="btLr"/>'),
    "a table over the text": (r"(<w:tblStyle[^>]*>)", r'\1<w:tblpPr w:tblpX="20000"/>'),
    "a page too small": (r'<w:pgSz w:w="\d+"', '<w:pgSz w:w="100"'),
    "a margin beyond the page": (r'w:left="1701"', 'w:left="20000"'),
    "columns": (r"<w:titlePg/>", '<w:cols w:num="12"/><w:titlePg/>'),
    "no first page": (r"<w:titlePg/>", ""),
    "another page of lists": (r"<w:titlePg/>", '<w:titlePg/><w:textDirection w:val="tbRl"/>'),
    "head and foot of other pages": (r'<w:footerReference w:type="default"', '<w:footerReference w:type="even"'),
    "no head": (r"<w:headerReference [^>]*/>", ""),
}


@pytest.mark.parametrize("way", HIDING)
def test_what_no_letter_holds_is_refused(letter, word, style, way):
    """Words may be those of the letter: where something could hide, move or replace them, there is no letter."""
    found = problems(letter, "docx", changed(word, DOCUMENT, *HIDING[way]), style)
    assert found & {"output-part-differs", "output-unreadable"}


A_STYLE = r'(w:styleId="BodyText">.*?<w:rPr>|w:styleId="Title">.*?<w:rPr>)'
DEFAULTS = r"(<w:rPrDefault><w:rPr>)"
PARTS = {
    "style hides": (STYLES, A_STYLE, r"\1<w:vanish/>"),
    "defaults hide": (STYLES, DEFAULTS, r"\1<w:vanish/>"),
    "defaults are white": (STYLES, DEFAULTS, r'\1<w:color w:val="FFFFFF"/>'),
    "defaults are tiny": (STYLES, r'<w:sz w:val="24"/>', '<w:sz w:val="1"/>'),
    "run style hides": (STYLES, r'(w:styleId="Strong">.*?<w:rPr>)', r"\1<w:vanish/>"),
    "table style hides": (STYLES, r'(w:styleId="LetterTable".*?)(<w:tblPr>)', r"\1<w:rPr><w:vanish/></w:rPr>\2"),
    "style lost": (STYLES, r'<w:style (?:(?!</w:style>).)*w:styleId="Gap".*?</w:style>', ""),
    "style of another name": (STYLES, r'w:styleId="Title"', 'w:styleId="Titel"'),
    "style with numbers": (STYLES, r"(<w:pPr>)", r'\1<w:numPr><w:numId w:val="1"/></w:numPr>'),
    "another start": (LISTS, r'<w:startOverride w:val="1"/>', '<w:startOverride w:val="3"/>'),
    "another first start": (LISTS, r'<w:start w:val="1"/>', '<w:start w:val="4"/>'),
    "another format": (LISTS, r'<w:numFmt w:val="decimal"/>', '<w:numFmt w:val="upperRoman"/>'),
    "another pattern": (LISTS, r'w:val="%1\."', 'w:val="%1)"'),
    "hidden numbers": (LISTS, r"(<w:rPr>)", r"\1<w:vanish/>"),
    "numbers of another font": (LISTS, r"(<w:rPr>)", r'\1<w:rFonts w:ascii="Symbol"/>'),
    "no restart": (LISTS, r"<w:lvlOverride(?:(?!</w:lvlOverride>).)*</w:lvlOverride>", ""),
    "restart after another level": (LISTS, r"(<w:start w:val=\"1\"/>)", r'\1<w:lvlRestart w:val="0"/>'),
    "legal numbers": (LISTS, r"(<w:suff )", r"<w:isLgl/>\1"),
    "tracked changes": (SETTINGS, r"(<w:zoom )", r"<w:trackRevisions/>\1"),
    "a template elsewhere": (SETTINGS, r"(<w:zoom )", r'<w:attachedTemplate r:id="rId1"/>\1'),
    "protection": (SETTINGS, r"(<w:zoom )", r'<w:documentProtection w:edit="readOnly"/>\1'),
    "a link outside": (LINKS, r"(<Relationship )", OUTSIDE),
    "head and foot exchanged": (LINKS, r'Target="footer1.xml"', 'Target="footer2.xml"'),
    "no styles": (LINKS, r'<Relationship [^>]*Target="styles.xml"/>', ""),
    "another kind of content": ("[Content_Types].xml", r"\.document\.main", ".template.main"),
    "macros": ("[Content_Types].xml", r"(<Default )", MACROS),
    "an author": ("docProps/core.xml", r"(<dc:title>)", r"<dc:creator>x</dc:creator>\1"),
    "a hidden draft mark": (HEAD, r"<w:r>", "<w:r><w:rPr><w:vanish/></w:rPr>"),
    "a white draft mark": (HEAD, r"<w:r>", '<w:r><w:rPr><w:color w:val="FFFFFF"/></w:rPr>'),
    "a field in the foot": (FOOT, r"<w:r>", '<w:fldSimple w:instr=" AUTHOR "/><w:r>'),
}  # fmt: skip


@pytest.mark.parametrize("way", PARTS)
def test_a_part_that_is_not_as_the_style_has_it_is_refused(letter, word, style, way):
    """Word styles, lists, settings, links and kinds of content are those of the house style to the letter."""
    found = problems(letter, "docx", changed(word, *PARTS[way]), style)
    assert found & {"output-part-differs", "output-unreadable"}


EDGES = {
    "a word more in the head": (HEAD, r"<w:t[^>]*>", r'<w:t xml:space="preserve">No '),
    "no word for a draft": (HEAD, r"ПРОЕКТ", ""),
    "another foot": (FOOT, r"COMPLAINT", "REQUEST"),
    "a word more in the foot": (FOOT, r"COMPLAINT", "COMPLAINT withdrawn"),
    "another number of the page": (FOOT, r" PAGE ", " NUMPAGES "),
    "another title": ("docProps/core.xml", r"COMPLAINT", "REQUEST"),
    "another language": ("docProps/core.xml", r"en-GB", "ru-RU"),
}


@pytest.mark.parametrize("way", EDGES)
def test_a_head_or_foot_that_says_something_else_is_refused(letter, word, style, way):
    """Heads, feet, title and language say what the letter says, word for word."""
    assert problems(letter, "docx", changed(word, *EDGES[way]), style) == {"output-edge-differs"}


@pytest.mark.parametrize(
    "name",
    ["word/vbaProject.bin", "word/embeddings/x.bin", "customXml/item1.xml", "word/header9.xml", "word/media/x.png"],
)
def test_a_part_that_no_letter_has_is_refused(letter, word, style, name):
    """Nothing travels with a letter but what its house style gives it."""
    assert problems(letter, "docx", added(word, name), style) == {"output-part-differs"}


def as_newer_word_saves(name: str, text: str) -> str:
    """Return a part with what Word adds for newer versions, for themes, and of whoever saved it."""
    if name.endswith("settings.xml"):
        text = text.replace(
            "<w:zoom", '<w:proofState w:spelling="clean"/><w:rsids><w:rsidRoot w:val="1"/></w:rsids><w:zoom'
        )
    if name.startswith("word/") and name.endswith(".xml"):
        text = re.sub(r'(xmlns:w="[^"]*")', rf"\1 {NEWER}", text, count=1)
        text = text.replace("<w:p>", '<w:p w:rsidR="00A1" w14:paraId="12345678">')
        text = text.replace("<w:rFonts ", '<w:rFonts w:asciiTheme="minorHAnsi" ')
    return text.replace("<w:rPr>", '<w:rPr><w14:ligatures w14:val="none"/>') if name == STYLES else text


NEWER = (
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" mc:Ignorable="w14" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)


def test_a_style_that_a_newer_word_saved_gives_sound_letters(letter, style):
    """What Word adds to a style on its own is no fault of a letter."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(style.docx)) as before, zipfile.ZipFile(target, "w") as after:
        for name in before.namelist():
            after.writestr(name, as_newer_word_saves(name, before.read(name).decode()))
    newer = replace(style, docx=target.getvalue())
    assert problems(letter, "docx", render_docx(letter, newer), newer) == set()
