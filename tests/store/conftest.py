from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from pipelines.store.engine import open_engine
from pipelines.store.writer import Writer

from .builders import Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[sa.Engine]:
    opened = open_engine(str(tmp_path / "gipr.db"), create=True)
    yield opened
    opened.dispose()


@pytest.fixture
def writer(engine: sa.Engine, clock: Clock) -> Writer:
    return Writer(engine, now=clock)


@pytest.fixture
def run(writer: Writer) -> int:
    return writer.begin_run("crawl lanhe", "0.1.0")
