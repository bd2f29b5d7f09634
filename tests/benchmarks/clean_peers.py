"""Main text by other extractors: pages in as JSON lines, texts and times out as JSON lines.

Run by `tests.benchmarks.clean` and `.extract` with the interpreter of the peers' own environment; knows nothing of
this project. Arguments name the peers that are to run, all of them without any.
A line in: `{"name": …, "html": …}`; a line out: `{"name": …, "peer": …, "text": …, "title": …, "seconds": …}`.
"""

from __future__ import annotations

import contextlib
import json
import sys
import time
from collections.abc import Callable


def _trafilatura() -> Callable[[str], tuple[str, str]]:
    import trafilatura

    def read(html: str) -> tuple[str, str]:
        found = trafilatura.bare_extraction(html, include_comments=False, with_metadata=True)
        return ((found.text or "") if found else "", (found.title or "") if found else "")

    return read


def _readability() -> Callable[[str], tuple[str, str]]:
    import lxml.html
    from readability import Document

    def read(html: str) -> tuple[str, str]:
        document = Document(html)
        return lxml.html.fromstring(document.summary()).text_content(), document.short_title()

    return read


def _resiliparse() -> Callable[[str], tuple[str, str]]:
    from resiliparse.extract.html2text import extract_plain_text

    return lambda html: (extract_plain_text(html, main_content=True), "")


def _gne() -> Callable[[str], tuple[str, str]]:
    from gne import GeneralNewsExtractor

    extractor = GeneralNewsExtractor()

    def read(html: str) -> tuple[str, str]:
        found = extractor.extract(html)
        return found["content"], found["title"]

    return read


def _justext() -> Callable[[str], tuple[str, str]]:
    import justext

    def read(html: str) -> tuple[str, str]:
        # By length alone: Chinese has no blanks between words, so its stop-word test never matches.
        paragraphs = justext.justext(
            html.encode(),
            frozenset(),
            length_low=20,
            length_high=60,
            stopwords_low=0,
            stopwords_high=0,
            encoding="utf-8",
        )
        return "\n".join(item.text for item in paragraphs if not item.is_boilerplate), ""

    return read


PEERS = {
    "trafilatura": _trafilatura,
    "readability": _readability,
    "resiliparse": _resiliparse,
    "gne": _gne,
    "justext": _justext,
}


def main() -> None:
    """Read every page of standard input with every peer that is installed; a peer's failure counts as no text."""
    pages = [json.loads(line) for line in sys.stdin]
    for peer, load in PEERS.items():
        if sys.argv[1:] and peer not in sys.argv[1:]:
            continue
        try:
            read = load()
        except ImportError as missing:
            print(f"{peer} is left out: {missing}", file=sys.stderr)
            continue
        for page in pages:
            if not page["name"]:  # a page to warm up on, so that whatever a peer loads late is loaded
                with contextlib.suppress(Exception):
                    read(page["html"])
                continue
            start = time.perf_counter()
            try:
                text, title = read(page["html"])
            except Exception as fault:
                print(f"{peer} fails on {page['name']}: {type(fault).__name__}", file=sys.stderr)
                text = title = ""
            seconds = time.perf_counter() - start
            answer = {"name": page["name"], "peer": peer, "text": text, "title": title, "seconds": seconds}
            print(json.dumps(answer, ensure_ascii=False))


if __name__ == "__main__":
    main()
