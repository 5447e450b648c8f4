"""Pictures of the first page of each letter, and the digest in them that says of which text and look they are."""

import hashlib
import io
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
from example_letters import example_case, letter_of_example
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from generator.case.load import load_case
from generator.document import Letter
from generator.folders import Folders
from generator.law.load import load_law
from generator.letters.catalogue import letter_names, load_kind
from generator.publish import file_stem, publish
from generator.render.house_style import cached
from generator.render.txt import render_txt

LANGUAGE, STYLE = "ru", "plain"
WIDTH = 600
GREYS = 8
KEY = "arznoma-digest"


def pictured(folders: Folders) -> Iterator[tuple[str, Path, Letter]]:
    """Yield the name, the example case and the letter of each kind that has a picture."""
    law = load_law("tj", folders)
    for name in letter_names(folders):
        entry = load_kind(name, folders)
        path = example_case(entry)
        shown = entry.kind.form != "message" and not entry.kind.bundle_only and LANGUAGE in entry.languages()
        if path and shown:
            yield name, path, letter_of_example(path, entry, LANGUAGE, law, folders)


def digest(letter: Letter, folders: Folders) -> str:
    """Return what the picture of a letter depends on: its words, and how the house style prints them."""
    style = folders.find("templates", "house-styles", STYLE)
    looks = [path for ending in ("*.css", "*.html", "*.yaml") for path in sorted(style.glob(ending))] if style else []
    found = hashlib.sha256(render_txt(letter))
    for path in looks:
        found.update(path.read_bytes())
    return found.hexdigest()


def digest_in(path: Path) -> str:
    """Return the digest that a picture carries, empty where there is no picture or it carries none."""
    if not path.is_file():
        return ""
    with Image.open(path) as image:
        return str(image.info.get(KEY, ""))


def write_pictures(folder: Path, folders: Folders) -> Iterator[Path]:
    """Write the pictures that are missing or out of date, and yield their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    style = folders.find("templates", "house-styles", STYLE)
    for name, path, letter in pictured(folders):
        target, now = folder / f"{name}.png", digest(letter, folders)
        if style is None or digest_in(target) == now:
            continue
        case = load_case(path)
        files = publish(case, letter, cached(style), ("pdf",), file_stem(case, letter, 1))
        target.write_bytes(_picture(next(iter(files.values())), now))
        yield target


def _picture(pdf: bytes, now: str) -> bytes:
    """Return page 1 as a small grey PNG that carries a digest."""
    page = pypdfium2.PdfDocument(pdf)[0]
    image = page.render(scale=WIDTH / page.get_width(), grayscale=True).to_pil().convert("L")
    told, out = PngInfo(), io.BytesIO()
    told.add_text(KEY, now)
    image.quantize(GREYS).save(out, "PNG", optimize=True, pnginfo=told)
    return out.getvalue()
