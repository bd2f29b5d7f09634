"""The crawler's settings: politeness first, then the way of a page."""

import os

from gipr_crawl import identity

BOT_NAME = identity.PRODUCT

# --- Who we are -------------------------------------------------------------------------------------------------------
# A person the portal can write to: an address or a page. `GIPR_CONTACT` in the environment or `-s GIPR_CONTACT=…`.
GIPR_CONTACT = os.environ.get("GIPR_CONTACT", identity.NO_CONTACT)
# The User-Agent is made of product, version and contact; robots.txt is read for the product's name.
ROBOTSTXT_USER_AGENT = identity.PRODUCT
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "zh-CN,zh;q=0.9",
}

# --- What we may ask for ----------------------------------------------------------------------------------------------
ROBOTSTXT_OBEY = True  # 404: nothing is forbidden; no answer or an error of the server: everything is (RFC 9309)
DOWNLOAD_MAXSIZE = 20 * 1024 * 1024
DOWNLOAD_WARNSIZE = 0
URLLENGTH_LIMIT = 2000
REDIRECT_MAX_TIMES = 5
METAREFRESH_ENABLED = False  # the spider keeps such a page and follows it itself, two hops at most, on the same site

# --- How often --------------------------------------------------------------------------------------------------------
CONCURRENT_REQUESTS = 1  # a site: what waits in the downloader could not be called back when its host is parked
CONCURRENT_REQUESTS_PER_DOMAIN = 1  # one host, one lane
DOWNLOAD_DELAY = 1.5  # seconds between two requests to a host, jittered by half
AUTOTHROTTLE_ENABLED = True  # slower when the host is slow, never faster than the delay
AUTOTHROTTLE_START_DELAY = 2.0
AUTOTHROTTLE_MAX_DELAY = 60.0
DOWNLOAD_TIMEOUT = 45
GIPR_PARK_AFTER = 3  # refusals (403 …) in a row after which a host is left alone; a challenge parks it at once
GIPR_SITES_AT_ONCE = 8  # sites of different hosts crawled side by side by one `gipr crawl`

# --- When it fails ----------------------------------------------------------------------------------------------------
RETRY_TIMES = 2
RETRY_HTTP_CODES = [500, 502, 503, 504, 408]  # not 429 and not a challenge: those are answers, not accidents

# --- Where it goes ----------------------------------------------------------------------------------------------------
GIPR_DB = os.environ.get("GIPR_DB", "sqlite:///data/gipr.db")
GIPR_ARCHIVE = os.environ.get("GIPR_ARCHIVE", "data/archive")
GIPR_PROXY = os.environ.get("GIPR_PROXY")  # http://host:port through which the whole crawl goes, robots.txt included

# --- Who takes part ---------------------------------------------------------------------------------------------------
SPIDER_LOADER_CLASS = "gipr_crawl.spiderloader.ProfileSpiderLoader"
SPIDER_MODULES = ["gipr_crawl.spiders.special"]
NEWSPIDER_MODULE = "gipr_crawl.spiders.special"

ITEM_PIPELINES = {
    "pipelines.stages.ArchiveStage": 100,  # the raw bytes are safe
    "pipelines.stages.RepairStage": 200,  # bytes → readable text
    "pipelines.stages.CleanStage": 300,  # readable page → the report alone
    "pipelines.stages.ExtractStage": 400,  # report → facts
    "pipelines.stages.StoreStage": 500,  # facts → rows
}

DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "gipr_crawl.middlewares.StrictRobotsMiddleware": 100,  # robots.txt, read strictly
    "scrapy.downloadermiddlewares.useragent.UserAgentMiddleware": None,
    "gipr_crawl.middlewares.IdentityMiddleware": 500,  # the named User-Agent
    "gipr_crawl.middlewares.DefenceMiddleware": 585,  # recognises a defence before anything retries it, parks the host
    "gipr_crawl.middlewares.ProxyMiddleware": 740,  # GIPR_PROXY
}
SPIDER_MIDDLEWARES = {
    "scrapy.spidermiddlewares.httperror.HttpErrorMiddleware": None,  # an error is an answer: it is recorded
}
EXTENSIONS = {
    "scrapy.extensions.throttle.AutoThrottle": None,
    "gipr_crawl.extensions.CrawlDelayThrottle": 0,  # AutoThrottle that keeps the Crawl-delay of robots.txt
    "gipr_crawl.extensions.SiteRecord": 10,  # counts, judges and says what became of the site
}

# --- Doors that stay shut ---------------------------------------------------------------------------------------------
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False  # on by default since Scrapy 2.19: it runs the code it is sent

# --- The rest ---------------------------------------------------------------------------------------------------------
COOKIES_ENABLED = True  # a plain jar: some portals answer 302 to themselves until their cookie comes back
HTTPCACHE_ENABLED = False
LOG_LEVEL = "INFO"
