"""What a reader of the page would not see: inline styles and the page's own style rules that hide elements."""

from __future__ import annotations

import re
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden"
    r"|(?:left|top|text-indent|margin-left|margin-top)\s*:\s*-\d{3,}(?:\.\d+)?(?:px|em|pt)?"
    r"|font-size\s*:\s*0(?:px|em|pt|%)?\s*(?:;|!|$)"
    r"|(?:^|[;{\s])(?:height|width)\s*:\s*[01](?:px)?\s*(?:;|!|$)"
    r"|opacity\s*:\s*0(?:\.0+)?\s*(?:;|!|$)",
    re.IGNORECASE,
)
_LONGEST_SHEET = 500_000  # characters
_SIMPLE = re.compile(r"^([.#])([A-Za-z_][\w-]*)$")


@dataclass(frozen=True, slots=True)
class HiddenRules:
    """Ids and classes that the page's own style sheets hide."""

    ids: frozenset[str]
    classes: frozenset[str]

    def reason(self, node: LexborNode) -> str:
        """Why the element is hidden, or "": `inline_style`, `style_rule`, `hidden_attribute`."""
        attributes = node.attributes
        style = attributes.get("style")
        if style and _HIDING.search(style):
            return "inline_style"
        if "hidden" in attributes:
            return "hidden_attribute"
        if self.ids and attributes.get("id") in self.ids:
            return "style_rule"
        if self.classes and not self.classes.isdisjoint((attributes.get("class") or "").split()):
            return "style_rule"
        return ""


def hidden_rules(parser: LexborHTMLParser) -> HiddenRules:
    """The simple rules (`.x`, `#x`) of the page's style elements that hide what they select."""
    ids: set[str] = set()
    classes: set[str] = set()
    for style in parser.css("style"):
        sheet = style.text() or ""
        if len(sheet) > _LONGEST_SHEET:
            continue
        for rule in sheet.split("}"):
            # The cheap words first: a portal's sheet has thousands of rules and a handful that hide.
            if not (
                "none" in rule or "hidden" in rule or ":-" in rule or ": -" in rule or ":0" in rule or ": 0" in rule
            ):
                continue
            selectors, brace, body = rule.rpartition("{")
            if not brace or "{" in selectors or not _HIDING.search(body):
                continue
            for selector in selectors.split(","):
                if match := _SIMPLE.match(selector.strip()):
                    (ids if match[1] == "#" else classes).add(match[2])
    return HiddenRules(frozenset(ids), frozenset(classes))
