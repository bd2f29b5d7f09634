"""The demo portal on loopback: an HTTP proxy that answers for the demo's hosts and for nobody else."""

from __future__ import annotations

from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from time import monotonic
from types import TracebackType
from typing import Self
from urllib.parse import parse_qsl

from gipr_crawl.demo.markup import Resource
from gipr_crawl.demo.portal import answer

_LARGEST_FORM = 64 * 1024


@dataclass(frozen=True, slots=True)
class SeenRequest:
    """One request as it came: `at` is seconds on a monotonic clock, `status` what was answered."""

    method: str
    url: str
    user_agent: str
    status: int
    at: float


class _Portal(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.seen: list[SeenRequest] = []
        self.lock = Lock()


class _Handler(BaseHTTPRequestHandler):
    server: _Portal
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = 30
    server_version = "DemoPortal"
    sys_version = ""

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def do_POST(self) -> None:
        self._answer(with_body=True)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the log of a demo is `DemoServer.requests`."""

    def _answer(self, *, with_body: bool) -> None:
        arrived = monotonic()
        form = self._form()
        url = self.path if "://" in self.path else f"http://{self.headers.get('Host', '')}{self.path}"
        resource = answer(url, form)
        with self.server.lock:
            self.server.seen.append(
                SeenRequest(self.command, url, self.headers.get("User-Agent", ""), resource.status, arrived)
            )
        self._send(resource, with_body=with_body)

    def _form(self) -> dict[str, str]:
        announced = self.headers.get("Content-Length", "0")
        length = int(announced) if announced.isdecimal() and len(announced) < 10 else 0
        if length > _LARGEST_FORM or (announced != "0" and not length):
            self.close_connection = True
            return {}
        return dict(parse_qsl(self.rfile.read(length).decode("utf-8", "replace"), keep_blank_values=True))

    def _send(self, resource: Resource, *, with_body: bool) -> None:
        self.send_response(resource.status)
        if resource.content_type:
            self.send_header("Content-Type", resource.content_type)
        self.send_header("Content-Length", str(len(resource.body)))
        self.end_headers()
        if with_body:
            self.wfile.write(resource.body)


class DemoServer:
    """The portal while the `with` block runs, on a free port of 127.0.0.1.

    Point a client's HTTP proxy at `proxy_url` and fetch the addresses of `truth()` as they are: requests for the
    demo's hosts are answered, all others get 404. `requests` lists what has come so far, oldest first.
    """

    def __init__(self) -> None:
        self._portal = _Portal()
        self._thread = Thread(target=self._portal.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    @property
    def proxy_url(self) -> str:
        """`http://127.0.0.1:<port>`."""
        return f"http://127.0.0.1:{self._portal.server_address[1]}"

    @property
    def requests(self) -> tuple[SeenRequest, ...]:
        """What has been asked so far, in the order of arrival."""
        with self._portal.lock:
            return tuple(self._portal.seen)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._portal.shutdown()
        self._portal.server_close()
        self._thread.join()
