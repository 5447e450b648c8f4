"""Fill a letter text: Jinja decides what is said; every value becomes a one-character slot, so it is never markup."""

import contextlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path
from types import MethodType
from typing import Any

from jinja2 import (
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
from generator.letters.allowed import (
    MAX_LENGTH,
    MAX_STEPS,
    TooMuchError,
    not_allowed,
    passages,
    too_much,
    with_every_branch,
    with_steps,
)
from generator.letters.filters import FILTERS, TESTS, MisusedError, used
from generator.letters.texts import Texts
from generator.letters.view import Group, Shown, Unknown, Words

SLOT = chr(0xF0000)  # plane 15 is private use: refused in facts and in texts, so a slot can only be ours
_OF_DICT = frozenset(dir(dict))
_OPEN = (Shown, LoopContext)  # what may be looked at without the sandbox asking what it is
_STEPS = "_steps"


@dataclass(frozen=True, slots=True)
class Filled:
    """A filled text: lines with their marks and with slots in them; what each slot holds, in order; whose text it is.

    The text is left in the `pieces` it was filled from. Two letters of one shape have the same pieces: what differs
    between them is in the slots.
    """

    pieces: tuple[str, ...]
    slots: list[Any]
    texts: Texts


def fill(text: Path, clauses: Path | None, namespace: Mapping[str, Any], *, every_branch: bool = False) -> Filled:
    """Fill a text with a namespace; raise `DataError` where the text itself is at fault.

    `clauses` is the folder of passages the text may include. Lines that held only logic leave no trace. With
    `every_branch` all is said that a text can say, which is no letter, but shows faults that no case has met yet.
    """
    environment = _environment(text.parent, clauses, every_branch)
    slots = Slots()
    with _faults(text):
        environment.reached(text.name)
        pieces: Any = environment.get_template(text.name).render({**namespace, "_slots": slots})
    return Filled(pieces, slots, environment.texts)


def look_through(text: Path, clauses: Path | None) -> tuple[nodes.Template, ...]:
    """Return a text and the passages it includes as they are parsed, without any fact.

    Raise `DataError` where one of them holds what no letter text may.
    """
    environment = _environment(text.parent, clauses, every_branch=False)
    with _faults(text):
        return tuple(environment.tree(name) for name in environment.reached(text.name))


@contextlib.contextmanager
def _faults(text: Path) -> Iterator[None]:
    """Tell every fault of a text with its line; no word of it is the value of a fact."""
    try:
        yield
    except TemplateSyntaxError as fault:
        raise DataError.one("letter-syntax", Place(fault.filename or text.as_posix(), fault.lineno)) from None
    except TooMuchError as fault:
        raise DataError.one(fault.problem_id, _place(fault, text), limit=str(fault.limit)) from None
    except MisusedError as fault:
        raise DataError.one("letter-misused", _place(fault, text), function=str(fault)) from None
    except (RecursionError, SyntaxError):  # deeper than we thought of
        raise DataError.one("letter-too-deep", Place(text.as_posix())) from None
    except (TemplateError, TypeError) as fault:
        raise DataError.one("letter-fault", _place(fault, text), fault=str(fault)) from None


class Slots(list[Any]):
    """What the slots of one letter hold; how many steps it took and how many characters of values it has so far."""

    steps = length = 0

    def step(self, number: int) -> None:
        """Count turns of a loop, or a passage."""
        self.steps += number
        if self.steps > MAX_STEPS:
            raise TooMuchError("letter-too-many-steps", MAX_STEPS)


def _collected(pieces: Iterable[str]) -> tuple[str, ...]:
    """Return the pieces of a filled text, of which there is an end."""
    found = tuple(islice(pieces, MAX_LENGTH))
    if len(found) == MAX_LENGTH or sum(map(len, found)) > MAX_LENGTH:
        raise TooMuchError("letter-too-long", MAX_LENGTH)
    return found


class _Environment(ImmutableSandboxedEnvironment):
    """Jinja with an allow-list of syntax, and none of its own filters, tests and globals; it gives a text in pieces."""

    concat = staticmethod(_collected)  # type: ignore[assignment]  # as `NativeEnvironment` does

    def __init__(self, texts: Texts, *, every_branch: bool) -> None:
        super().__init__(
            loader=texts,
            undefined=StrictUndefined,
            finalize=_to_slot,
            autoescape=False,
            optimized=False,  # a text has next to nothing that could be worked out before it is filled
            keep_trailing_newline=True,
            auto_reload=False,
        )
        self.texts, self.every_branch = texts, every_branch
        self.filters = {**FILTERS, _STEPS: _counted}
        self.tests = dict(TESTS)
        self.globals = {}
        self._includes: dict[str, tuple[tuple[str, int], ...]] = {}
        self._reached: dict[str, tuple[str, ...]] = {}

    def reached(self, name: str, above: tuple[str, ...] = ()) -> tuple[str, ...]:
        """Load a text and the passages it includes, and return their names; raise if one of them includes itself."""
        if name not in self._reached:
            found = {name: None}
            template = self.get_template(name)
            for passage, line in self._includes[name]:
                place = Place(template.filename or name, line)
                if passage in (*above, name):
                    raise DataError.one("letter-in-a-ring", place, passage=passage)
                try:
                    found |= dict.fromkeys(self.reached(passage, (*above, name)))
                except TemplateNotFound:
                    raise DataError.one("letter-fault", place, fault=passage) from None
            self._reached[name] = tuple(found)
        return self._reached[name]

    def tree(self, name: str) -> nodes.Template:
        """Return a text as it is parsed."""
        source, file, _ = self.texts.get_source(self, name)
        return self.parse(source, name, file)

    def make_globals(self, _given: Any) -> dict[str, Any]:
        """Return no names: Jinja would lay two empty mappings over each other for each text that is included."""
        return {}

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return a fact or a word by its name; the quick way for what has only names that a text may use."""
        if type(obj) is Group:
            try:
                return obj._seen[attribute]  # noqa: SLF001  # private to texts, not to us
            except KeyError:  # then no case has it, or it is private
                return self.undefined(hint=repr(attribute))
        if type(obj) is dict and attribute in obj and attribute not in _OF_DICT:
            return obj[attribute]
        if isinstance(obj, Undefined) or (self.every_branch and isinstance(obj, Unknown)):
            return obj  # the first name that is not there is told; of an unknown fact a text asks whether it is known
        if isinstance(obj, _OPEN) and not attribute.startswith("_") and hasattr(type(obj), attribute):
            return getattr(obj, attribute)
        return self.undefined(hint=repr(attribute))

    def call(self, context: Context, obj: Any, /, *arguments: Any, **named: Any) -> Any:
        """Call what a text calls; the quick way for the functions that it was given."""
        if type(obj) is MethodType and isinstance(obj.__self__, Words):
            return used(obj.__name__, obj, *arguments, **named)
        return super().call(context, obj, *arguments, **named)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        file = filename or name or ""
        if problems := list(too_much(self, source, file)):
            raise DataError(problems)
        tree = super()._parse(source, name, filename)
        if problems := list(not_allowed(self, tree, file)):
            raise DataError(problems)
        self._includes[name or ""] = tuple(passages(tree))
        tree = with_every_branch(tree) if self.every_branch else tree
        return with_steps(self, tree, _STEPS)


@lru_cache(maxsize=64)
def _environment(folder: Path, clauses: Path | None, every_branch: bool) -> _Environment:  # noqa: FBT001  # for the cache
    return _Environment(Texts((folder, clauses) if clauses else (folder,)), every_branch=every_branch)


@pass_context
def _to_slot(context: Context, value: Any) -> str:
    """Swap a printed value for a slot; taking the context keeps Jinja from folding constants before we see them."""
    slots: Slots = context.parent["_slots"]
    if isinstance(value, str):
        slots.length += len(value)
        if slots.length > MAX_LENGTH:
            raise TooMuchError("letter-too-long", MAX_LENGTH)
    elif isinstance(value, Undefined):
        str(value)  # a strict undefined raises here
    slots.append(value)
    return SLOT


@pass_context
def _counted(context: Context, value: Any) -> Any:
    """Count what a loop goes through, or a passage, by its name, as one step."""
    slots: Slots = context.parent["_slots"]
    if type(value) is str:
        slots.step(1)
        return value
    items = tuple(value)
    slots.step(len(items))
    return items


def _place(fault: Exception, text: Path) -> Place:
    """Find the line of the text in which a fault arose."""
    trace, place = fault.__traceback__, Place(text.as_posix())
    while trace:
        if trace.tb_frame.f_code.co_filename.endswith(".md"):
            place = Place(trace.tb_frame.f_code.co_filename, trace.tb_lineno)
        trace = trace.tb_next
    return place
