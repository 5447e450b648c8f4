"""Fill a letter text: Jinja decides what is said; every value becomes a one-character slot, so it is never markup."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MethodType
from typing import Any

from jinja2 import (
    BaseLoader,
    Environment,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    Undefined,
    nodes,
    pass_context,
)
from jinja2.runtime import Context, LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment

from generator.errors import DataError, Place
from generator.letters.filters import FILTERS, TESTS
from generator.letters.view import Group, Shown, Words

SLOT = chr(0xF0000)  # plane 15 is private use: refused in facts and in texts, so a slot can only be ours
FIRST_LINE = 0x100000  # plane 16: ends each line of a text and says which line of which file it was
LINES_A_FILE = 4000
LINE_MARK = f"{chr(FIRST_LINE)}-{chr(0x10FFFF)}"
_LINE_MARK = re.compile(f"[{LINE_MARK}]")
_OF_DICT = frozenset(dir(dict))
_OPEN = (Shown, LoopContext)  # what may be looked at without the sandbox asking what it is
_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.If, nodes.For, nodes.Include, nodes.Name, nodes.Const,
    nodes.Getattr, nodes.Filter, nodes.Test, nodes.Call, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not,
    nodes.Keyword, nodes.CondExpr, nodes.Tuple,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Filled:
    """A filled text: lines with their marks and with slots in them; what each slot holds, in order; whose text it is.

    The text is left in the `pieces` it was filled from. Two letters of one shape have the same pieces: what differs
    between them is in the slots.
    """

    pieces: tuple[str, ...]
    slots: list[Any]
    texts: "Texts"


def fill(text: Path, clauses: Path | None, namespace: Mapping[str, Any]) -> Filled:
    """Fill a text with a namespace; raise `DataError` where the text itself is at fault.

    `clauses` is the folder of passages the text may include. Lines that held only logic leave no trace.
    """
    environment = _environment(text.parent, clauses)
    slots: list[Any] = []
    try:
        pieces: Any = environment.get_template(text.name).render({**namespace, "_slots": slots})
    except TemplateSyntaxError as fault:
        raise DataError.one("letter-syntax", Place(fault.name or text.name, fault.lineno)) from None
    except (TemplateError, TypeError) as fault:
        raise DataError.one("letter-fault", _place(fault, text), fault=str(fault)) from None
    return Filled(pieces, slots, environment.texts)


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

    def _origin(self, mark: str) -> Place:
        file, line = divmod(ord(mark) - FIRST_LINE, LINES_A_FILE)
        return Place(self.names[file], line)

    def get_source(self, _environment: Environment, template: str) -> tuple[str, str, None]:
        """Return a text with its marks, and the name of its file."""
        for folder in self.folders:
            path = folder / template
            if template == path.name and path.is_file():  # a plain name: no text reaches outside its folders
                return self._marked(path), path.as_posix(), None
        raise TemplateNotFound(template)

    def _marked(self, path: Path) -> str:
        self.names.append(path.as_posix())
        base = FIRST_LINE + (len(self.names) - 1) * LINES_A_FILE
        lines = path.read_text("utf-8").rstrip("\n").split("\n")
        return "\n".join(line + chr(base + n) if line.strip() else line for n, line in enumerate(lines, 1))


class _Environment(ImmutableSandboxedEnvironment):
    """Jinja with an allow-list of syntax, and none of its own filters, tests and globals; it gives a text in pieces."""

    concat = staticmethod(tuple)  # type: ignore[assignment]  # as `NativeEnvironment` does, to have no text either

    def __init__(self, texts: Texts) -> None:
        super().__init__(
            loader=texts,
            undefined=StrictUndefined,
            finalize=_to_slot,
            autoescape=False,
            optimized=False,  # a text has next to nothing that could be worked out before it is filled
            keep_trailing_newline=True,
            auto_reload=False,
        )
        self.texts = texts
        self.filters = dict(FILTERS)
        self.tests = dict(TESTS)
        self.globals = {}

    def make_globals(self, _given: Any) -> dict[str, Any]:
        """Return no names: Jinja would lay two empty mappings over each other for each text that is included."""
        return {}

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return a fact or a word by its name; the quick way for what has only names that a text may use."""
        if type(obj) is Group:
            try:
                return obj._seen[attribute]  # noqa: SLF001  # private to texts, not to us
            except KeyError:  # then no case has it, or it is private
                return super().getattr(obj, attribute)
        if type(obj) is dict and attribute in obj and attribute not in _OF_DICT:
            return obj[attribute]
        if isinstance(obj, _OPEN) and not attribute.startswith("_") and hasattr(type(obj), attribute):
            return getattr(obj, attribute)
        return super().getattr(obj, attribute)

    def call(self, context: Context, obj: Any, /, *arguments: Any, **named: Any) -> Any:
        """Call what a text calls; the quick way for the functions that it was given."""
        if type(obj) is MethodType and isinstance(obj.__self__, Words):
            return obj(*arguments, **named)
        return super().call(context, obj, *arguments, **named)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        for node in tree.find_all(nodes.Node):
            if not isinstance(node, _ALLOWED):
                message = f"{type(node).__name__.lower()} is not allowed in a letter text"
                raise TemplateSyntaxError(message, node.lineno, name, filename)
        return tree


@lru_cache(maxsize=64)
def _environment(folder: Path, clauses: Path | None) -> _Environment:
    return _Environment(Texts((folder, clauses) if clauses else (folder,)))


@pass_context
def _to_slot(context: Context, value: Any) -> str:
    """Swap a printed value for a slot; taking the context keeps Jinja from folding constants before we see them."""
    context.parent["_slots"].append(
        str(value) if isinstance(value, Undefined) else value
    )  # a strict undefined raises here
    return SLOT


def _place(fault: Exception, text: Path) -> Place:
    """Find the line of the text in which a fault arose."""
    trace, place = fault.__traceback__, Place(text.as_posix())
    while trace:
        if trace.tb_frame.f_code.co_filename.endswith(".md"):
            place = Place(trace.tb_frame.f_code.co_filename, trace.tb_lineno)
        trace = trace.tb_next
    return place
