"""Pages that are no more than a shell: frames, an application that a script would fill."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipelines.clean.document import Document
from pipelines.model import Finding

# Under this much text a page with an application's marks is its empty shell; the shortest report is longer.
_LEAST_TEXT = 40
_APPLICATION = re.compile(
    r"window\._CONFIG|__INITIAL_STATE__|__NUXT__|__NEXT_DATA__|webpackJsonp|\bnew Vue\b|createApp\(|ReactDOM|angular\.module"
    r"|\$\.(?:ajax|get|post|getJSON)\(|XMLHttpRequest|axios\.|fetch\(|document\.write\(|location\.(?:href|replace)"
)
_ROOT_NAMES = frozenset("app root __next __nuxt main-app q-app".split())


def page_findings(document: Document, main_text: str, own_frames: Sequence[str]) -> list[Finding]:
    """The Findings `framed_page` and `script_rendered_page` of a page whose own text is not the article."""
    findings: list[Finding] = []
    if document.frames and (document.is_frameset or len(main_text) < _LEAST_TEXT):
        shown = own_frames or document.frames
        where = "of its own host" if own_frames else "of another host"
        findings.append(
            Finding("clean", "framed_page", f"the page only frames other pages, {where}: {', '.join(shown[:3])}")
        )
    elif document.is_html and len(main_text) < _LEAST_TEXT and (sign := _application_sign(document)):
        findings.append(
            Finding("clean", "script_rendered_page", f"the page is an empty shell that a script fills: {sign}")
        )
    return findings


def _application_sign(document: Document) -> str:
    for element in document.elements:
        for name in element.names:
            if name in _ROOT_NAMES and element.first == element.last:
                return f"empty element {name}"
    for script in document.scripts:
        if match := _APPLICATION.search(script):
            return f"script with {match[0]}"
    for line in document.lines:
        if line.hidden == "noscript" and "javascript" in line.text.lower():
            return "a plea to switch scripts on"
    return ""
