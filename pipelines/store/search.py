"""Finding reports by their words, two-character words and single characters included.

A word is found where it stands, character by character, in title, agency or text; case and full width of Latin
letters and digits do not matter. On SQLite an index of character pairs narrows the search; it is filled after a run,
not by it, and what it does not hold yet is scanned. Whatever the index offers is checked against the text itself, so
index and scan give the same hits.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Any

import sqlalchemy as sa

from pipelines.store.engine import transaction
from pipelines.store.identity import UNSTORABLE
from pipelines.store.schema import pages, reports, search_documents
from pipelines.store.selection import ReportFilter

FILL_BATCH = 200
SNIPPET_REACH = 40  # characters of context on each side of the first match

# Half and full width of ASCII, and the ideographic space; one character for one, so that places stay true.
_FOLDED = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_FOLDED |= {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}
_FOLDED |= {upper: upper - 0xFEE0 + 32 for upper in range(0xFF21, 0xFF3B)}
_NEEDS_FOLDING = re.compile("[A-Z\u3000\uff01-\uff5e]")
# Characters whose pairs are indexed: those that FTS5's tokenizer takes for letters in every version of its tables
# (the hexagrams between the two blocks of ideographs it takes for signs).
_RUN = re.compile("[0-9a-z\u3400-\u4dbf\u4e00-\u9fff]+")
# Stands between runs, lest 县。信息 match 县信息 by way of neighbouring pairs.
_GAP = " ø "
# SQLite limits the depth of an expression and the length of a pattern; the text itself is asked for what is beyond.
_MOST_WORDS = 16
_LONGEST_WORD = 64


@dataclass(frozen=True, slots=True)
class Hit:
    """A report that has all words; `snippet` shows the first of them with every match in [brackets]."""

    report_id: int
    title: str | None
    agency: str | None
    report_year: int | None
    url: str
    snippet: str


def fold(text: str) -> str:
    """The text in lower case and half width (Latin letters, digits and signs only), as long as before."""
    return text.translate(_FOLDED) if _NEEDS_FOLDING.search(text) else text


def bigrams(text: str) -> str:
    """The pairs of neighbouring characters of a text, as the index holds them; a lone character is a token itself."""
    runs = (match[0] for match in _RUN.finditer(fold(text)))
    return _GAP.join(" ".join(map("".join, pairwise(run))) or run for run in runs)


def search(
    connection: sa.Connection,
    words: str,
    *,
    limit: int = 20,
    year: int | None = None,
    region_code: str | None = None,
    kind: str | None = None,
    site: str | None = None,
    normalise: Callable[[str], str] = fold,
) -> list[Hit]:
    """Current reports that hold all `words` (parted by white space), the newest year first.

    Nothing in `words` is an operator. `normalise` brings them to the form of the stored texts (Simplified
    characters); case and width are seen to here. No words, no hits.
    """
    wanted = list(dict.fromkeys(fold(normalise(words)).split()))
    if not wanted or limit < 1 or UNSTORABLE.search(words):
        return []
    chosen = ReportFilter(year=year, region_code=region_code, kind=kind, site=site)
    candidates = _candidates(connection, wanted, chosen)
    found = (hit for row in candidates if (hit := _hit(row, wanted)) is not None)
    return list(islice(found, limit))


def fill_index(engine: sa.Engine) -> int:
    """Brings the index up to the current reports, in batches of one transaction each; gives the reports added.

    Does nothing on databases other than SQLite, whose texts are scanned.
    """
    if engine.dialect.name != "sqlite":
        return 0
    indexed = sa.select(search_documents.c.report_id)
    current = sa.select(reports.c.id).where(reports.c.is_current)
    missing = (
        sa.select(reports.c.id, reports.c.title, reports.c.agency, reports.c.body_text)
        .where(reports.c.is_current, reports.c.id.not_in(indexed))
        .order_by(reports.c.id)
        .limit(FILL_BATCH)
    )
    with transaction(engine) as connection:
        connection.execute(search_documents.delete().where(search_documents.c.report_id.not_in(current)))
    added = 0
    while True:
        with transaction(engine) as connection:
            rows = connection.execute(missing).all()
            if not rows:
                return added
            documents = [{"report_id": row.id, "bigrams": bigrams(_head_of(row) + row.body_text)} for row in rows]
            connection.execute(search_documents.insert(), documents)
        added += len(rows)


def _candidates(
    connection: sa.Connection, wanted: list[str], chosen: ReportFilter
) -> Iterator[sa.Row[*tuple[Any, ...]]]:
    """Reports that may hold the words, in the order of the answer; read as they are asked for."""
    may_hold = sa.and_(sa.true(), *_like(wanted))
    phrases = _phrases(wanted)
    if phrases and connection.dialect.name == "sqlite":
        is_indexed = sa.exists().where(search_documents.c.report_id == reports.c.id)
        matches = sa.text("reports.id IN (SELECT rowid FROM search_index WHERE search_index MATCH :phrases)")
        of_one_letter = [word for word in wanted if len(word) == 1]
        may_hold = sa.or_(
            sa.and_(matches.bindparams(phrases=phrases), *_like(of_one_letter)), sa.and_(sa.not_(is_indexed), may_hold)
        )
    query = (
        sa.select(
            reports.c.id, reports.c.title, reports.c.agency, reports.c.report_year, reports.c.body_text, pages.c.url
        )
        .join(pages, pages.c.id == reports.c.page_id)
        .where(*chosen.conditions(), may_hold)
        .order_by(
            reports.c.report_year.desc().nulls_last(), reports.c.published_on.desc().nulls_last(), reports.c.id.desc()
        )
    )
    result = connection.execute(query.execution_options(yield_per=20))
    try:
        yield from result
    finally:
        result.close()


def _phrases(wanted: list[str]) -> str:
    """An FTS5 expression every text with the words matches; "" when no word has a pair of characters."""
    runs = (match[0][:_LONGEST_WORD] for word in wanted for match in _RUN.finditer(word) if len(match[0]) > 1)
    return " AND ".join(f'"{bigrams(run)}"' for run in islice(dict.fromkeys(runs), _MOST_WORDS))


def _like(wanted: list[str]) -> list[sa.ColumnElement[bool]]:
    """Conditions that every text with the words meets. Words with ASCII in them have none: a text may hold them in
    another case or width. So no pattern has a sign of its own."""
    plain = (word[:_LONGEST_WORD] for word in wanted if not any("!" <= letter <= "~" for letter in word))
    columns = (reports.c.title, reports.c.agency, reports.c.body_text)
    return [sa.or_(*(column.like(f"%{word}%") for column in columns)) for word in islice(plain, _MOST_WORDS)]


def _head_of(row: sa.Row[*tuple[Any, ...]]) -> str:
    return f"{row.title or ''}\n{row.agency or ''}\n"


def _hit(row: sa.Row[*tuple[Any, ...]], wanted: list[str]) -> Hit | None:
    head = _head_of(row)
    text = head + row.body_text
    folded = fold(text)
    if not all(word in folded for word in wanted):
        return None
    return Hit(row.id, row.title, row.agency, row.report_year, row.url, _snippet(text, folded, len(head), wanted))


def _snippet(text: str, folded: str, body_start: int, wanted: list[str]) -> str:
    """Some text around the first match in the body, or in title and agency when the body has none."""
    origin = body_start if any(folded.find(word, body_start) >= 0 for word in wanted) else 0
    found = [(place, -len(word)) for word in wanted if (place := folded.find(word, origin)) >= 0]
    place, negative_length = min(found)
    start = max(origin, place - SNIPPET_REACH)
    end = min(len(text), place - negative_length + SNIPPET_REACH)
    matches = re.compile("|".join(re.escape(word) for word in sorted(wanted, key=len, reverse=True)))
    pieces: list[str] = []
    place = start
    for match in matches.finditer(folded, start, end):
        pieces += (text[place : match.start()], "[", text[match.start() : match.end()], "]")
        place = match.end()
    marked = "".join(pieces) + text[place:end]
    return ("…" if start > origin else "") + " ".join(marked.split()) + ("…" if end < len(text) else "")
