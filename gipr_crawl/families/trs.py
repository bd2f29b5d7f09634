"""拓尔思 TRS WCM and 海云: static list files, numbered by a script call in the page.

The first page is `index.html` (or `list.shtml`, any stem); the files after it are `index_{k}.html`. Whether the second
page is `_1` or `_2` depends on the template, so it is read from the call: the current page of the first file is 0 where
files count from 0, and 1 where they count from 1.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from gipr_crawl.families import generic, rows
from gipr_crawl.families.protocol import ListPage, ListRequest
from gipr_crawl.families.scope import Scope, folder_of

# A file behind the last page is answered with 200 and a stub of 300 to 600 bytes.
STUB_LENGTH = 600

_CALL = re.compile(r"\bcreatePage(?:HTML)?\s{0,5}\(([^()]{0,300})\)")
_VARIABLES = {name: re.compile(rf"\b{name}\s{{0,5}}=\s{{0,5}}(\d{{1,6}})\b") for name in ("countPage", "currentPage")}
_NUMBERED = re.compile(r"_(\d{1,5})(\.[A-Za-z]{3,5})$")
_MARKS = ("TRS_Editor", "trs_editor_view", "TRS_UEDITOR", "TRS_PreAppend", "/was5/web/search")
_ARTICLE = r"(?:\d{6}/)?t\d{8}_\d+\.s?html?$"


@dataclass(frozen=True, slots=True)
class Paging:
    """What the script call says: pages in all, the current page's number, stem and extension of the files.

    `first` is the number the first page bears: 0 or 1. `current` and `first` are None where the call does not tell.
    """

    total: int
    current: int | None
    first: int | None
    stem: str | None = None
    extension: str | None = None


def read(html: str, request: ListRequest, scope: Scope) -> ListPage:
    """The list page `html`; a page without a script call is paged by its 下一页 link, if it has one."""
    if request.number > 1 and len(html.encode("utf-8", errors="replace")) < STUB_LENGTH:
        return ListPage(recognised=False, note="a stub stands where the next page should be: the list ends here")
    root = rows.parse(html)
    if root is None:
        return ListPage(recognised=False, note="the answer is empty")
    article = re.compile("^" + re.escape(folder_of(request.url)) + ".*" + _ARTICLE)
    found = rows.entries(root, request.url, lambda url: scope.admits(url, request.url, article))
    paging = read_paging(html)
    if not found:
        known = recognise(html, request.url) is not None
        return ListPage(total_pages=paging.total if paging else None, recognised=known)
    if paging is None:
        following = generic.next_page(root, request, scope)
        return ListPage(found, (following,) if following else ())
    if request.number >= paging.total:
        return ListPage(found, total_pages=paging.total)
    return ListPage(found, (ListRequest(_next_url(request, paging), request.number + 1),), paging.total)


def recognise(html: str, url: str) -> str | None:
    """The mark by which a TRS page is known, or None."""
    if read_paging(html) is not None:
        return "a script call pages static files (createPageHTML, countPage)"
    return next((f"the page holds {mark}" for mark in _MARKS if mark in html), None)


def read_paging(html: str) -> Paging | None:
    """The paging a page declares, in any of the known signatures, or None.

    `createPageHTML(total, current, "index", "html")` and `createPage(…)` count from 0;
    `createPageHTML('page_div', total, current, 'list', 'shtml', rows)` counts from 1;
    `createPageHTML(records, total, current, …)` and `var countPage, currentPage` either way.
    """
    for call in _CALL.finditer(html):
        paging = _read_call([argument.strip() for argument in call.group(1).split(",")])
        if paging is not None:
            return paging
    total = _VARIABLES["countPage"].search(html)
    current = _VARIABLES["currentPage"].search(html)
    return Paging(int(total.group(1)), int(current.group(1)) if current else None, None) if total else None


def _read_call(arguments: list[str]) -> Paging | None:
    numbers: list[int] = []
    named_box = arguments[0][:1] in "'\"" and not arguments[0].strip("'\"").isdigit()
    rest = arguments[1:] if named_box else arguments
    while rest and rest[0].strip("'\"").isascii() and rest[0].strip("'\"").isdigit() and len(rest[0]) < 9:
        numbers.append(int(rest.pop(0).strip("'\"")))
    names = [argument.strip("'\"") for argument in rest if argument[:1] in ("'", '"')]
    stem, extension = (*names[:2], None, None)[:2]
    if len(numbers) == 2:
        return Paging(numbers[0], numbers[1], 1 if named_box else 0, stem, extension)
    if len(numbers) == 3 and not named_box:
        return Paging(numbers[1], numbers[2], None, stem, extension)
    return None


def _next_url(request: ListRequest, paging: Paging) -> str:
    path = urlsplit(request.url).path
    file = path.rpartition("/")[2]
    numbered = _NUMBERED.search(file)
    if request.number > 1 and numbered:
        following = int(numbered.group(1)) + 1
        return urljoin(request.url, f"{file[: numbered.start()]}_{following}{numbered.group(2)}")
    stem = paging.stem or file.rpartition(".")[0] or "index"
    extension = paging.extension or file.rpartition(".")[2] or "html"
    return urljoin(request.url, f"{stem}_{_first_number(request, paging) + request.number}.{extension}")


def _first_number(request: ListRequest, paging: Paging) -> int:
    """0 where the second page is `_1`, 1 where it is `_2`: by the current page's own number, else by the signature."""
    if paging.current is not None and paging.current - request.number + 1 in (0, 1):
        return paging.current - request.number + 1
    return paging.first or 0
