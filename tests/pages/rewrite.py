"""Writes every page's expected output anew, each file in one step; review the diff before committing it."""

from __future__ import annotations

import json

from tests.pages import folders, said


def main() -> None:
    for folder in folders():
        partial = folder / "expected.json.partial"
        partial.write_text(json.dumps(said(folder), ensure_ascii=False, indent=1) + "\n", "utf-8")
        partial.replace(folder / "expected.json")
        print(folder.name)


if __name__ == "__main__":
    main()
