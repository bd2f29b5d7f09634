"""How the crawler names itself."""

from __future__ import annotations

from pipelines.version import code_version

PRODUCT = "gipr-crawl"
NO_CONTACT = "research on published government reports; operator gave no contact"


def user_agent(contact: str) -> str:
    """`gipr-crawl/0.1.0 (+contact)`; what cannot stand in a header or would end the comment is dropped from it."""
    safe = "".join(letter for letter in contact if " " <= letter <= "~" and letter not in "()").strip()
    return f"{PRODUCT}/{code_version()} (+{safe or NO_CONTACT})"
