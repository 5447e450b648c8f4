"""What a letter text may hold of the template language Jinja: little of its syntax, and none of it without end."""

from collections.abc import Iterator
from typing import Any

from jinja2 import Environment, TemplateRuntimeError, nodes
from jinja2.visitor import NodeTransformer

from generator.errors import Place, Problem
from generator.letters.filters import FUNCTIONS

MAX_BYTES = 128 * 1024
MAX_LINES = 4000
MAX_FILES = 16
"""How many texts and passages lie in one folder; with the lines of each this is as far as line marks reach."""
MAX_STEPS = 50_000
"""How many turns of loops and passages one letter may take."""
MAX_LENGTH = 500_000
"""How many characters one letter may have, some 200 pages."""
_MAX_WORDS = 200  # in one tag
_MAX_BRACKETS = 8
_MAX_BLOCKS = 12  # Python takes 20
_MAX_CHOICES = 100
_MAX_DIGITS = 9
_MAX_DEPTH = 60
_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.If, nodes.For, nodes.Include, nodes.Name, nodes.Const,
    nodes.Getattr, nodes.Filter, nodes.Test, nodes.Call, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not,
    nodes.Keyword, nodes.CondExpr, nodes.Tuple,
)  # fmt: skip
_CALLED = {*FUNCTIONS, "ref"}
_OF_JINJA = {"self", "super", "caller", "varargs", "kwargs"}


class TooMuchError(TemplateRuntimeError):
    """A letter takes more steps or becomes longer than a letter may; `problem_id` says which."""

    def __init__(self, problem_id: str, limit: int) -> None:
        super().__init__(problem_id)
        self.problem_id, self.limit = problem_id, limit


def too_much(environment: Environment, source: str, file: str) -> Iterator[Problem]:
    """Find, before a text is parsed, what could not be parsed for its size: long tags, deep brackets and blocks."""
    words = brackets = 0
    blocks: list[int] = []
    opens = False
    for line, kind, value in environment.lex(source):
        place = Place(file, line)
        if kind in {"block_begin", "variable_begin"}:
            words = brackets = 0
        elif kind not in {"whitespace", "data", "comment"}:
            words += 1
            brackets += (value in {"(", "[", "{"}) - (value in {")", "]", "}"}) if kind == "operator" else 0
            if words == _MAX_WORDS:
                yield Problem("letter-tag-too-long", place, "", {"limit": str(_MAX_WORDS)})
            if brackets > _MAX_BRACKETS or (kind in {"integer", "float"} and len(value) > _MAX_DIGITS):
                yield Problem("letter-too-deep", place)
            if opens and value in {"if", "for"}:
                blocks.append(0)
            elif opens and value in {"endif", "endfor"} and blocks:
                blocks.pop()
            elif opens and value == "elif" and blocks:
                blocks[-1] += 1
        if len(blocks) > _MAX_BLOCKS or (blocks and blocks[-1] > _MAX_CHOICES):
            yield Problem("letter-too-deep", place)
            return
        opens = kind == "block_begin" or (opens and kind == "whitespace")


def not_allowed(environment: Environment, tree: nodes.Template, file: str) -> Iterator[Problem]:
    """Find what a parsed text holds that no letter text may."""
    waiting: list[tuple[nodes.Node, int, int]] = [(tree, 0, 0)]
    while waiting:
        node, depth, line = waiting.pop()
        place = Place(file, node.lineno or line)
        if depth > _MAX_DEPTH:
            yield Problem("letter-too-deep", place)
            return
        if found := _refused(environment, node):
            yield Problem("letter-not-allowed", place, "", {"construct": found})
            continue
        waiting += [(inner, depth + 1, place.line) for inner in node.iter_child_nodes()]


def _refused(environment: Environment, node: nodes.Node) -> str:
    """Say what of a construct is not allowed, if it is not."""
    kind = type(node).__name__.lower()
    if not isinstance(node, _ALLOWED) or getattr(node, "dyn_args", None) or getattr(node, "dyn_kwargs", None):
        return kind
    name = str(getattr(node, "name", "") or getattr(node, "attr", ""))
    well = True
    match node:
        case nodes.Name():
            well = not name.startswith("_") and name not in _OF_JINJA
        case nodes.Getattr(node=inner):
            well = not name.startswith("_") and isinstance(inner, nodes.Name | nodes.Getattr)
        case nodes.Call(node=inner):
            name = str(getattr(inner, "name", "") or getattr(inner, "attr", ""))
            well = isinstance(inner, nodes.Name) and name in _CALLED
        case nodes.Filter():
            well = name in environment.filters and not name.startswith("_")
        case nodes.Test():
            well = name in environment.tests
        case nodes.Include() | nodes.For():
            well = isinstance(getattr(node, "template", nodes.Const("")), nodes.Const) and not getattr(
                node, "recursive", 0
            )
    return "" if well else f"{kind} {name}".strip()


def passages(tree: nodes.Template) -> Iterator[tuple[str, int]]:
    """Return the names of the passages a text includes, and on which line."""
    for include in tree.find_all(nodes.Include):
        if isinstance(name := getattr(include.template, "value", None), str):
            yield name, include.lineno


def with_steps(environment: Environment, tree: nodes.Template, steps: str) -> nodes.Template:
    """Return a text in which each loop and each passage goes through a filter that counts."""

    def counted(value: Any) -> nodes.Filter:
        return nodes.Filter(value, steps, [], [], None, None, lineno=value.lineno, environment=environment)

    for node in list(tree.find_all((nodes.For, nodes.Include))):
        name = "iter" if isinstance(node, nodes.For) else "template"
        setattr(node, name, counted(getattr(node, name)))
    return tree


def with_every_branch(tree: nodes.Template) -> nodes.Template:
    """Return a text that asks all its conditions and says the words of all its branches, whatever the answers are."""
    told: nodes.Template = _EveryBranch().visit(tree)
    return told


class _EveryBranch(NodeTransformer):
    """Put the branches of a condition one after the other."""

    def visit_If(self, node: nodes.If) -> list[nodes.Node]:  # noqa: N802  # the name that Jinja looks for
        """Keep each test, which may hold a fault of its own, and let it have no say."""
        branches = [
            nodes.If(
                nodes.Or(each.test, nodes.Const(True), lineno=each.lineno),  # it takes no name
                [found for part in each.body for found in self.visit_list(part)],
                [],
                [],
                lineno=each.lineno,
            )
            for each in (node, *node.elif_)
        ]
        return [*branches, *(found for part in node.else_ for found in self.visit_list(part))]
