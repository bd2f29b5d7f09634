"""`gipr crawl` against the demo portal: `python -m tests.crawl_demo_site SITE --db …`."""

from __future__ import annotations

import sys

from gipr_crawl.cli import main
from gipr_crawl.demo import DemoServer

if __name__ == "__main__":
    with DemoServer() as server:
        sys.argv = [
            "gipr",
            "crawl",
            *sys.argv[1:],
            "-s",
            f"GIPR_PROXY={server.proxy_url}",
            "-s",
            "DOWNLOAD_DELAY=0",
            "-s",
            "AUTOTHROTTLE_ENABLED=0",
        ]
        main()
