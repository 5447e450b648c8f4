"""A usual script with WeasyPrint: python weasyprint_loop.py PAGES FONTS OUT [VARIANT]; the pages are ready HTML."""

import json
import sys
from pathlib import Path

from weasyprint import HTML

pages, fonts, out = map(Path, sys.argv[1:4])
variant = {"pdf_variant": sys.argv[4]} if sys.argv[4:] else {}
out.mkdir(parents=True, exist_ok=True)
for code, page in json.loads(pages.read_text("utf-8")).items():
    HTML(string=page, base_url=f"{fonts}/").write_pdf(out / f"{code}.pdf", **variant)
