"""Say whether the PDF engine can run on this machine."""

from functools import lru_cache

from generator.errors import Problem


@lru_cache
def engine_fault() -> Problem | None:
    """Return why no PDF can be made here: WeasyPrint is loaded, and it needs Pango, which Python cannot install."""
    try:
        import weasyprint  # noqa: F401, PLC0415  # heavy, and the very thing to be tried
    except OSError:
        return Problem("no-pango")
    return None
