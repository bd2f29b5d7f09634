"""Every profile is a spider: `scrapy list` shows it, `scrapy crawl SITE` runs it, no file of code a site."""

from __future__ import annotations

import logging
from builtins import list as List  # noqa: N812 - the interface names a method `list`
from typing import Any

from scrapy import Request, Spider
from scrapy.settings import BaseSettings
from scrapy.spiderloader import SpiderLoader

from gipr_crawl.sites import ProfileError, SiteProfile, load_profiles
from gipr_crawl.spiders.portal import PortalSpider

logger = logging.getLogger(__name__)


class ProfileSpiderLoader(SpiderLoader):
    """The spiders written in code (`spiders/special`) and one more for every good profile.

    A faulty profile is logged with file, key and reason, and the others are loaded all the same; asked for by name it
    raises KeyError with what is wrong. A special spider keeps its name before a profile.
    """

    def __init__(self, settings: BaseSettings) -> None:
        super().__init__(settings)
        profiles, errors = load_profiles()
        self._errors: tuple[ProfileError, ...] = errors
        for error in errors:
            logger.error("site profile left out: %s", error)
        for profile in profiles:
            self._spiders.setdefault(profile.name, spider_class(profile))

    def load(self, spider_name: str) -> type[Spider]:
        """The spider of that name. Raises KeyError: unknown, or its profile is faulty."""
        try:
            return super().load(spider_name)
        except KeyError:
            wrong = [str(error) for error in self._errors if error.file.endswith(f"{spider_name}.toml")]
            raise KeyError("; ".join(wrong) or f"no site profile and no spider is named {spider_name!r}") from None

    def list(self) -> List[str]:
        """The names of all spiders, sorted."""
        return sorted(super().list())

    def find_by_request(self, request: Request) -> List[str]:
        """The spiders whose site the request is for."""
        return sorted(super().find_by_request(request))


def spider_class(profile: SiteProfile) -> type[PortalSpider]:
    """The portal spider bound to one profile."""
    own: dict[str, Any] = {
        "__doc__": f"The portal of {profile.title}.",
        "__module__": PortalSpider.__module__,
        "name": profile.name,
        "profile": profile,
        "allowed_domains": list(profile.domains),
    }
    words = "".join(part.capitalize() for part in profile.name.replace("_", "-").split("-"))
    return type(f"{words}Spider", (PortalSpider,), own)
