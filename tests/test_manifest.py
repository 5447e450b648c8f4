"""The manifest is JSON that a person can read and compare line by line."""

import json

from generator.manifest import manifest

FILES = [{"name": "k-1_a_ru.docx", "bytes": 10_000}, {"name": "k-1_a_ru.pdf", "bytes": 20_000}]
ENTRIES = [
    {"kind": "a", "draft": False, "as_of": "2026-06-01", "files": FILES, "gaps": [], "word": 'Назарова "М. К."\n'},
    {"kind": "b", "draft": True, "files": FILES[:1], "findings": [{"facts": [], "missing": ["a.b"], "limit": None}]},
]


def test_a_manifest_says_what_it_was_given():
    """Whatever the entries hold, a reader of JSON gets it back."""
    assert json.loads(manifest("k-1", ENTRIES)) == {"case": "k-1", "letters": ENTRIES}
    assert json.loads(manifest("k-1", [])) == {"case": "k-1", "letters": []}


def test_each_thing_stands_on_its_own_line():
    """Another file or finding is another line, and a name is written as it reads."""
    lines = manifest("k-1", ENTRIES).decode().splitlines()
    assert '    {"name":"k-1_a_ru.docx","bytes":10000},' in lines
    assert '    {"name":"k-1_a_ru.pdf","bytes":20000}' in lines
    assert '  "word": "Назарова \\"М. К.\\"\\n"' in lines
