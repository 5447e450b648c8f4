"""Write every letter in every language and in every house style, by both PDF engines, for the outside validators."""

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

from generator.folders import bundled_folder, standard_folders
from generator.letters.catalogue import letter_names, load_kind
from generator.writing import Wish, write_letters

AS_OF = date(2026, 6, 1)
PAGED = ("pdf", "phone")


def main(folder: Path) -> None:
    """Write the letters; any problem ends the run. Drafts and further styles are tried with the complaint alone.

    Of what typst makes each kind of letter is looked at in one language, and a bundle and a draft in each style.
    """
    folders, bundled = standard_folders(), bundled_folder()
    styles = folders.names("templates", "house-styles", holding="style.yaml")
    model = bundled / "examples" / "rustam.yaml"
    for name in letter_names(folders):
        entry = load_kind(name, folders)
        if not entry.kind.bundle_only:
            _write(entry.folder / "example.yaml", folder / "plain", Wish(AS_OF, (name,), entry.languages()))
            fast = Wish(AS_OF, (name,), entry.languages()[:1], PAGED, pdf_engine="typst")
            if entry.kind.form != "message":
                _write(entry.folder / "example.yaml", folder / "typst", fast)
    for style in styles:
        wish = Wish(AS_OF, languages=("ru", "tg", "en"), style=style, bundle="detained-and-searched")
        _write(model, folder / f"bundle-{style}", wish)
        fast = replace(wish, formats=PAGED, languages=("tg", "en"), pdf_engine="typst")
        _write(model, folder / f"typst-{style}", fast)
        _write(model, folder / f"typst-draft-{style}", Wish(AS_OF, formats=PAGED, draft=True, style=style, batch=True))
        example = bundled / "templates" / "letters" / "motion-to-terminate" / "example.yaml"
        _write(example, folder / f"paper-{style}", Wish(AS_OF, ("motion-to-terminate",), ("ru", "en"), style=style))
    for case in (model, bundled / "examples" / "minimal.yaml"):
        _write(case, folder / "draft", Wish(AS_OF, languages=("ru", "tg", "en"), draft=True))


def _write(case: Path, out: Path, wish: Wish) -> None:
    written = write_letters(case, out, wish, standard_folders())
    print(f"{out.name}/{case.parent.name}: {len(written.files)} files")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
