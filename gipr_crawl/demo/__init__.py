"""A small portal of its own on loopback, with known truth.

Three sites that look like the real thing (`trs_site`, `hanweb_site`, `mirror_site`), dressed from the prose in
`prose/`, served by `DemoServer`; `truth()` says what a crawl of them has to find, `compare` what one did find.
"""

from gipr_crawl.demo.comparison import Comparison, FieldCount, StoredReport, compare
from gipr_crawl.demo.portal import sites
from gipr_crawl.demo.server import DemoServer, SeenRequest
from gipr_crawl.demo.truth import DemoReport, off_limits, truth

__all__ = [
    "Comparison",
    "DemoReport",
    "DemoServer",
    "FieldCount",
    "SeenRequest",
    "StoredReport",
    "compare",
    "off_limits",
    "sites",
    "truth",
]
