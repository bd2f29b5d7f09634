"""What a page says of its own charset: HTTP header, meta, XML declaration; and the codec each name stands for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

# Where a declaration is looked for: the HTML standard reads 1,024 bytes, portals put scripts and comments before it.
_HEAD_BYTES = 8192

_HEADER = re.compile(r"""charset\s*=\s*["']?\s*([\w.:+-]{1,40})""", re.IGNORECASE)
_META = re.compile(rb"""<meta\s[^<>]{0,400}?\bcharset\s*=\s*["']?\s*([\w.:+-]{1,40})""", re.IGNORECASE)
_XML = re.compile(rb"""\s*<\?xml\s[^<>]{0,200}?\bencoding\s*=\s*["']\s*([\w.:+-]{1,40})""", re.IGNORECASE)

# Names met on pages, in lower case without "_", "-" and spaces, by the charset they are read as. The groups follow the
# WHATWG Encoding Standard: every GB name is GB18030, every Big5 name Big5-HKSCS, Latin-1 is windows-1252.
_NAMES: dict[str, tuple[str, ...]] = {
    "utf-8": ("utf8", "unicode11utf8", "utf8n", "utf8mb4"),
    "gb18030": (
        "gb2312", "gb231280", "gbk", "gb18030", "chinese", "csgb2312", "csiso58gb231280", "iso58gb231280", "isoir58",
        "xgbk", "xgb2312", "cp936", "ms936", "windows936", "936", "gb", "euccn", "eucgb2312cn", "hans", "zhcn", "gb18030:2000",
    ),
    "big5hkscs": ("big5", "big5hkscs", "big5hk", "cnbig5", "csbig5", "xxbig5", "cp950", "ms950", "windows950", "big5eten"),
    "hz": ("hz", "hzgb", "hzgb2312"),
    "utf-16-le": ("utf16le", "utf16", "unicode", "ucs2", "iso10646ucs2", "csunicode"),
    "utf-16-be": ("utf16be", "unicodefffe"),
    "euc-kr": ("euckr", "cseuckr", "ksc56011987", "ksc5601", "korean", "windows949", "cp949", "uhc", "isoir149"),
    "shift_jis": ("shiftjis", "sjis", "xsjis", "csshiftjis", "windows31j", "ms932", "cp932", "mskanji"),
    "euc-jp": ("eucjp", "xeucjp", "cseucpkdfmtjapanese"),
    "iso-2022-jp": ("iso2022jp", "csiso2022jp"),
    "windows-1252": ("iso88591", "latin1", "l1", "windows1252", "cp1252", "xcp1252", "iso885915", "latin9"),
    "windows-1250": ("windows1250", "cp1250", "xcp1250"),
    "iso-8859-2": ("iso88592", "latin2", "l2"),
    "windows-1251": ("windows1251", "cp1251", "xcp1251"),
    "koi8-r": ("koi8r", "koi8", "cskoi8r"),
    "koi8-u": ("koi8u",),
    "iso-8859-5": ("iso88595", "cyrillic"),
    "windows-1253": ("windows1253", "cp1253", "iso88597", "greek"),
    "windows-1254": ("windows1254", "cp1254", "iso88599", "latin5", "turkish"),
    "windows-1255": ("windows1255", "cp1255", "iso88598", "iso88598i", "hebrew"),
    "windows-1256": ("windows1256", "cp1256", "xcp1256"),
    "iso-8859-6": ("iso88596", "arabic"),
    "windows-1257": ("windows1257", "cp1257", "iso885913"),
    "windows-1258": ("windows1258", "cp1258"),
    "windows-874": ("windows874", "tis620", "iso885911", "cp874"),
}  # fmt: skip
_CHARSETS = {name: charset for charset, names in _NAMES.items() for name in names}
# Python's codec where its name differs or where the standard's charset is a superset of the name.
_CODECS = {"euc-kr": "cp949", "shift_jis": "cp932", "windows-874": "cp874"}


@dataclass(frozen=True, slots=True)
class Declared:
    """The names a page gives itself, as written; None where it gives none."""

    header: str | None = None
    meta: str | None = None

    def charsets(self) -> list[str]:
        """The charsets the names stand for, header first, each once; unknown names are left out."""
        known = (charset_of(name) for name in (self.header, self.meta) if name)
        return list(dict.fromkeys(charset for charset in known if charset))


def charset_of(name: str) -> str | None:
    """The charset a declared name stands for (`GB2312` → `gb18030`), or None if no page charset has that name."""
    return _CHARSETS.get(re.sub(r"[\s_-]", "", name.lower()))


def codec_of(charset: str) -> str:
    """Python's codec for a charset of `charset_of`."""
    return _CODECS.get(charset, charset)


def declarations(body: bytes, headers: Mapping[str, str]) -> Declared:
    """What the Content-Type header and the first 8 KB of `body` say; a meta goes before an XML declaration."""
    content_type = next((value for name, value in headers.items() if name.lower() == "content-type"), "")
    in_header = _HEADER.search(content_type[:1000])
    head = body[:_HEAD_BYTES]
    if b"\0" in head:  # a UTF-16 page declares itself in UTF-16
        head = head.translate(None, b"\0")
    in_body = _META.search(head) or _XML.match(head.removeprefix(b"\xef\xbb\xbf"))
    return Declared(
        header=in_header[1] if in_header else None,
        meta=in_body[1].decode("ascii", "replace") if in_body else None,
    )
