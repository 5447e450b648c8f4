"""A usual script with docxtpl, as its manual shows it: python docxtpl_loop.py TEMPLATE VALUES OUT."""

import json
import sys
from pathlib import Path

from docxtpl import DocxTemplate

template, values, out = map(Path, sys.argv[1:])
out.mkdir(parents=True, exist_ok=True)
for code, letter in json.loads(values.read_text("utf-8")).items():
    document = DocxTemplate(template)
    document.render(letter, autoescape=True)
    document.save(out / f"{code}.docx")
