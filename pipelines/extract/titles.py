"""Where a page's title stands: which of its lines, tags and labels may be it, best first.

The grammar of the titles themselves is in `title_grammar`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipelines.clean import Cleaned
from pipelines.extract.sections import is_heading
from pipelines.extract.title_exclusions import is_column, is_site_or_organ, is_widget, may_be_title
from pipelines.extract.title_grammar import TitleReading, joined_titles, read_title, run_in_title, tidy_title

__all__ = ["TitleReading", "joined_titles", "page_title_of", "read_title", "tidy_title", "title_candidates"]

_SITE_PART = re.compile(
    r"\s*(?:[_|｜]|\s[-–—]{1,2}\s|--|-(?=[^-]{2,30}(?:网|政府|门户|局|委员会|平台|公开)[^-]{0,10}$))\s*"
)


def page_title_of(head_title: str) -> str:
    """The document's own part of an HTML `<title>`: what stands before the site's name."""
    parts = [part for part in _SITE_PART.split(head_title.strip()) if part]
    return tidy_title(parts[0]) if parts else ""


_HEAD_LINES = 60
_TITLE_REACH = 5
_LONGEST_LINE = 80
_NOT_A_TITLES_END = ("。", "：", ":", "；", "，")
_DATED = re.compile(r"^[\s(（\d年月日〇○零一二三四五六七八九十./:-]+[)）]?\s*$")


def title_candidates(cleaned: Cleaned) -> list[str]:
    """What may be the page's title, best first, each once.

    A report's title that names year or agency goes first, wherever it stands (a column's name does not); then the
    article's own meta tag, its labelled title, the visible line that the HTML `<title>` repeats, the heading right
    before the body, other headings, the `<title>` without the site's name, the first line of the body that may be one.
    A section's heading, a widget's text and the name of a site or an organ are none unless a tag or label declares
    them; a column's bare name goes last.
    """
    head = page_title_of(cleaned.head_title)
    body_lines = cleaned.main_text.split("\n", 8)[:8]
    visible = [line for line in (*cleaned.head_lines[-_HEAD_LINES:], *cleaned.headings) if 4 <= len(line) <= 120]
    repeated = _repeated_in_head(visible, cleaned.head_title)
    labelled = [field.value for field in cleaned.fields if field.key == "title" and field.value]
    declared = [*_tagged_titles(cleaned, visible), *labelled]
    candidates = [
        *declared,
        *(text for text in repeated if not _ORGANISATION.search(text)),
        *cleaned.title_lines[:2],
        *repeated,
        *cleaned.headings[:2],
        head,
        *_title_line(body_lines),
    ]
    if not cleaned.is_html:
        candidates = [*cleaned.head_lines, *candidates]
    # A title split over lines stands right before the body; further up the lines are menus that merely lie together.
    joined = [*joined_titles(visible[-_TITLE_REACH:]), *joined_titles(body_lines)]
    # A whole title is not joined with the menu's heading that happens to stand before it.
    joined = [text for text in joined if not (len(head) >= 8 and head in text and head != text)]
    texts = [*candidates, *filter(None, (run_in_title(line) for line in body_lines[:2])), *joined]
    reports = [text for text in texts if (reading := read_title(text)) and reading.names_year_or_agency]
    reports.sort(key=lambda text: not _has_year_and_agency(text))
    kept = [text for text in texts if (not is_widget(text) if text in declared else may_be_title(text))]
    kept.sort(key=is_column)
    tidied = [tidy_title(text) for text in [*reports, *kept]]
    return list(dict.fromkeys(text for text in tidied if text))


def _title_line(body_lines: Sequence[str]) -> list[str]:
    """The first line of a body that may be its title, above its first sentence, address (`各镇:`) and heading."""
    for line in body_lines[:_TITLE_REACH]:
        if len(line) > _LONGEST_LINE or line.endswith(_NOT_A_TITLES_END) or (is_heading(line) and not read_title(line)):
            break
        if line.strip() and not _DATED.match(line) and not (is_widget(line) or is_site_or_organ(line)):
            return [line]
    return []


_META_TITLES = ("articletitle", "ucaptitle", "og:title")
# A `<title>` that is nothing but the site's name is no article's title, though the page's head repeats it.
_ORGANISATION = re.compile(r"^.{2,18}(?:网|网站|门户|平台|局|委员会|政府|学会|协会|厅|公司|中心|大学|医院)$")
_BRACKETED = re.compile(r"^[(（〔\[].{2,30}[)）〕\]]$")


def _tagged_titles(cleaned: Cleaned, visible: Sequence[str]) -> list[str]:
    """The article's meta titles; before them the printed title where the tag only adds a bracket nobody printed."""
    titles = [cleaned.meta[name] for name in _META_TITLES if name in cleaned.meta]
    shown = "".join("".join(line.split()) for line in visible)
    printed = [
        line
        for title in titles
        for line in cleaned.title_lines
        if len(line) >= 8
        and title.startswith(line)
        and _BRACKETED.match(title[len(line) :])
        and title[len(line) :] not in shown
    ]
    return [*printed, *titles]


def _repeated_in_head(visible: Sequence[str], head_title: str) -> list[str]:
    """The longest visible line that the HTML `<title>` repeats, if any."""
    head = tidy_title(head_title)
    return sorted((line for line in visible if len(line) >= 6 and tidy_title(line) in head), key=len, reverse=True)[:1]


def _has_year_and_agency(text: str) -> bool:
    reading = read_title(text)
    return bool(reading and reading.year and reading.agency)
