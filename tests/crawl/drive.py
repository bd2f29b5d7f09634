"""Runs one crawl in a process of its own (a reactor runs once) and prints its result as JSON."""

from __future__ import annotations

import json
import sys

from gipr_crawl.runner import Progress, crawl

if __name__ == "__main__":
    order = json.loads(sys.argv[1])
    steps: list[Progress] = []
    result = crawl(
        order["sites"],
        db=order["db"],
        archive=order["archive"],
        settings_overrides=order["settings"],
        on_progress=steps.append,
    )
    print(
        json.dumps(
            {
                "run_id": result.run_id,
                "ok": result.ok,
                "interrupted": result.interrupted,
                "sites": {site.site: dict(site.summary) for site in result.sites},
                "progress": [[step.site, step.responses, step.verdict] for step in steps],
            }
        )
    )
