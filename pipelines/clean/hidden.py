"""What a reader of the page would not see: inline styles and the page's own style rules that hide elements."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from selectolax.lexbor import LexborHTMLParser

# Declarations that hide, each looked for only where a sign of it stands. Alternatives begin with letters and look back
# behind them, so that the engine leaps from one such letter to the next. `_display:none` and its like hide nothing: only
# Internet Explorer 6 read them.
_NOT_SHOWN = re.compile(r"display(?<!\wdisplay):none|visibility(?<!\wvisibility):hidden")
_OUTSIDE = re.compile(r"(?:left(?<!\wleft)|top(?<!\wtop)|text-indent):-\d{3}")
_TINY = re.compile(
    r"(?:font-size:0(?:px|em|pt|%)?|height(?<![-\w]height):[01](?:px)?|width(?<![-\w]width):[01](?:px)?"
    r"|opacity:0(?:\.0+)?)\s*(?:[;!}]|$)"
)
_TINY_SIGNS = ("height:0", "width:0", "height:1", "width:1", "font-size:0", "opacity:0")
_SHOWING = re.compile(r"display\s*:\s*(?!none)[a-z]|visibility\s*:\s*visible")
_LONGEST_SHEET = 500_000  # characters
_SIMPLE = re.compile(r"(?:^|,)\s*([.#])([A-Za-z_][\w-]*)\s*(?=,|$)")
_COMMENT = re.compile(r"/\*[^*]*\*+(?:[^/*][^*]*\*+)*/")


@dataclass(frozen=True, slots=True)
class HiddenRules:
    """Ids and classes that the page's own style sheets hide."""

    ids: frozenset[str]
    classes: frozenset[str]

    @property
    def is_empty(self) -> bool:
        """Whether only the attributes `style` and `hidden` hide anything."""
        return not (self.ids or self.classes)

    def reason(self, attributes: dict[str, str | None]) -> str:
        """Why an element with these attributes is hidden, or "": `inline_style`, `style_rule`, `hidden_attribute`."""
        style = attributes.get("style")
        if style and _hides(style):
            return "inline_style"
        if "hidden" in attributes:
            return "hidden_attribute"
        if self._selects(attributes):
            # `.content { display: none }` for everybody, `style="display: block"` on the one that a script has opened.
            return "" if style and _SHOWING.search(style.lower()) else "style_rule"
        return ""

    def _selects(self, attributes: dict[str, str | None]) -> bool:
        if self.ids and attributes.get("id") in self.ids:
            return True
        names = attributes.get("class") if self.classes else None
        return names is not None and not self.classes.isdisjoint(names.split())


@lru_cache(maxsize=4096)
def _hides(style: str) -> bool:
    # Word writes the same few styles on thousands of spans.
    return _conceals(_tight(style.lower()))


def _conceals(declarations: str) -> bool:
    """Whether one of the declarations, in lower case and without blanks at colons, hides what it applies to."""
    return bool(
        (("display:none" in declarations or "visibility:hidden" in declarations) and _NOT_SHOWN.search(declarations))
        or (":-" in declarations and _OUTSIDE.search(declarations))
        or ((":0" in declarations or ":1" in declarations) and _is_tiny(declarations))
    )


def _is_tiny(declarations: str) -> bool:
    # Most of what is 0 are margins.
    return any(sign in declarations for sign in _TINY_SIGNS) and bool(_TINY.search(declarations))


def _tight(sheet: str) -> str:
    """A style sheet or style without the blank that may stand on each side of a colon."""
    return sheet.replace(" :", ":").replace(": ", ":")


def hidden_rules(parser: LexborHTMLParser) -> HiddenRules:
    """The simple rules (`.x`, `#x`) of the page's style elements that hide what they select; a later rule undoes."""
    ids: set[str] = set()
    classes: set[str] = set()
    for style in parser.css("style"):
        sheet = style.text() or ""
        if len(sheet) > _LONGEST_SHEET or (style.attributes.get("media") or "all").strip().lower() == "print":
            continue
        for rule in _screen_rules(sheet):
            # The cheap tests first: a portal's sheet has thousands of rules and a handful that hide.
            lowered = rule.lower()
            hiding = _conceals(lowered)
            if not hiding and not ((ids or classes) and ("display:" in lowered or "visibility:" in lowered)):
                continue
            # `@charset "UTF-8";` is a statement of its own before the selectors.
            for sign, name in _SIMPLE.findall(rule.partition("{")[0].rpartition(";")[2]):
                names = ids if sign == "#" else classes
                if hiding:
                    names.add(name)
                elif name in names and _SHOWING.search(lowered):
                    names.discard(name)
    return HiddenRules(frozenset(ids), frozenset(classes))


def _screen_rules(sheet: str) -> Iterator[str]:
    """The rules at the sheet's top level, each without its closing brace, comments, and blanks at colons.

    What stands inside `@media`, `@supports` … holds only sometimes: print sheets hide the whole page but the article
    and narrow screens hide the desktop's copy, so such rules hide nothing here.
    """
    if "/*" in sheet:
        sheet = _COMMENT.sub(" ", sheet)
    pieces = _tight(sheet.replace("<!--", " ").replace("-->", " ")).split("}")
    depth = 0
    for piece in pieces[:-1]:
        opened = piece.count("{")
        if opened == 1 and depth == 0:
            yield piece
        depth += opened - 1
        if depth < 0:  # a brace too many
            depth = 0
