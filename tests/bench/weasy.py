"""WeasyPrint alone, warm, in a process of its own: python -m tests.bench.weasy FOLDER renders page.html for each line."""

from __future__ import annotations

import sys
from pathlib import Path

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher


def main(folder: Path) -> None:
    page, fetcher, faces = (folder / "page.html").read_text(), URLFetcher(), FontConfiguration()
    sheets = [
        CSS(filename=folder / name, font_config=faces, url_fetcher=fetcher) for name in ("faces.css", "sheet.css")
    ]
    print("ready", flush=True)
    for _line in sys.stdin:
        html = HTML(string=page, url_fetcher=fetcher)
        made = html.write_pdf(stylesheets=sheets, font_config=faces, pdf_variant="pdf/ua-1")
        assert made is not None
        print(len(made), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
