"""A house style from a stranger changes the look alone: no word, link, field or program, and nothing hidden."""

import io
import os
import shutil
import struct
import zipfile
import zlib
from pathlib import Path

import pytest

from generator.errors import DataError, GeneratorError, Place
from generator.render import readback
from generator.render.docx import render_docx
from generator.render.engine import PRINTERS
from generator.render.house_style import load
from generator.render.style_css import faults
from generator.render.style_fonts import font_fault
from generator.render.style_measures import Sheet
from generator.render.style_package import unpacked
from generator.render.style_page import MAX_TEXT, html_problems, typst_problems
from generator.render.style_parts import part_problems, trees_of
from generator.sources import parse_source

PLACE = Place("letter.docx")
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
RELS = "word/_rels/document.xml.rels"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def hostile(kind: str) -> list[str]:
    """Return what a stranger may write into a file of a kind, one on each line."""
    return (Path(__file__).parent / "hostile" / f"{kind}.txt").read_text("utf-8").splitlines()


@pytest.fixture(scope="module")
def parts(plain_folder) -> dict[str, bytes]:
    """Return the parts of the Word file of the plain style."""
    with zipfile.ZipFile(plain_folder / "letter.docx") as package:
        return {name: package.read(name) for name in package.namelist()}


@pytest.fixture
def folder(plain_folder, tmp_path) -> Path:
    """Return a style based on the plain one, which holds only what is spoiled."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "style.yaml").write_text("base: plain\n", encoding="utf-8")
    shutil.copy(plain_folder / "letter.docx", tmp_path / "mine")
    return tmp_path / "mine"


def word(parts: dict[str, bytes], **changes) -> bytes:
    """Return a Word file of parts."""
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in {**parts, **changes}.items():
            package.writestr(name, content)
    return raw.getvalue()


def said(raw: bytes) -> set[tuple[str, str]]:
    """Return what the parts of a Word file are refused for: the id, and the construct or the part."""
    found, problems = unpacked(raw, PLACE)
    trees, not_plain = trees_of(found, PLACE)
    named = [*problems, *not_plain, *part_problems(found, trees, PLACE)]
    return {(p.id, p.values.get("construct", p.values.get("part", ""))) for p in named}


def put(parts: dict[str, bytes], part: str, markup: str, before: str) -> bytes:
    """Return the Word file with markup before a tag of a part."""
    assert before.encode() in parts[part]
    return word(parts, **{part: parts[part].replace(before.encode(), markup.encode() + before.encode(), 1)})


def run(text: str) -> str:
    """Return a run with a piece of a field code."""
    return f"<w:r><w:instrText>{text}</w:instrText></w:r>"


def mark(kind: str) -> str:
    """Return the beginning, middle or end of a field."""
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def hiding(look: str) -> str:
    """Return a run with a look."""
    return f"<w:r><w:rPr>{look}</w:rPr><w:t>x</w:t></w:r>"


FIELDS = ["INCLUDETEXT", "INCLUDEPICTURE", "LINK", "IMPORT", "DDE", "DDEAUTO", "HYPERLINK", "MACROBUTTON", "FILLIN",
          "ASK", "AUTOTEXT", "AUTOTEXTLIST", "GLOSSARY", "EMBED", "MERGEFIELD", "DATABASE", "QUOTE", "SET", "IF", "REF",
          "DATE", "USERNAME", "FILENAME", "TEMPLATE", "INFO", "DOCPROPERTY", "DOCVARIABLE", "RD", "TOC", "GOTOBUTTON",
          "PRINT", "SYMBOL", "EQ", "FORMTEXT", "ADDIN", "BARCODE"]  # fmt: skip
MARKUP = {
    **{f"field {code}": f'<w:fldSimple w:instr=" {code.lower()} x \\* y"/>' for code in FIELDS},
    "split over runs": f"{mark('begin')}{run(' INCLUDE')}{run('TEXT ')}{run('x')}{mark('end')}",
    "split in a number": f"{mark('begin')}{run(' PAGE')}{run(' INCLUDETEXT')}{mark('end')}",
    "in a field": f"{mark('begin')}{mark('begin')}{run('PAGE')}{mark('end')}{mark('end')}",
    "without an end": f"{mark('begin')}{run('PAGE')}",
    "without a beginning": run("PAGE"),
    "empty simple": "<w:fldSimple/>",
    "deleted code": f"{mark('begin')}<w:r><w:delInstrText>DDE</w:delInstrText></w:r>{mark('end')}",
    "form": f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData/></w:fldChar></w:r>{mark("end")}',
    **{tag: f"<w:r><w:{tag}/></w:r>" for tag in (
        "object", "pict", "sym", "ruby", "commentReference", "footnoteReference", "endnoteReference", "drawing",
        "contentPart", "control", "movie", "dayLong", "monthShort", "annotationRef", "delText",
    )},
    **{tag: f"<w:{tag}/>" for tag in (
        "ins", "del", "moveFrom", "moveTo", "altChunk", "subDoc", "hyperlink", "smartTag", "customXml", "dir", "bdo",
        "commentRangeStart", "permStart", "moveFromRangeStart", "customXmlInsRangeStart",
    )},
    **{f"in {where} {tag}": f"<w:{where}><w:{tag}/></w:{where}>" for where, tag in (
        ("pPr", "framePr"), ("pPr", "pPrChange"), ("pPr", "divId"), ("rPr", "rPrChange"),
        ("rPr", "fitText"), ("rPr", "eastAsianLayout"), ("rPr", "effect"), ("rPr", "ins"), ("rPr", "del"),
        ("sdtPr", "dataBinding"), ("sdtPr", "picture"), ("sdtPr", "richText"), ("sdtPr", "placeholder"),
        ("trPr", "hidden"), ("trPr", "trHeight"), ("tblPr", "tblpPr"), ("tcPr", "hideMark"), ("sectPr", "lnNumType"),
    )},
    "text box": '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"/></w:r>',
    "drawn by VML": '<w:r><v:textbox xmlns:v="urn:schemas-microsoft-com:vml"/></w:r>',
    "formula": '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"/>',
    "another namespace": '<x:p xmlns:x="http://purl.oclc.org/ooxml/wordprocessingml/main"/>',
    "linked by an attribute": f'<w:p xmlns:q="{OFFICE}" q:link="rId9"/>',
    **{f"unseen {n}": hiding(look) for n, look in enumerate((
        "<w:vanish/>", '<w:vanish w:val="1"/>', "<w:specVanish/>", "<w:webHidden/>", "<w:strike/>", "<w:dstrike/>",
        '<w:color w:val="FFFFFF"/>', '<w:color w:val="FEFEFE"/>', '<w:color w:val="ffff00"/>',
        '<w:color w:val="white"/>',
        '<w:color w:val=""/>', '<w:sz w:val="2"/>', '<w:sz w:val="0"/>', '<w:sz w:val="x"/>', '<w:sz w:val="-20"/>',
        '<w:szCs w:val="1"/>', '<w:w w:val="1"/>', '<w:w w:val="600%"/>', '<w:spacing w:val="-200"/>',
        '<w:position w:val="-9999"/>', '<w:highlight w:val="black"/>', '<w:shd w:val="clear" w:fill="000000"/>',
        '<w:shd w:val="solid"/>', '<w:rFonts w:ascii="Wingdings"/>', '<w:rFonts w:hAnsi="Symbol"/>',
    ))},
    **{f"squeezed {n}": f"<w:pPr>{look}</w:pPr>" for n, look in enumerate((
        '<w:spacing w:line="1" w:lineRule="exact"/>', '<w:spacing w:line="1"/>', '<w:spacing w:before="99999"/>',
        '<w:ind w:left="99999"/>', '<w:ind w:left="-20000"/>', '<w:ind w:firstLine="50000"/>',
        '<w:ind w:hanging="-9999"/>',
        '<w:ind w:left="1e9"/>', '<w:textDirection w:val="tbRl"/>', '<w:tblInd w:w="-20000"/>',
    ))},
}  # fmt: skip


@pytest.mark.parametrize(("number", "markup"), list(enumerate(MARKUP.values())), ids=MARKUP)
def test_what_no_letter_may_hold_is_named(parts, number, markup):
    """In text, heads and feet: fields that load, links, boxes, changes, comments, hidden and unreadable text."""
    part = ("word/document.xml", "word/header1.xml", "word/footer2.xml")[number % 3]
    allowed_there = part != "word/document.xml" and "<w:drawing/>" in markup
    found = said(put(parts, part, f"<w:p>{markup}</w:p>", "<w:p>"))
    assert bool(found) is not allowed_there
    assert {problem for problem, _ in found} <= {"style-word-not-allowed", "style-word-unseen"}


@pytest.mark.parametrize(
    ("part", "before", "markup"),
    [
        ("word/styles.xml", "</w:style>", "<w:rPr><w:vanish/></w:rPr>"),
        ("word/styles.xml", "</w:style>", '<w:rPr><w:color w:val="FFFFFF"/></w:rPr>'),
        ("word/styles.xml", "</w:style>", '<w:basedOn w:val="TableSpace"/>'),
        ("word/styles.xml", "</w:style>", "<w:pPr><w:framePr/></w:pPr>"),
        ("word/numbering.xml", "</w:lvl>", "<w:rPr><w:vanish/></w:rPr>"),
        ("word/numbering.xml", "</w:lvl>", "<w:lvlPicBulletId/>"),
        ("word/numbering.xml", "<w:abstractNum ", "<w:numPicBullet/>"),
        ("word/settings.xml", "</w:settings>", "<w:attachedTemplate/>"),
        ("word/settings.xml", "</w:settings>", "<w:mailMerge><w:dataSource/></w:mailMerge>"),
    ],
)
def test_styles_lists_and_settings_are_looked_through(parts, part, before, markup):
    """What hides or loads may stand in a Word style, in a list or in the settings as well."""
    assert {problem for problem, _ in said(put(parts, part, markup, before))} & {
        "style-word-not-allowed",
        "style-word-unseen",
    }


@pytest.mark.parametrize(
    "name",
    [
        "word/vbaProject.bin", "word/vbaData.xml", "word/activeX/activeX1.bin", "word/embeddings/oleObject1.bin",
        "word/afchunk.mht", "word/afchunk1.xml", "customUI/customUI.xml", "word/attachedToolbars.bin", "word/x.html",
        "word/embeddings/x.docx", "word/media/x.svg", "word/media/x.emf", "word/evil.EXE", "word/VBAproject.bin",
    ],
)  # fmt: skip
def test_parts_that_run_or_hold_other_documents_are_named(parts, name):
    """Macros, ActiveX, OLE, other documents and pictures that hold programs stop a style; the part is named."""
    assert said(word(parts, **{name: b"x"})) == {("style-word-not-allowed", name.rpartition("/")[2])}


@pytest.mark.parametrize(
    "part", [RELS, "word/_rels/settings.xml.rels", "word/_rels/webSettings.xml.rels", "_rels/.rels"]
)
@pytest.mark.parametrize(
    "kind", ["attachedTemplate", "image", "oleObject", "frame", "hyperlink", "styles", "subDocument"]
)
def test_no_link_leads_out_of_a_word_file(parts, part, kind):
    """Whatever an outside link is for, and whether its part would go into a letter or not, it stops a style."""
    link = f'<Relationship Id="r9" Type="{OFFICE}/{kind}" Target="http://x.example/" TargetMode="External"/>'
    whole = parts.get(part, b"<Relationships></Relationships>").replace(
        b"</Relationships>", f"{link}</Relationships>".encode()
    )
    assert ("style-word-not-allowed", "external link") in said(word(parts, **{part: whole}))


def test_comments_and_macro_types_are_named(parts):
    """Comments stop a style even if nothing refers to them; so does a type that says there are macros."""
    comments = b'<w:comments xmlns:w="x"><w:comment w:id="1"/></w:comments>'
    types = parts["[Content_Types].xml"].replace(
        b"officedocument.wordprocessingml.document.main", b"ms-word.document.macroEnabled.main"
    )
    assert said(word(parts, **{"word/comments.xml": comments})) == {("style-word-not-allowed", "comments")}
    assert said(word(parts, **{"[Content_Types].xml": types})) == {("style-word-not-allowed", "macroEnabled")}


MANY_ATTRIBUTES = "<w:p " + " ".join(f'a{n}="{n}"' for n in range(20_000)) + ">"
DOCTYPE = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
XML = {
    "doctype": lambda text: text.replace("<w:hdr", f"{DOCTYPE}<w:hdr", 1).encode(),
    "entity": lambda text: text.replace("<w:hdr", f"{DOCTYPE}<w:hdr", 1).replace("<w:t>", "<w:t>&f;").encode(),
    "instruction": lambda text: text.replace("<w:hdr", "<?mso-application progid='x'?><w:hdr", 1).encode(),
    "comment": lambda text: text.replace("<w:p>", "<!-- Office of X --><w:p>").encode(),
    "cdata": lambda text: text.replace("<w:t>", "<w:t><![CDATA[x]]>").encode(),
    "utf-16": lambda text: text.replace("UTF-8", "UTF-16").encode("utf-16"),
    "utf-16 untold": lambda text: text.encode("utf-16-le"),
    "utf-7": lambda text: text.replace("UTF-8", "UTF-7").encode(),
    "cp1251": lambda text: text.replace("UTF-8", "windows-1251").encode(),
    "bad bytes": lambda text: text.encode() + b"\xff",
    "deep": lambda text: text.replace("<w:p>", "<w:p>" * 9000).replace("</w:p>", "</w:p>" * 9000).encode(),
    "large": lambda text: text.replace("<w:p>", "<w:p/>" * 90_000 + "<w:p>").encode(),
    "many attributes": lambda text: text.replace("<w:p>", MANY_ATTRIBUTES).encode(),
    "unclosed": lambda text: text.replace("</w:hdr>", "").encode(),
    "two roots": lambda text: f"{text}<w:hdr/>".encode(),
    "empty": lambda _: b"",
}  # fmt: skip


@pytest.mark.parametrize("spoil", XML.values(), ids=XML)
def test_a_part_is_plain_xml(parts, spoil):
    """No DOCTYPE, entity, instruction, comment or other encoding; nothing too deep or too large."""
    header = spoil(parts["word/header1.xml"].decode())
    assert said(word(parts, **{"word/header1.xml": header})) == {("style-xml-not-plain", "word/header1.xml")}


def entry(raw: bytes, name: str) -> tuple[int, int]:
    """Return where in a ZIP the local head and the directory entry of a part begin."""
    encoded = name.encode()
    return raw.index(encoded) - 30, raw.rindex(encoded) - 46


def patched(
    raw: bytes, name: str, *, local: dict[int, bytes] | None = None, listed: dict[int, bytes] | None = None
) -> bytes:
    """Return a ZIP with other bytes at some places of the two heads of a part."""
    spoiled = bytearray(raw)
    for start, changes in zip(entry(raw, name), (local or {}, listed or {}), strict=True):
        for place, content in changes.items():
            spoiled[start + place : start + place + len(content)] = content
    return bytes(spoiled)


def bomb(parts) -> bytes:
    """Return a Word file with a part of a hundred million zeros."""
    return word(parts, **{"word/media/a.png": bytes(40 * 1024 * 1024)})


LOGO = "word/theme/theme1.xml"
LONG = struct.pack("<L", 5)
ZIPS = {
    "parent": lambda p: word(p, **{"word/../../x.xml": b""}),
    "absolute": lambda p: word(p, **{"/etc/x.xml": b""}),
    "backslash": lambda p: word(p, **{"word/a.xml": b""}).replace(b"word/a.xml", b"word\\a.xml"),
    "drive": lambda p: word(p, **{"C:/x.xml": b""}),
    "nul": lambda p: word(p, **{"word/a.xml": b""}).replace(b"word/a.xml", b"word/a\0xml"),
    "odd letters": lambda p: word(p, **{"word/документ.xml": b""}),
    "control": lambda p: word(p, **{"word/\x1b[2J.xml": b""}),
    "other case": lambda p: word(p, **{"word/DOCUMENT.xml": b"x"}),
    "twice": lambda p: word(p, **{"word/documenT.xml": b"x"}).replace(b"word/documenT.xml", b"word/document.xml"),
    "password": lambda p: patched(word(p), LOGO, local={6: b"\1"}, listed={8: b"\1"}),
    "packing": lambda p: patched(word(p), LOGO, local={8: b"\x0c"}, listed={10: b"\x0c"}),
    "bomb": bomb,
    "many": lambda p: word(p, **{f"word/p{n}.xml": b"" for n in range(300)}),
    "size told less": lambda p: patched(word(p), LOGO, local={22: LONG}, listed={24: LONG}),
    "size told more": lambda p: patched(word(p), LOGO, local={22: b"\xff\xff"}, listed={24: b"\xff\xff"}),
    "size told otherwise": lambda p: patched(word(p), LOGO, local={22: LONG}),
    "checksum": lambda p: patched(word(p), LOGO, local={14: LONG}, listed={16: LONG}),
    "name told otherwise": lambda p: patched(word(p), LOGO, local={30: b"evil"}),
    "overlap": lambda p: patched(word(p), LOGO, listed={42: struct.pack("<L", 0)}),
    "before": lambda p: b"MZ program" + word(p),
    "after": lambda p: word(p) + b"more",
    "comment": lambda p: word(p)[:-2] + b"\4\0more",
    "second end": lambda p: word(p) + word(p)[-22:],
    "count": lambda p: word(p)[:-12] + b"\1\0" + word(p)[-10:],
    "gap": lambda p: word(p).replace(b"PK\1\2", b"hidden bytes PK\1\2", 1),
    "no zip": lambda _: b"\xd0\xcf\x11\xe0 an old Word file",
    "cut": lambda p: word(p)[:-30],
    "nothing": lambda _: b"",
}  # fmt: skip


@pytest.mark.parametrize("spoil", ZIPS.values(), ids=ZIPS)
def test_a_word_file_is_an_honest_zip(parts, spoil):
    """Parts have plain names and are there once, as large as told, packed as Word packs, with nothing around them."""
    found, problems = unpacked(spoil({**parts, LOGO: b"a theme " * 50}), PLACE)
    assert not found
    assert {p.id for p in problems} & {"style-not-word"} or all(p.id.startswith("style-zip-") for p in problems)
    assert problems


def test_what_a_designer_leaves_goes_into_no_letter(folder, sample, parts):
    """Thumbnails, printers, themes, properties, fonts, notes, custom XML and what newer Words add are dropped."""
    secret = b"<x>Secret Office</x>"
    dropped = (
        "docProps/app.xml", "docProps/custom.xml", "docProps/thumbnail.jpeg", "word/printerSettings1.bin",
        "word/webSettings.xml", "word/theme/theme1.xml", "word/fontTable.xml", "word/fonts/font1.odttf",
        "word/glossary/document.xml", "customXml/item1.xml", "word/footnotes.xml", "word/people.xml",
        "word/unknown.xml",
        "docMetadata/LabelInfo.xml", "word/media/unused.png",
    )  # fmt: skip
    variables = b'<w:docVars><w:docVar w:name="Secret" w:val="Office"/></w:docVars><w:rsids/>'
    settings = variables + b"<w:documentProtection/></w:settings>"
    changes = {
        "word/settings.xml": parts["word/settings.xml"].replace(b"</w:settings>", settings),
        "word/document.xml": parts["word/document.xml"].replace(
            b"<w:p>", f'<w:p xmlns:n="{W14}" n:paraId="5EC12E70" w:rsidR="00A1"><n:secret>Secret</n:secret>'.encode(), 1
        ),
        "[Content_Types].xml": parts["[Content_Types].xml"].replace(
            b"</Types>", b'<Default Extension="Secret" ContentType="Office"/></Types>'
        ),
        RELS: parts[RELS].replace(
            b"</Relationships>",
            f'<Relationship Id="r8" Type="{OFFICE}/glossaryDocument" Target="glossary/document.xml"/>'
            f'<Relationship Id="r9" Type="{OFFICE}/styles" Target="settings.xml"/></Relationships>'.encode(),
        ),
    }
    (folder / "letter.docx").write_bytes(word({**parts, **dict.fromkeys(dropped, secret), **changes}))
    with zipfile.ZipFile(io.BytesIO(render_docx(sample(), load(folder)))) as package:
        whole = b"".join(package.read(name) for name in package.namelist())
        assert set(package.namelist()) == set(parts)
        assert not [
            word for word in (b"Secret", b"secret", b"paraId", b"rsid", b"glossary", b"docVar", b"r9") if word in whole
        ]


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("word/header1.xml", "{{ draft_mark }}", "{{ draft_mark }}{{ 'x' * 10**9 }}"),
        ("word/header1.xml", "{{ draft_mark }}", "{{ draft_mark }}{{ title.ljust(999999999) }}"),
        ("word/header1.xml", "{{ draft_mark }}", "{{ draft_mark }}{{ nothing }}"),
        ("word/header1.xml", "{{ draft_mark }}", "{{ draft_mark }}{% for a in title %}x{% endfor %}"),
        ("word/header1.xml", "{{ draft_mark }}", "{{ draft_mark }}{{r title }}"),
        ("word/header1.xml", "{{ draft_mark }}", "{{ draft_mark }}{_{ title.x }_}"),
        ("word/header1.xml", "{{ draft_mark }}", "{{ draft_mark }}&#123;&#123; title.x &#125;&#125;"),
        ("word/header1.xml", "{{ draft_mark }}", "{{ draft_mark }}{</w:t></w:r><w:r><w:t>{ title.x }}"),
        ("word/header1.xml", "<w:p>", '<w:p><w:bookmarkStart w:id="1" w:name="{{ title.x }}"/>'),
        ("word/document.xml", "<w:p>", "<w:p><w:r><w:t>{{ 7 * 7 }}</w:t></w:r></w:p><w:p>"),
        ("word/styles.xml", 'w:val="Title"', 'w:val="Title{{ 7 }}"'),
    ],
)  # fmt: skip
def test_a_word_file_holds_bare_placeholders(folder, parts, part, old, new):
    """No expression, filter or logic, however it is spelt, and none in an attribute."""
    assert old.encode() in parts[part]
    (folder / "letter.docx").write_bytes(word(parts, **{part: parts[part].replace(old.encode(), new.encode(), 1)}))
    with pytest.raises(DataError) as caught:
        load(folder)
    assert "style-has-logic" in {p.id for p in caught.value.problems}


CSS = [*hostile("css"), "p { color: #000; } \u202e", "\ufeffp { } \u200b", "p { color: #000; } \x00"]


def test_a_style_sheet_fetches_and_hides_nothing():
    """Only listed properties whose values leave all text on the page, dark and large; no escape, no string of words."""
    assert [css for css in CSS if not list(faults(f"p {{ margin: 0; }}\n{css}"))] == []


PAGE = """<!DOCTYPE html>
<html lang="{{ language }}">
<head><meta charset="utf-8"><title>{{ title }}</title><style>{{ css }}</style></head>
<body>{{ draft }}{{ foot }}<main>{{ corner }}{{ head }}{{ body }}{{ closing }}</main></body>
</html>"""
DEEP = ["{{ (" + "(" * 5000, "{{ " + "9" * 5000 + " }}", "<scr\x00ipt>", "<![\n<p>", "<!["]
TAGS = [*hostile("html"), *DEEP]


def test_the_page_is_a_bare_frame():
    """A few tags around placeholders: no address, no word, no attribute that loads, hides or runs, wherever it is."""
    assert not list(html_problems(PAGE.encode(), PLACE))
    for after in ("<main>", "<head>"):
        spoiled = {markup: PAGE.replace(after, f"{after}{markup}") for markup in TAGS}
        assert [markup for markup, page in spoiled.items() if not list(html_problems(page.encode(), PLACE))] == []


TYPST = [*hostile("typst"), '#show "a": "b"\n#show regex("a"): "b"']


def test_the_typst_file_reads_runs_and_hides_nothing(plain_folder):
    """Words that read, fetch, run, repeat without end or hide are refused with their line."""
    sheet = Sheet(parse_source(b"a: b", "style.yaml"), {}, "")
    text = (plain_folder / "letter.typ").read_text("utf-8")
    for line in TYPST:
        named = typst_problems(f"{text}{line}\n".encode(), PLACE, sheet)
        found = {p.place.line for p in named if p.id == "style-css-not-allowed"}
        assert min(found, default=0) > text.count("\n"), line


YAML = [
    ("fonts:\n  pdf: \"x'; } body { background: url(http://x.example) } p { a: '\"\n", "style-font-name"),
    ("fonts:\n  word: \"x'; } body { display: none } p { a: '\"\n", "style-font-name"),
    ('measures:\n  "x: 0; } body { display: none } p { --y": 1mm\n', "style-not-a-measure"),
    ("measures:\n  page-width: 9000mm\n", "style-measure-out-of-range"),
    ("measures:\n  text-size: 1pt\n", "style-measure-out-of-range"),
    ("measures:\n  leading: 0pt\n", "style-measure-out-of-range"),
    ("measures:\n  margin-left: -5mm\n", "style-not-a-length"),
    ("measures:\n  margin-left: nan\n", "style-not-a-length"),
    ("measures:\n  margin-left: 1e9mm\n", "style-not-a-length"),
    ("measures:\n  margin-left: \u0661mm\n", "style-not-a-length"),
    ("measures:\n  margin-left: 99999999999mm\n", "style-not-a-length"),
    ("measures:\n  margin-left: 170mm\n", "style-no-room"),
    ("card:\n  margin-top: 130mm\n", "style-no-room"),
    ("letterhead: [x]\n", "not-yes-or-no"),
    ("letterhead: perhaps\n", "not-yes-or-no"),
    ("measures: [x]\n", "not-a-group"),
]  # fmt: skip


@pytest.mark.parametrize(("said_there", "problem"), YAML)
def test_names_and_numbers_of_a_style_are_plain(folder, said_there, problem):
    """A name that goes into a style sheet is a word, and a measure a length that a page can bear."""
    with (folder / "style.yaml").open("a", encoding="utf-8") as file:
        file.write(said_there)
    with pytest.raises(DataError) as caught:
        load(folder)
    assert problem in {p.id for p in caught.value.problems}


@pytest.mark.parametrize("name", ["letter.docx", "letter.css", "style.yaml"])
@pytest.mark.parametrize("kind", ["link", "pipe", "device", "large"])
def test_a_style_is_read_from_files_of_its_own_folder_alone(folder, name, kind):
    """No link out of the folder is followed, no pipe waited for, no device or giant read."""
    (folder.parent / "secret").write_bytes(b"secret")
    file = folder / name
    file.unlink(missing_ok=True)
    match kind:
        case "link":
            file.symlink_to(folder.parent / "secret")
        case "pipe":
            os.mkfifo(file)
        case "device":
            file.symlink_to("/dev/zero")
        case "large":
            file.write_bytes(b" " * (9 * 1024 * 1024))
    if kind in {"pipe", "device"} and name != "style.yaml":
        assert load(folder)  # what is no file is not there, and that of the base is taken
        return
    with pytest.raises(DataError) as caught:
        load(folder)
    wanted = {"link": "data-outside", "large": "style-file-too-large"}.get(kind, "file-not-regular")
    assert {p.id for p in caught.value.problems} <= {wanted, "file-too-large", "data-outside"}


def table(name: bytes, start: int, length: int) -> bytes:
    """Return a line of the directory of a font."""
    return struct.pack(">4sLLL", name, zlib.crc32(name), start, length)


def test_a_broken_font_is_named(plain_folder):
    """A file that is no font, is cut, lies about its tables or brings pictures is refused before a library sees it."""
    good = (plain_folder / "fonts" / "Tinos-Regular.ttf").read_bytes()
    assert not font_fault(good)
    first = good[12:28]
    spoiled = [
        b"", b"wOFF" + good[4:], b"ttcf" + good[4:], good[:5000], b"<html>" * 99,
        good[:4] + b"\xff\xff" + good[6:], good.replace(first, table(first[:4], 2**32 - 1, 2**32 - 1), 1),
        good.replace(b"cmap", b"SVG ", 1), good.replace(b"glyf", b"xxxx", 1), good.replace(b"cmap", b"head", 1),
    ]  # fmt: skip
    assert set(map(font_fault, spoiled)) == {"style-font-broken"}
    assert font_fault(b"OTTO" + good[4:]) == "style-font-outlines"


def test_a_font_whose_tables_cannot_be_read_is_named_when_it_is_used(folder, plain_folder, sample):
    """Not every table is looked at before; what a library makes of a bad one is a fault of the font, not of ours."""
    good = (plain_folder / "fonts" / "Tinos-Regular.ttf").read_bytes()
    at = good.index(b"post", 12)
    start = struct.unpack_from(">L", good, at + 8)[0]
    (folder / "bad.ttf").write_bytes(good[:start] + b"\x21\x0d" + good[start + 2 :])
    with (folder / "style.yaml").open("a", encoding="utf-8") as file:
        file.write("fonts:\n  regular: bad.ttf\n")
    style = load(folder)
    problems = {}
    for engine, printers in PRINTERS.items():
        with pytest.raises(GeneratorError) as caught:
            readback.check(sample(), {"pdf": printers["pdf"](sample(), style)}, style)
        problems[engine] = [(p.id, p.place) for p in caught.value.problems]
    assert problems == {
        "weasyprint": [("pdf-warning", style.place)],  # it says so itself
        "typst": [("style-font-broken", style.place)],  # it does not; whoever reads the file back does
    }


RUNS = [
    "a",
    "1",
    "(",
    "/* ",
    "/*",
    '"',
    "'\"",
    "#f",
    "--a",
    "var(",
    "a{",
    "a:1;",
    "@a ",
    "-",
    ".",
    "p{margin:-",
    "url(",
]


@pytest.mark.parametrize("run", RUNS)
def test_a_style_sheet_of_any_form_has_an_end(run):
    """Nothing takes the square of a long run of one thing, for which the limits of the process would be too short."""
    for before in ("", "p { margin: ", "p { color: #", "/*"):
        assert next(faults(before + run * (MAX_TEXT // len(run))), None)


def test_a_page_is_short_and_not_deep(folder):
    """What reads pages takes the square of their length, and goes only so deep."""
    assert list(html_problems(PAGE.replace("<main>", "<main>" + "<div>" * 50).encode(), PLACE))
    (folder / "letter.html").write_text(PAGE + "<div " * 2000, "utf-8")
    with pytest.raises(DataError) as caught:
        load(folder)
    assert {p.id for p in caught.value.problems} == {"style-file-too-large"}


def test_what_word_processors_write_of_themselves_is_no_fault(folder, sample, parts):
    """What Word and LibreOffice add when a style is saved in them is taken, and a picture in the head comes along."""
    relation = f'<Relationship Id="rId1" Type="{OFFICE}/image" Target="media/image1.png"/>'
    picture = (
        '<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
        '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData><pic:pic '
        'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:blipFill>'
        f'<a:blip xmlns:r="{OFFICE}" r:embed="rId1"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline>'
        "</w:drawing></w:r></w:p>"
    )
    section = '<w:cols w:space="720"/><w:formProt w:val="false"/><w:textDirection w:val="lrTb"/><w:docGrid/></w:sectPr>'
    paragraph = (
        f'<w:p xmlns:w14="{W14}" w14:paraId="5EC12E70"><w:proofErr w:type="spellStart"/><w:bookmarkStart w:id="0"'
    )
    style = f'<w:rPr xmlns:w14="{W14}"><w:color w:val="2F5496" w:themeColor="accent1"/><w14:ligatures w14:val="x"/>'
    changes = {
        "word/document.xml": parts["word/document.xml"]
        .replace(b"</w:sectPr>", section.encode())
        .replace(b"<w:p>", f'{paragraph} w:name="_GoBack"/><w:bookmarkEnd w:id="0"/>'.encode(), 1),
        "word/styles.xml": parts["word/styles.xml"].replace(
            b"</w:styles>",
            f'<w:style w:styleId="Own">{style}</w:rPr></w:style></w:styles>'.encode(),
        ),
        "word/header2.xml": parts["word/header2.xml"].replace(b"</w:p>", picture.encode()),
        "word/_rels/header2.xml.rels": f'<Relationships xmlns="{RELATIONS}">{relation}</Relationships>'.encode(),
        "word/media/image1.png": b"\x89PNG\r\n\x1a\n and so on",
    }
    (folder / "letter.docx").write_bytes(word(parts, **changes))
    with zipfile.ZipFile(io.BytesIO(render_docx(sample(), load(folder)))) as package:
        assert set(package.namelist()) == {*parts, "word/_rels/header2.xml.rels", "word/media/image1.png"}
        assert b"rId1" in package.read("word/_rels/header2.xml.rels")
        assert b"themeColor" not in package.read("word/styles.xml")
        assert b"w14:" not in package.read("word/styles.xml").replace(b"xmlns:w14:", b"")
