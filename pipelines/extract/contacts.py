"""How to reach who wrote the report: telephone, e-mail, address, postcode, site."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelines.extract.text_forms import HALF_WIDTH, Folding

_narrow = Folding({wide: HALF_WIDTH[wide] for wide in "０１２３４５６７８９－（）：＠．"})
# An area code and its number: 0991-3663970, (0991)3663970, 0512 12345678; `86-` before it is the country.
_NUMBER = r"(?<![\d.])(?:\+?86[-\s]?)?\(?(?P<area>0(?:10|2\d|[3-9]\d{2}))\)?\s{0,2}[-—–－\s]?\s{0,2}(?P<number>[2-8]\d{6,7})(?!\d)"
_PHONE = re.compile(_NUMBER)
# What every number has, full-width digits or not: most bodies have no such run of digits and need no closer look.
_SEVEN_DIGITS = re.compile(r"[2-8２-８]\d{6}")
_LABELLED_PHONE = re.compile(
    r"(?:电\s{0,4}话(?:号码)?|联系方式|\btel)(?:\(传真\))?\s{0,4}[:为是(]?\s{0,4}"
    rf"(?:{_NUMBER}|(?P<local>[2-8]\d{{6,7}})(?![\d.]))",
    re.IGNORECASE,
)
_LISTED_NUMBER = re.compile(r"(?:0\d{2,3}-)?[2-8]\d{6,7}(?!\d)")
_LISTED_BEHIND = re.compile(rf"(?:\s?[,，、/;；或和]\s?{_LISTED_NUMBER.pattern}){{1,4}}")
_FAX_BEFORE = re.compile(r"传\s{0,4}真(?:号码|电话)?\s{0,4}[:：为(]?\s{0,4}$|fax\s{0,4}[:：]?\s{0,4}$", re.IGNORECASE)
_WATCHED = re.compile(r"(?:监督|投诉|举报)$")
_EMAIL = re.compile(r"(?<![\w.+-])[A-Za-z0-9][\w.+-]{0,63}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{2,63}){1,4}", re.ASCII)
_POSTCODE = re.compile(r"邮\s{0,4}(?:政\s{0,4})?编\s{0,4}(?:码)?\s{0,4}[:：为是]?\s{0,4}(\d{6})(?!\d)")
_ADDRESS = re.compile(
    r"(?<![网件址站箱名P])(?:通[讯信]|联系|办公|邮寄|单位|办公地)?地\s{0,4}(?:址|点)\s{0,4}[:：为]\s{0,4}(?P<value>[^,，;；。)）\n\t|]{4,80})"
)
_ADDRESS_LABEL = re.compile(r"地\s{0,4}[址点]\s{0,4}[:：为]")
_NEXT_LABEL = re.compile(
    r"\s{0,4}[(（]?\s{0,4}(?:邮\s{0,4}政?\s{0,4}编|电\s{0,4}话|联系(?:电话|方式|人)|咨询电话|办公电话|传\s{0,4}真|电子邮|邮\s{0,4}箱|E-?mail|网\s{0,4}址|办公时间)",
    re.IGNORECASE,
)
_PLACE_WORD = re.compile(r"[省市县区州镇乡村路街道巷弄号楼室院层幢栋厦大中心局旁侧]")
_SITE = re.compile(
    r"(?<![\w@.-])(?:https?://)?(?P<host>(?:[A-Za-z0-9-]{1,40}\.){1,5}(?:gov\.cn|gov\.example|edu\.cn|cn|com|net|org|example))(?![\w@-]|\.[A-Za-z])",
    re.ASCII,
)
_IS_SITE = re.compile(r"www\.|https?:|@")
_LETTER = re.compile(r"[A-Za-z]")
_SITE_ENDS = (".cn", ".com", ".net", ".org", ".example")
_SERVICES = re.compile(r"(?:^|\.)(?:weibo|qq|163|126|sina|sohu|baidu|weixin|miibeian|beian)\.")


def phone_number(body: str) -> str | None:
    """The telephone of the contact, written 0991-3663970; a fax is none.

    A labelled number goes first, one for complaints after the others; then any number with an area code. A labelled
    number without an area code stays as printed.
    """
    if not _SEVEN_DIGITS.search(body):
        return None
    text = _narrow(body)
    best = _labelled_number(text)
    if best is None:
        return _bare_number(text)
    return _written(best) if best["area"] else _bare_number(text) or best["local"]


def further_phone_numbers(body: str) -> list[str]:
    """The numbers printed right behind that of the contact (`电话:83321680、83321681`), as printed."""
    if not _SEVEN_DIGITS.search(body):
        return []
    text = _narrow(body)
    best = _labelled_number(text)
    if best is None:
        return []
    listed = _LISTED_BEHIND.match(text, best.end())
    return _LISTED_NUMBER.findall(listed[0]) if listed else []


def _labelled_number(text: str) -> re.Match[str] | None:
    labelled = [
        match for match in _LABELLED_PHONE.finditer(text) if text[max(0, match.start() - 2) : match.start()] != "传真"
    ]
    return min(labelled, key=lambda match: (match["local"] is not None, _is_for_complaints(text, match)), default=None)


def _is_for_complaints(text: str, match: re.Match[str]) -> bool:
    return bool(_WATCHED.search(text, max(0, match.start() - 2), match.start()))


def _bare_number(text: str) -> str | None:
    for match in _PHONE.finditer(text):
        if not _FAX_BEFORE.search(text, max(0, match.start() - 16), match.start()):
            return _written(match)
    return None


def _written(match: re.Match[str]) -> str:
    return f"{match['area']}-{match['number']}"


def email_address(body: str) -> str | None:
    """The first e-mail address."""
    if "@" not in body and "＠" not in body:
        return None
    match = _EMAIL.search(_narrow(body))
    return match[0] if match else None


def postcode(body: str) -> str | None:
    """The first postcode behind its label."""
    match = _POSTCODE.search(_narrow(body)) if "邮" in body else None
    return match[1] if match else None


def postal_address(body: str) -> str | None:
    """The first address behind its label, up to the next label; a site's address is none."""
    if not _ADDRESS_LABEL.search(body):
        return None
    for match in _ADDRESS.finditer(body):
        value = match["value"]
        if label := _NEXT_LABEL.search(value):
            value = value[: label.start()]
        value = value.strip(" \u3000:：(（、")
        if len(value) >= 4 and _PLACE_WORD.search(value) and not _IS_SITE.search(value):
            return value
    return None


def website(body: str) -> str | None:
    """The first site the body names, government sites first; mail domains and the services everyone uses do not count."""
    hosts = list(_hosts(body))
    return next((host for host in hosts if ".gov." in f".{host}."), hosts[0] if hosts else None)


def _hosts(body: str) -> Iterator[str]:
    if not any(end in body for end in _SITE_ENDS):
        return
    for match in _SITE.finditer(body):
        host = match["host"]
        if not _SERVICES.search(host.lower()) and _LETTER.search(host.rsplit(".", 2)[0]):
            yield host
