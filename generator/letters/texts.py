"""Load letter texts and passages, the end of each line marked, so that lines of logic can be told from empty ones."""

import re
from pathlib import Path

from jinja2 import BaseLoader, Environment, TemplateNotFound

from generator.errors import DataError, Place
from generator.letters.allowed import MAX_BYTES, MAX_FILES, MAX_LINES
from generator.sources import read_text

FIRST_LINE = 0x100000  # plane 16: ends each line of a text and says which line of which file it was
LINE_MARK = f"{chr(FIRST_LINE)}-{chr(0x10FFFF)}"
_LINE_MARK = re.compile(f"[{LINE_MARK}]")


class Texts(BaseLoader):
    """Load a letter text or clause; mark the end of each line, so that lines of logic can be told from empty ones."""

    def __init__(self, folders: tuple[Path, ...]) -> None:
        self.folders = folders
        self.names: list[str] = []

    def without_logic(self, text: str) -> tuple[str, list[Place]]:
        """Return a filled text without marks and without lines that held only logic, and where each line comes from."""
        lines: list[str] = []
        places: list[Place] = []
        for raw in text.split("\n"):
            marks = _LINE_MARK.findall(raw)
            line = _LINE_MARK.sub("", raw)
            if marks and not line.strip():
                continue
            lines.append(line)
            places.append(self._origin(marks[-1]) if marks else places[-1] if places else Place(""))
        return "\n".join(lines), places

    def origins(self, text: str, sign: str) -> list[Place]:
        """Return the line from which each sign of a filled text comes."""
        found = re.findall(f"{sign}|{_LINE_MARK.pattern}", text)
        places: list[Place] = []
        place = Place("")
        for each in reversed(found):  # the mark of a line stands at its end
            if each == sign:
                places.append(place)
            else:
                place = self._origin(each)
        return places[::-1]

    def _origin(self, mark: str) -> Place:
        file, line = divmod(ord(mark) - FIRST_LINE, MAX_LINES)
        return Place(self.names[file], line)

    def get_source(self, _environment: Environment, template: str) -> tuple[str, str, None]:
        """Return a text with its marks, and the name of its file."""
        for folder in self.folders:
            path = folder / template
            if template == path.name and path.is_file():  # a plain name: no text reaches outside its folders
                return self._marked(path), path.as_posix(), None
        raise TemplateNotFound(template)

    def _marked(self, path: Path) -> str:
        file = path.as_posix()
        lines = read_text(path, DataError, MAX_BYTES).rstrip("\n").split("\n")
        if len(lines) >= MAX_LINES:
            raise DataError.one("letter-too-many-lines", Place(file), limit=str(MAX_LINES))
        if file not in self.names:
            if len(self.names) == MAX_FILES:
                raise DataError.one("letter-too-many-files", Place(file), limit=str(MAX_FILES))
            self.names.append(file)
        base = FIRST_LINE + self.names.index(file) * MAX_LINES
        return "\n".join(line + chr(base + n) if line.strip() else line for n, line in enumerate(lines, 1))
