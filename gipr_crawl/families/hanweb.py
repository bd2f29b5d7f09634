"""大汉 Hanweb (JCMS, jpage): the first records stand in the column page, the rest come from the dataproxy as XML.

A column page embeds `<datastore>` with its first group of records; `dataproxy.jsp` gives the groups after it, K records
at a time, where K is the page length times the group size (45/15, 60/20, 81/27: three pages a group). The parameters
stand in the column page and are taken from there. Where they are encrypted nothing is forged: the server's own
`<nextgroup>` link is followed, and its empty answer (54 bytes) ends the list.
"""

from __future__ import annotations

import html as entities
import re
from urllib.parse import parse_qsl, unquote, urlencode, urljoin, urlsplit

from gipr_crawl.families import rows
from gipr_crawl.families.protocol import ListPage, ListRequest
from gipr_crawl.families.scope import Scope, canonical
from pipelines.model import Entry

# Pages in a group unless the page states its group size.
GROUP_SIZE = 3
DATAPROXY = "/module/web/jpage/dataproxy.jsp"

_ARTICLE = re.compile(r"/art/(?:.*/)?art_[0-9a-f_]+(?:\.s?html?)?$")
_OPEN_STORE = re.compile(r"<datastore\b[^<>]{0,200}>", re.IGNORECASE)
_OPEN_RECORD = re.compile(r"<record\s{0,5}>", re.IGNORECASE)
_CLOSE_RECORD = re.compile(r"</record\s{0,5}>", re.IGNORECASE)
_NEXT_GROUP = re.compile(r"<nextgroup\s{0,5}>", re.IGNORECASE)
_CLOSE_GROUP = re.compile(r"</nextgroup\b", re.IGNORECASE)
_HREF = re.compile(r"""\bhref\s{0,5}=\s{0,5}(["'])([^"'<>]{1,1500})\1""", re.IGNORECASE)
_NAMES = (
    "col appid webid path columnid sourcecontenttype unitid webname permissiontype"
    " perpage groupsize totalrecord proxyurl"
).split()
_SETTING = re.compile(
    r"""\b(%s)\b["']?\s{0,5}[:=]\s{0,5}["']?([^"'&,;\s{}()<>]{1,300})""" % "|".join(_NAMES),  # noqa: UP031
    re.IGNORECASE,
)
_COUNT = re.compile(r"<(perpage|groupsize|totalrecord)\s{0,5}>\s{0,5}(\d{1,8})\b", re.IGNORECASE)
# How the dataproxy spells the parameters it is asked with, in the order browsers send them.
_ASKED = {
    "col": "col",
    "appid": "appid",
    "webid": "webid",
    "path": "path",
    "columnid": "columnid",
    "sourcecontenttype": "sourceContentType",
    "unitid": "unitid",
    "webname": "webname",
    "permissiontype": "permissiontype",
}
_DEFAULTS = {"col": "1", "appid": "1", "path": "/", "permissiontype": "0"}
_MARKS = ("<datastore>", "/module/web/jpage/", "/module/jslib/jquery/jpage/", "大汉版通", "大汉网络")


def read(html: str, request: ListRequest, scope: Scope) -> ListPage:
    """A column page or an answer of the dataproxy."""
    stores = _OPEN_STORE.split(html)[1:]
    if not stores:
        return _page_without_store(html, request, scope)
    records = [record for store in stores for record in _records(store)]
    found = _entries(records, request, scope)
    settings = _settings(html)
    total = _number(settings.get("totalrecord"))
    if urlsplit(request.url).path.endswith("dataproxy.jsp"):
        return _answer(found, len(records), request, _next_group(stores, request, scope), total)
    return _column(found, len(records), request, settings, _next_group(stores, request, scope), total)


def recognise(html: str, url: str) -> str | None:
    """The mark by which a Hanweb page is known, or None."""
    if re.search(r"/col/col\d+/", urlsplit(url).path):
        return "the address has the form /col/colN/"
    return next((f"the page holds {mark}" for mark in _MARKS if mark in html), None)


def _page_without_store(html: str, request: ListRequest, scope: Scope) -> ListPage:
    """Some templates print the first page as plain rows and leave the datastore to the script."""
    if request.number > 1:
        return ListPage(recognised=False, note="the dataproxy answered without records: the list ends here")
    root = rows.parse(html)
    if root is None:
        return ListPage(recognised=False, note="the answer is empty")
    found = rows.entries(root, request.url, lambda url: scope.admits(url, request.url, _ARTICLE))
    settings = _settings(html)
    following = _dataproxy_request(request, settings, first_record=1, number=2)
    known = bool(found) or following is not None or recognise(html, request.url) is not None
    return ListPage(found, (following,) if following else (), recognised=known)


def _column(
    found: tuple[Entry, ...],
    records: int,
    request: ListRequest,
    settings: dict[str, str],
    next_group: ListRequest | None,
    total: int | None,
) -> ListPage:
    group = _group(settings)
    if total is not None and records >= total:
        return ListPage(found, total_pages=1)
    # Groups are asked for at their own borders: servers that ignore `startrecord` count in groups. A column page that
    # embeds less than a whole group is asked for that group again; what is known already is not fetched twice.
    first_record = group + 1 if records >= group else 1
    following = _dataproxy_request(request, settings, first_record, request.number + 1) or next_group
    return ListPage(
        entries=found,
        next=(following,) if following else (),
        total_pages=None if total is None else -(-total // group),
        note=None if following else "the page names no dataproxy that can be asked without forging its parameters",
    )


def _answer(
    found: tuple[Entry, ...], records: int, request: ListRequest, next_group: ListRequest | None, total: int | None
) -> ListPage:
    if not records:
        return ListPage(recognised=False, note="the dataproxy answered without records: the list ends here")
    query = dict(parse_qsl(urlsplit(request.url).query, keep_blank_values=True))
    first, last = _number(query.get("startrecord")), _number(query.get("endrecord"))
    if first is None or last is None or last < first:
        return ListPage(found, (next_group,) if next_group else ())
    group = last - first + 1
    total_pages = None if total is None else -(-total // group)
    if (total is not None and last >= total) or (total is None and records < group):
        return ListPage(found, total_pages=total_pages)
    query |= {"startrecord": str(last + 1), "endrecord": str(last + group)}
    url = urljoin(request.url, "?" + urlencode(query))
    return ListPage(found, (ListRequest(url, request.number + 1, headers=request.headers),), total_pages)


def _records(store: str) -> list[str]:
    pieces = _OPEN_RECORD.split(store)[1:]
    return [_uncdata(_CLOSE_RECORD.split(piece, maxsplit=1)[0]) for piece in pieces]


def _uncdata(text: str) -> str:
    stripped = text.strip()
    if stripped.startswith("<![CDATA["):
        return stripped.removeprefix("<![CDATA[").partition("]]>")[0]
    return entities.unescape(stripped) if stripped.startswith("&lt;") else stripped


def _entries(records: list[str], request: ListRequest, scope: Scope) -> tuple[Entry, ...]:
    """Each record is a row of its own: its date cannot be another's. Records give the links of the column alone."""
    base = _page_of(request)
    # The record of one row is often a bare `<li>` or `<tr>`; inside a list of its own the parser keeps it in order.
    root = rows.parse("".join(f"<div>{_ROW_TAGS.sub('', record)}</div>" for record in records))
    if root is None:
        return ()
    return rows.entries(root, base, lambda url: scope.admits(url, base, _ARTICLE))


_ROW_TAGS = re.compile(r"</?(?:li|tr|td|tbody|table|ul|div)\b[^<>]*>", re.IGNORECASE)


def _page_of(request: ListRequest) -> str:
    return next((value for name, value in request.headers if name.lower() == "referer"), request.url)


def _next_group(stores: list[str], request: ListRequest, scope: Scope) -> ListRequest | None:
    for store in stores:
        pieces = _NEXT_GROUP.split(store, maxsplit=1)
        link = _HREF.search(_CLOSE_GROUP.split(pieces[1][:4000], maxsplit=1)[0]) if len(pieces) == 2 else None
        url = canonical(entities.unescape(link.group(2)), request.url) if link else None
        if url and url != request.url and scope.owns(url):
            return ListRequest(url, request.number + 1, headers=(("Referer", _page_of(request)),))
    return None


def _settings(html: str) -> dict[str, str]:
    """Parameters of the list wherever the page states them: query strings, script objects, JSON. The first wins."""
    found: dict[str, str] = {}
    text = entities.unescape(html).replace("\\/", "/")
    for name, value in (*_COUNT.findall(text), *_SETTING.findall(text)):
        found.setdefault(name.lower(), unquote(value))
    return found


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else None


def _group(settings: dict[str, str]) -> int:
    return (_number(settings.get("perpage")) or 15) * (_number(settings.get("groupsize")) or GROUP_SIZE)


def _dataproxy_request(
    request: ListRequest, settings: dict[str, str], first_record: int, number: int
) -> ListRequest | None:
    """The dataproxy request for one group, or None where the page does not state plain numbers for its parameters."""
    if any(_number(settings.get(name)) is None for name in ("webid", "unitid", "columnid")):
        return None
    group = _group(settings)
    asked = {"startrecord": str(first_record), "endrecord": str(first_record + group - 1)}
    asked["perpage"] = settings.get("perpage", "15")
    for name, spelled in _ASKED.items():
        value = settings.get(name, _DEFAULTS.get(name))
        if value is not None:
            asked[spelled] = value
    proxy = settings.get("proxyurl", DATAPROXY)
    url = canonical((proxy if proxy.endswith("dataproxy.jsp") else DATAPROXY) + "?" + urlencode(asked), request.url)
    return ListRequest(url, number, headers=(("Referer", request.url),)) if url else None
