"""Drafts as HTML, in the several hands in which editors of portals really paste a report."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib.resources import files
from string import Template

from gipr_crawl.demo.drafts import Draft, Paragraph
from pipelines.model import Grid


@dataclass(frozen=True, slots=True)
class Resource:
    """What the portal answers: the status, the `Content-Type` (true or false) and the bytes."""

    body: bytes
    content_type: str = "text/html; charset=UTF-8"
    status: int = 200


@cache
def _frame(name: str) -> Template:
    return Template((files("gipr_crawl.demo") / "frames" / name).read_text("utf-8"))


def frame(name: str, texts: Mapping[str, str]) -> str:
    """The page frame `frames/<name>` filled with `texts`, which are HTML already. Raises KeyError for a gap."""
    return _frame(name).substitute(texts)


def grid_html(grid: Grid) -> str:
    """A table as Word leaves it: spans kept, every text inside a paragraph."""
    lines = ['<table border="1" cellspacing="0" cellpadding="0" align="center" style="border-collapse:collapse;">']
    for row in range(grid.height):
        lines.append("<tr>")
        for cell in sorted((cell for cell in grid.cells if cell.row == row), key=lambda cell: cell.column):
            spans = f' rowspan="{cell.row_span}"' if cell.row_span > 1 else ""
            spans += f' colspan="{cell.column_span}"' if cell.column_span > 1 else ""
            lines.append(f'<td{spans}><p align="center"><span>{escape(cell.text, quote=False)}</span></p></td>')
        lines.append("</tr>")
    return "\n".join([*lines, "</table>"])


Hand = Callable[[str, bool], str]
"""Turns an escaped line, and whether it is a signature, into HTML."""


def _indented(line: str, is_signature: bool) -> str:
    return f'<p align="right">{line}</p>' if is_signature else f"<p>　　{line}</p>"


def _from_word(line: str, is_signature: bool) -> str:
    align = "text-align:right;" if is_signature else "text-indent:2em;"
    return (
        f'<p class="MsoNormal" style="{align}line-height:150%"><span style="font-family:仿宋_GB2312;font-size:16pt">'
        f"{line}</span></p>"
    )


def _with_entities(line: str, is_signature: bool) -> str:
    return f'<p style="text-align:right">{line}&nbsp;&nbsp;</p>' if is_signature else f"<p>&emsp;&emsp;{line}</p>"


def _divided(line: str, is_signature: bool) -> str:
    return f'<div align="right">{line}</div>' if is_signature else f"<div>&nbsp;&nbsp;&nbsp;&nbsp;{line}</div>"


def _broken(line: str, is_signature: bool) -> str:
    return f"　　　　　　　　　　　　{line}<br />" if is_signature else f"　　{line}<br />"


HANDS: tuple[Hand, ...] = (_indented, _from_word, _with_entities, _divided, _broken)


def body_html(draft: Draft, hand: Hand, say: Callable[[str], str] = str) -> str:
    """The report itself; `say` is applied to every line before it becomes HTML."""
    return "\n".join(
        hand(escape(say(element.text), quote=False), element.is_signature)
        if isinstance(element, Paragraph)
        else grid_html(element)
        for element in draft.elements
    )
