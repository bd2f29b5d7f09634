"""Where the knowledge that people edit (`data/sites`, `data/reference`) lies: in a checkout or inside the wheel."""

from __future__ import annotations

import os
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path


def data_root() -> Traversable:
    """The folder that holds `reference/` and `sites/`.

    `GIPR_DATA` wins; then the copy inside the installed wheel (also when it is run as a zip), then the checkout's
    `data/`. Raises FileNotFoundError with the places tried.
    """
    named = os.environ.get("GIPR_DATA")
    package = files("pipelines")
    tried: list[Traversable] = [Path(named)] if named else [package / "_data", Path(str(package)).parent / "data"]
    for folder in tried:
        if (folder / "reference").is_dir():
            return folder
    raise FileNotFoundError(f"no data folder with reference/ in it; tried {', '.join(map(str, tried))}")


def reference(name: str) -> Traversable:
    """The file `data/reference/<name>`."""
    return data_root() / "reference" / name
