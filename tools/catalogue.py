"""Write docs/letters.md and its pictures from the letters themselves: what each is for, needs, pleads and asks."""

from collections.abc import Iterator
from pathlib import Path

import letter_words as words
from example_letters import Example, examples_of
from pictures import write_pictures

from generator.case.labels import title
from generator.folders import Folders, bundled_folder
from generator.law.load import load_law
from generator.law.model import LawPack
from generator.letters.catalogue import CatalogueEntry, LetterKind, letter_names, load_kind

DOCS = Path(__file__).resolve().parent.parent / "docs"
PAGE = DOCS / "letters.md"
PICTURES = DOCS / "images" / "letters"
COUNTRY = "tj"
HEAD = """\
# The letters

`make catalogue` writes this page from the letters themselves; do not edit it. The words in `code` are those of the case
file, of `letter.yaml` and of the law pack. Offices and time limits are those of Tajikistan; a limit that nobody has
verified has no length here. The requests are those that the invented example of each letter makes.

How a letter is added: [add-a-letter.md](add-a-letter.md). How a text is written: [letter-texts.md](letter-texts.md).
"""


def page(folders: Folders) -> str:
    """Return the page for all letters of some folders."""
    law = load_law(COUNTRY, folders)
    entries = sorted((load_kind(name, folders) for name in letter_names(folders)), key=_order)
    parts = [HEAD, _table(entries, law)]
    parts += ["\n\n".join(_section(entry, law, folders)) + "\n" for entry in entries]
    return "\n".join(parts)


def _order(entry: CatalogueEntry) -> tuple[str, str]:
    return entry.kind.code, entry.kind.name


def _table(entries: list[CatalogueEntry], law: LawPack) -> str:
    rows = [
        f"| {entry.kind.code} | [`{entry.kind.name}`](#{entry.kind.name}) | {words.name(entry.kind)} "
        f"| {words.signers(entry.kind, brief=True)} | {words.recipient(entry.kind.addressee, law, brief=True)} |"
        for entry in entries
    ]
    return "\n".join(("| code | letter | name | from | to |", "|---|---|---|---|---|", *rows, ""))


def _section(entry: CatalogueEntry, law: LawPack, folders: Folders) -> Iterator[str]:
    """Yield the parts of the section of one letter."""
    kind = entry.kind
    yield f"## {kind.name}"
    yield f"**{kind.code}. {words.name(kind)}.** {words.purpose(kind)}"
    yield "\n".join(("| | |", "|---|---|", *(f"| {what} | {text} |" for what, text in _particulars(entry, law))))
    yield from _facts("Facts it needs:", kind.requires)
    yield from _facts("Of these at least one:", kind.requires_one)
    yield from _facts("Facts it can use; `arznoma check` asks for them:", kind.asks)
    yield from _pleas(kind, law)
    yield from _refused(kind)
    if kind.annexes:
        yield f"Usual annexes: {words.listed([words.paper(each) for each in kind.annexes])}."
    example = examples_of(entry, law, folders)
    if example:
        yield from _shown(kind, example)
    if (PICTURES / f"{kind.name}.png").is_file():
        yield f"![First page of the example of {kind.name} in Russian](images/letters/{kind.name}.png)"


def _particulars(entry: CatalogueEntry, law: LawPack) -> Iterator[tuple[str, str]]:
    """Yield the rows of the table of a letter."""
    kind = entry.kind
    yield "form", words.form(kind)
    yield "sent by" if kind.form == "message" else "signed by", words.signers(kind)
    yield "to", words.recipient(kind.addressee, law)
    if kind.copies:
        yield "copies", "; ".join(words.copy(each, law) for each in kind.copies)
    if kind.about:
        yield "one for each", words.about(kind)
    if kind.bundle_only:
        yield "made", "with a bundle of letters only"
    if kind.stages:
        yield "stages", words.listed([words.stage(each) for each in kind.stages])
    if kind.reply:
        yield "reply", words.reply(kind.reply, law)
    if kind.next:
        yield "next", _links(kind.next)
    if kind.together:
        yield "goes with", _links(kind.together)
    yield "languages", words.languages(entry)


def _links(names: tuple[str, ...]) -> str:
    return ", ".join(f"[`{name}`](#{name})" for name in names)


def _facts(heading: str, paths: tuple[str, ...]) -> Iterator[str]:
    if paths:
        yield heading
        yield "\n".join(f"- {title(path, 'en')} (`{path}`)" for path in paths)


def _pleas(kind: LetterKind, law: LawPack) -> Iterator[str]:
    if kind.pleads:
        yield "Grounds it pleads; " + (
            "the facts must show at least one:" if kind.plea_needed else "it is also written without any:"
        )
        yield "\n".join(f"- `{ground}`: the rule {words.ground(ground, law)}" for ground in kind.pleads)


def _refused(kind: LetterKind) -> Iterator[str]:
    if kind.refuses:
        facts = words.listed([f"`{path}`" for path in kind.refuses.facts])
        beginnings = ", ".join(f"*{word}-*" for word in kind.refuses.words.get("en", ()))
        yield f"In {facts} no English word may begin with {beginnings}; `letter.yaml` has the other languages."


def _shown(kind: LetterKind, example: Example) -> Iterator[str]:
    """Yield what the example asks for, or its text where it is a message."""
    if kind.form == "message":
        yield "The example reads:"
        yield f"```text\n{example.text}\n```"
    if example.requests:
        yield "Requests:"
        yield "\n".join(f"- `{name}`: {text}" for name, text in example.requests.items())
    if left := [f"`{name}`" for name in kind.requests if name not in example.requests]:
        yield f"Requests the example has no facts for: {words.listed(left)}."


def main() -> None:
    """Write the pictures that are out of date, then the page."""
    folders = Folders((bundled_folder(),))
    for path in write_pictures(PICTURES, folders):
        print(path.name)
    PAGE.write_text(page(folders), "utf-8")


if __name__ == "__main__":
    main()
