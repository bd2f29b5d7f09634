"""The README's commands work as they stand."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

README = (ROOT / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
SET_UP, TEST, *OTHERS = [block.strip() for block in BLOCKS]


def test_the_first_two_commands_set_everything_up_by_themselves() -> None:
    for command in (SET_UP, TEST):
        assert command.startswith("python3 -m venv .venv && .venv/bin/pip install ")
    assert SET_UP.endswith(".venv/bin/gipr demo")
    assert TEST.endswith(".venv/bin/python -m pytest")


def test_ci_runs_the_test_command_of_the_readme() -> None:
    ci = (ROOT / ".ci" / "run").read_text("utf-8")

    assert "README.md" in ci
    assert TEST.splitlines()[-1] in README


@pytest.mark.parametrize("command", [line for block in OTHERS for line in block.splitlines()])
def test_every_other_command_works_after_the_demo(command: str, own_demo_corpus: Path, tmp_path: Path) -> None:
    program = command.split()[0]
    if program == "sqlite3" and shutil.which("sqlite3") is None:
        command = command.replace(
            "sqlite3 -header",
            f"{sys.executable} -c 'import sqlite3, sys; print(*sqlite3.connect(sys.argv[1]).execute(sys.argv[2]), sep=chr(10))'",
        )
    work = tmp_path / "work"
    (work / "data").mkdir(parents=True)
    own_demo_corpus.rename(work / "data" / "demo.db")
    shutil.copy(work / "data" / "demo.db", work / "data" / "gipr.db")
    (work / "saved-pages").mkdir()
    (work / "saved-pages" / "page.html").write_text(
        "<p>示例县水务局2012年政府信息公开年报</p><p>全年主动公开政府信息126条，没有收到申请，没有发生行政复议。</p>",
        "utf-8",
    )
    shutil.copy(work / "saved-pages" / "page.html", work / "page.html")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    if command.startswith("gipr crawl"):
        command = f"{sys.executable} -m tests.crawl_demo_site {command.removeprefix('gipr crawl ')}"
    environment = {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        command, shell=True, cwd=work, env=environment, capture_output=True, text=True, check=False, timeout=120
    )

    assert done.returncode == 0, done.stderr
    assert done.stdout or "written to" in done.stderr


def test_the_query_in_the_readme_prints_what_it_says(demo_corpus: Path) -> None:
    import sqlite3

    query = next(re.search(r'"(select .*)"', block)[1] for block in OTHERS if "sqlite3" in block)  # type: ignore[index]
    printed = re.search(r"```\n(agency\|.*?)```", README, re.DOTALL)
    assert printed
    with sqlite3.connect(f"file:{demo_corpus}?mode=ro", uri=True) as connection:
        cursor = connection.execute(query)
        lines = ["|".join(column[0] for column in cursor.description)]
        lines += ["|".join("" if value is None else str(value) for value in row) for row in cursor]

    assert lines == printed[1].strip().splitlines()
