"""Shared by all tests: a demo corpus made once a session, and the command line as a user runs it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
Run = Callable[..., subprocess.CompletedProcess[str]]


def run_gipr(*arguments: object, cwd: Path, check: bool = False) -> subprocess.CompletedProcess[str]:
    """Run `gipr` in a process of its own, as a person does."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIPR_")}
    return subprocess.run(
        [sys.executable, "-m", "gipr_crawl.cli", *map(str, arguments)],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        check=check,
        timeout=240,
    )


@pytest.fixture(scope="session")
def demo_corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The corpus that `gipr demo` makes; tests read it and never write to it."""
    folder = tmp_path_factory.mktemp("demo")
    done = run_gipr("demo", "--db", folder / "demo.db", cwd=folder)
    assert done.returncode == 0, done.stdout + done.stderr
    (folder / "said.txt").write_text(done.stdout, "utf-8")
    return folder / "demo.db"


@pytest.fixture
def own_demo_corpus(demo_corpus: Path, tmp_path: Path) -> Path:
    """A copy of the demo corpus that a test may change; its archive lies beside it."""
    copy = tmp_path / "demo.db"
    shutil.copy(demo_corpus, copy)
    shutil.copytree(demo_corpus.with_name("demo.archive"), tmp_path / "demo.archive")
    return copy


@pytest.fixture
def gipr(tmp_path: Path) -> Run:
    """`gipr` run in an empty folder."""

    def run(*arguments: object, cwd: Path = tmp_path) -> subprocess.CompletedProcess[str]:
        return run_gipr(*arguments, cwd=cwd)

    return run
