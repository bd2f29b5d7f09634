"""A running portal, and the plainest client that can ask it anything."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import ProxyHandler, Request, build_opener

import pytest

from gipr_crawl.demo import DemoServer

PROFILES = Path(__file__).parents[2] / "data" / "sites" / "demo"


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    content_type: str | None
    body: bytes


Fetch = Callable[..., Answer]


@pytest.fixture(scope="session")
def server() -> Iterator[DemoServer]:
    with DemoServer() as running:
        yield running


@pytest.fixture(scope="session")
def fetch(server: DemoServer) -> Fetch:
    opener = build_opener(ProxyHandler({"http": server.proxy_url}))

    def ask(url: str, form: dict[str, str] | None = None, method: str | None = None) -> Answer:
        body = urlencode(form).encode() if form is not None else None
        request = Request(url, data=body, method=method, headers={"User-Agent": "plain-client"})
        try:
            with opener.open(request, timeout=10) as response:
                return Answer(response.status, response.headers["Content-Type"], response.read())
        except HTTPError as error:
            with error:
                return Answer(error.code, error.headers["Content-Type"], error.read())

    return ask


@pytest.fixture(scope="session")
def profiles() -> dict[str, dict]:
    return {path.stem: tomllib.loads(path.read_text("utf-8")) for path in sorted(PROFILES.glob("*.toml"))}
