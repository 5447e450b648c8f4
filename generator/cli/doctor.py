"""`arznoma doctor`."""

import platform
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import click

from generator.cli.messages import Messages
from generator.cli.options import folders_of, json_option, messages_of
from generator.cli.report import say_json
from generator.errors import GeneratorError
from generator.folders import Folders

LETTERS = (
    "абвгдеёжзийклмнопрстуфхцчшщъыьэюяғӣқӯҳҷәңөұүһіabcçdeəfgğhxıijklmnoöpqrsştuüvyz"
    "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯҒӢҚӮҲҶӘҢӨҰҮҺІABCÇDEƏFGĞHXIİJKLMNOÖPQRSŞTUÜVYZ№§«»„“”‘’–—…₸₼₽"
)
"""Every letter of Russian, Tajik, Kazakh and Azerbaijani, and the signs our letters use."""


@click.command("doctor")
@json_option
@click.pass_context
def command(context: click.Context, *, as_json: bool) -> None:
    """Test this installation and say how to mend each fault on Debian, macOS and Windows.

    \b
    Example:
      arznoma doctor
    """
    messages = messages_of(context)
    results = {name: test(folders_of(context)) for name, test in TESTS.items()}
    if as_json:
        mends = {name: [] if well else messages.mend(f"doctor-{name}") for name, well in results.items()}
        found = {name: {"ok": well, "mend": mends[name]} for name, well in results.items()}
        say_json({"python": platform.python_version(), **found})
    else:
        _print(messages, results)
    context.exit(0 if all(well or _spare(name, results) for name, well in results.items()) else 1)


def _spare(name: str, results: dict[str, bool]) -> bool:
    """Say whether something may be missing: one of the two PDF engines, while there is the other."""
    return name in PDF_ENGINES and any(results[each] for each in PDF_ENGINES)


def _print(messages: Messages, results: dict[str, bool]) -> None:
    click.echo(f"{messages.say('doctor-ok')}  {messages.say('doctor-python', version=platform.python_version())}")
    for name, well in results.items():
        state = "doctor-ok" if well else "doctor-spare" if _spare(name, results) else "doctor-fault"
        click.echo(f"{messages.say(state)}  {messages.say(f'doctor-{name}')}")
        if not well:
            for line in messages.mend(f"doctor-{name}"):
                click.echo(f"    {line}")
    if all(well or _spare(name, results) for name, well in results.items()):
        click.echo(messages.say("doctor-all-well"))


def _pango(_folders: Folders) -> bool:
    from generator.render.engine import missing_engine  # noqa: PLC0415  # heavy; only when asked

    return missing_engine("weasyprint") is None


def _typst(_folders: Folders) -> bool:
    from generator.render.engine import missing_engine  # noqa: PLC0415  # as above

    return missing_engine("typst") is None


def _subset(_folders: Folders) -> bool:
    from ctypes.util import find_library  # noqa: PLC0415  # as above

    return find_library("harfbuzz-subset") is not None or sys.platform == "win32"


def _fonts(folders: Folders) -> bool:
    from generator.render.glyphs import undrawable  # noqa: PLC0415  # as above
    from generator.render.house_style import cached  # noqa: PLC0415  # as above

    folder = folders.find("templates", "house-styles", "plain")
    try:
        return folder is not None and not undrawable(LETTERS, cached(folder))
    except GeneratorError:
        return False


def _folder(_folders: Folders) -> bool:
    try:
        with tempfile.TemporaryDirectory(prefix=".arznoma-", dir=Path.cwd()) as folder:
            (Path(folder) / "test").write_bytes(b"test")
    except OSError:
        return False
    return True


def _locale(_folders: Folders) -> bool:
    return sys.getfilesystemencoding().lower() == "utf-8" and (sys.stdout.encoding or "").lower().startswith("utf")


def _data(folders: Folders) -> bool:
    from generator.law.load import load_law  # noqa: PLC0415  # as above
    from generator.letters.catalogue import letter_names, load_kind  # noqa: PLC0415  # as above

    try:
        for name in folders.names("law", holding="pack.yaml"):
            load_law(name, folders)
        return bool([load_kind(name, folders) for name in letter_names(folders)])
    except GeneratorError:
        return False


PDF_ENGINES = ("pango", "typst")
TESTS: dict[str, Callable[[Folders], bool]] = {
    "pango": _pango,
    "subset": _subset,
    "typst": _typst,
    "fonts": _fonts,
    "folder": _folder,
    "locale": _locale,
    "data": _data,
}
