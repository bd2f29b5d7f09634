"""A wheel works as well as a checkout: what lies in data/ is found in both, and nothing else is packed."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from pipelines.knowledge import data_root, reference
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", str(folder), str(ROOT)],
        check=True,
        capture_output=True,
    )
    (built,) = folder.glob("*.whl")
    return built


def test_a_checkout_finds_its_own_data() -> None:
    assert Path(str(data_root())) == ROOT / "data"
    assert reference("indicators.toml").read_text("utf-8")


def test_the_wheel_holds_knowledge_and_migrations_and_no_corpus(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()

    assert "pipelines/_data/reference/indicators.toml" in names
    assert any(name.startswith("pipelines/_data/sites/demo/") for name in names)
    assert any("migrations/versions/" in name for name in names)
    assert any(name.startswith("gipr_crawl/demo/prose/") for name in names)
    assert not [name for name in names if name.endswith((".db", ".warc.gz")) or name.startswith("tests/")]


def test_the_wheel_reads_pages_and_lists_sites_without_the_checkout(wheel: Path, tmp_path: Path) -> None:
    installed = tmp_path / "installed"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(installed)
    program = (
        "from pipelines import Capture, understand; from pipelines.knowledge import data_root; import gipr_crawl.sites as s;"
        "page = understand(Capture('http://x.gov.example/a', '示例县2012年政府信息公开年报\\n全年主动公开政府信息12条，没有收到政府信息公开申请，没有发生行政复议。'.encode()));"
        "print(page.reports[0].report_year, len(s.load_profiles()[0]), data_root())"
    )
    # -P and an own path: the checkout must not help.
    done = subprocess.run(
        [sys.executable, "-P", "-c", f"import sys; sys.path.insert(0, {str(installed)!r}); {program}"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    year, sites, root = done.stdout.split(maxsplit=2)
    assert (year, int(sites) >= 3) == ("2012", True)
    assert root.strip().startswith(str(installed))
