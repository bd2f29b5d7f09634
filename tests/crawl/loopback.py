"""A handful of tiny portals behind one loopback proxy, each with one habit of the wild."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import Self
from urllib.parse import parse_qs, urlsplit


@dataclass(frozen=True)
class Answer:
    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "text/html; charset=utf-8"})


Site = Callable[[str, dict[str, str]], Answer]
MISSING = Answer("<html><title>404</title>没有这个文件</html>".encode(), 404)
ALLOW_ALL = Answer(b"User-agent: *\nDisallow:\n", headers={"Content-Type": "text/plain"})


def html(title: str, body: str) -> bytes:
    return f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{title}</title></head><body>{body}</body></html>".encode()


def report(name: str, year: int) -> bytes:
    title = f"{name}{year}年政府信息公开工作年度报告"
    sentence = f"{year}年，{name}认真贯彻《中华人民共和国政府信息公开条例》，主动公开政府信息{year - 1000}条。"
    return html(title, f"<h1>{title}</h1><div id='zoom'>" + f"<p>{sentence}</p>" * 12 + "</div>")


def trs_list(column: str, links: list[tuple[str, str, str]], total: int, current: int) -> bytes:
    rows = "".join(
        f'<li><a href="{url}" title="{title}">{title[:12]}…</a><span>{date}</span></li>' for url, title, date in links
    )
    filler = "<p>县政府信息公开专栏</p>" * 30
    return html(column, f'<ul>{rows}</ul>{filler}<script>createPageHTML({total}, {current}, "index", "html");</script>')


class Portal:
    """Serves `sites` (host → function of path and query) as a proxy on 127.0.0.1 and remembers what was asked.

    The request's cookies stand in the query as `cookie`.
    """

    def __init__(self, sites: dict[str, Site]) -> None:
        self.seen: list[tuple[str, str]] = []
        self.lock = Lock()
        portal = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                parts = urlsplit(self.path)
                host = parts.hostname or ""
                with portal.lock:
                    portal.seen.append((self.path, self.headers.get("User-Agent", "")))
                query = {name: values[-1] for name, values in parse_qs(parts.query, keep_blank_values=True).items()}
                query["cookie"] = self.headers.get("Cookie", "")
                site = sites.get(host)
                answer = site(parts.path, query) if site else MISSING
                self.send_response(answer.status)
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(answer.body)))
                self.end_headers()
                self.wfile.write(answer.body)

            def log_message(self, format: str, *args: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._server.block_on_close = False
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    @property
    def proxy(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def asked(self, host: str) -> list[str]:
        with self.lock:
            return [urlsplit(url).path for url, _ in self.seen if urlsplit(url).hostname == host]

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
