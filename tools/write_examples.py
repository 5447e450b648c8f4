"""Write every example in all languages, final and as a draft, into a folder: what the outside validators look at."""

import sys
from datetime import date
from pathlib import Path

from generator.folders import bundled_folder, standard_folders
from generator.writing import Wish, write_letters

AS_OF = date(2026, 6, 1)


def main(folder: Path) -> None:
    """Write the letters; any problem ends the run."""
    letters = bundled_folder() / "templates" / "letters"
    for example in (*sorted((bundled_folder() / "examples").glob("*.yaml")), *sorted(letters.glob("*/example.yaml"))):
        for draft in (False, True):
            wish = Wish(AS_OF, languages=("ru", "tg", "en"), draft=draft, force=True)
            written = write_letters(example, folder / ("draft" if draft else "final"), wish, standard_folders())
            print(f"{example.name}: {len(written.files)} files")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
