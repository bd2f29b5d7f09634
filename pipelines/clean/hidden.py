"""What a reader of the page would not see: inline styles and the page's own style rules that hide elements."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from selectolax.lexbor import LexborHTMLParser

_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden"
    r"|(?:left|top|text-indent|margin-left|margin-top)\s*:\s*-\d{3,}(?:\.\d+)?(?:px|em|pt)?"
    r"|font-size\s*:\s*0(?:px|em|pt|%)?\s*(?:;|!|$)"
    r"|(?:^|[;{\s])(?:height|width)\s*:\s*[01](?:px)?\s*(?:;|!|$)"
    r"|opacity\s*:\s*0(?:\.0+)?\s*(?:;|!|$)",
    re.IGNORECASE,
)
_SHOWING = re.compile(r"display\s*:\s*(?!none)[a-z]|visibility\s*:\s*visible", re.IGNORECASE)
_LONGEST_SHEET = 500_000  # characters
_SIMPLE = re.compile(r"^([.#])([A-Za-z_][\w-]*)$")
_STYLE_WORDS = ("none", "NONE", "None", "hidden", "HIDDEN", "-", "0", "1px")
_CHEAP_WORDS = ("none", "hidden", ":-", ": -", ":0", ": 0", ":1", ": 1")
_COMMENT = re.compile(r"/\*[^*]*\*+(?:[^/*][^*]*\*+)*/|<!--|-->")
_LONE_NAME = re.compile(r"(?:^|,)\s*[.#][\w-]+\s*(?:,|$)")
_BRACES = re.compile(r"[{}]")


@dataclass(frozen=True, slots=True)
class HiddenRules:
    """Ids and classes that the page's own style sheets hide."""

    ids: frozenset[str]
    classes: frozenset[str]

    def reason(self, attributes: dict[str, str | None]) -> str:
        """Why an element with these attributes is hidden, or "": `inline_style`, `style_rule`, `hidden_attribute`."""
        style = attributes.get("style")
        if style and _hides(style):
            return "inline_style"
        if "hidden" in attributes:
            return "hidden_attribute"
        # `.content { display: none }` for everybody, `style="display: block"` on the one that a script has opened.
        if style and _SHOWING.search(style):
            return ""
        if self.ids and attributes.get("id") in self.ids:
            return "style_rule"
        if self.classes:
            names = attributes.get("class")
            if names and not self.classes.isdisjoint(names.split()):
                return "style_rule"
        return ""


@lru_cache(maxsize=4096)
def _hides(style: str) -> bool:
    # Word writes the same few styles on thousands of spans; most of them hold none of the words.
    return any(word in style for word in _STYLE_WORDS) and bool(_HIDING.search(style))


def hidden_rules(parser: LexborHTMLParser) -> HiddenRules:
    """The simple rules (`.x`, `#x`) of the page's style elements that hide what they select; a later rule undoes."""
    ids: set[str] = set()
    classes: set[str] = set()
    for style in parser.css("style"):
        sheet = style.text() or ""
        if len(sheet) > _LONGEST_SHEET or (style.attributes.get("media") or "all").strip().lower() == "print":
            continue
        for selectors, body in _screen_rules(sheet):
            # The cheap tests first: a portal's sheet has thousands of rules and a handful that hide.
            if not _LONE_NAME.search(selectors):
                continue
            hiding = any(word in body for word in _CHEAP_WORDS) and bool(_HIDING.search(body))
            if not hiding and not ((ids or classes) and _SHOWING.search(body)):
                continue
            for selector in selectors.split(","):
                if match := _SIMPLE.match(selector.strip()):
                    names = ids if match[1] == "#" else classes
                    (names.add if hiding else names.discard)(match[2])
    return HiddenRules(frozenset(ids), frozenset(classes))


def _screen_rules(sheet: str) -> Iterator[tuple[str, str]]:
    """Selectors and body of every rule at the sheet's top level.

    What stands inside `@media`, `@supports` … holds only sometimes: print sheets hide the whole page but the article
    and narrow screens hide the desktop's copy, so such rules hide nothing here.
    """
    text = _COMMENT.sub(" ", sheet)
    depth = 0
    selectors, start = "", 0
    for brace in _BRACES.finditer(text):
        if brace[0] == "{":
            if depth == 0:
                # `@charset "UTF-8";` is a statement of its own before the selectors.
                selectors, start = text[start : brace.start()].rpartition(";")[2].strip(), brace.end()
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                if not selectors.startswith("@"):
                    yield selectors, text[start : brace.start()]
                start = brace.end()
        else:
            start = brace.end()
