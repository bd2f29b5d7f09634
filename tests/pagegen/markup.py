"""Ways in which editors' markup holds the same body: paragraphs, one paragraph with breaks, Word exports, tables."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from tests.pagegen.articles import Article, Rows

BodyMarkup = Callable[[Article], str]


def paragraphs(article: Article) -> str:
    """A `p` a paragraph with an ideographic indent, tables as they are."""
    return "\n".join(f"<p>　　{escape(part)}</p>" if isinstance(part, str) else table(part) for part in article.parts)


def breaks(article: Article) -> str:
    """One paragraph, its lines parted by `br`; tables stand between two of them."""
    pieces = [
        f"　　{escape(part)}<br/>" if isinstance(part, str) else f"</p>{table(part)}<p>" for part in article.parts
    ]
    return f"<p>{''.join(pieces)}</p>"


def word_export(article: Article) -> str:
    """Word's export: a span a character, its own styles and conditional comments inside the container."""
    head = (
        "<style>.MsoNormal{mso-style-parent:'';text-indent:21.0pt} .Section0{page:Section0;}</style>"
        "<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]--><o:p></o:p>"
    )
    return head + "\n".join(
        f'<p class="MsoNormal" style="text-indent:32pt">{_spans(part)}</p>' if isinstance(part, str) else table(part)
        for part in article.parts
    )


def bare_divs(article: Article) -> str:
    """A `div` a paragraph, broken by the source's own line ends."""
    return "\n".join(
        f"<div>&nbsp;&nbsp;{_wrapped(part)}</div>" if isinstance(part, str) else table(part) for part in article.parts
    )


def sections(article: Article) -> str:
    """Every few parts in a box of their own, as page builders do."""
    parts = [f"<p>{escape(part)}</p>" if isinstance(part, str) else table(part) for part in article.parts]
    return "".join(f'<section class="block-{n}">{"".join(parts[n : n + 3])}</section>' for n in range(0, len(parts), 3))


def layout_table(article: Article) -> str:
    """The whole body inside a table that only holds it in place."""
    return f'<table width="100%"><tr><td></td><td>{paragraphs(article)}</td></tr></table>'


def bare_lines(article: Article) -> str:
    """No paragraph at all: text and `br` straight in the container."""
    pieces = [f"&emsp;&emsp;{escape(part)}<br><br>" if isinstance(part, str) else table(part) for part in article.parts]
    return "".join(pieces)


def list_items(article: Article) -> str:
    """The paragraphs as items of a list, the tables between two lists."""
    pieces = [
        f"<li>{escape(part)}</li>" if isinstance(part, str) else f"</ol>{table(part)}<ol>" for part in article.parts
    ]
    return f"<ol>{''.join(pieces)}</ol>"


def linked_terms(article: Article) -> str:
    """Laws and agencies are links, as policy libraries make them: a third of the text is linked."""

    def linked(text: str) -> str:
        third = len(text) // 3
        return f'{escape(text[:third])}<a href="/law/{third}.html">{escape(text[third : 2 * third])}</a>{escape(text[2 * third :])}'

    return "\n".join(f"<p>{linked(part)}</p>" if isinstance(part, str) else table(part) for part in article.parts)


def headings(article: Article) -> str:
    """Section headings as `h3`, the rest as paragraphs, the tables with spans in a frame of their own."""
    return "\n".join(
        f'<div class="tab">{table(part)}</div>'
        if not isinstance(part, str)
        else f"<h3>{escape(part)}</h3>"
        if part[1:2] == "、"
        else f"<p><b>{escape(part[:4])}</b>{escape(part[4:])}</p>"
        for part in article.parts
    )


def table(rows: Rows) -> str:
    """A data table with Word's paragraphs in its cells."""
    lines = "".join(
        "<tr>" + "".join(f"<td><p align=center><span>{escape(cell)}</span></p></td>" for cell in row) + "</tr>"
        for row in rows
    )
    return f'<table border="1"><tbody>{lines}</tbody></table>'


def _spans(text: str) -> str:
    return "".join(f'<span style="font-family:仿宋">{escape(char)}</span>' for char in text)


def _wrapped(text: str) -> str:
    return "\n      ".join(escape(text[start : start + 40].strip()) for start in range(0, len(text), 40))
