"""Every profile is a spider, and a bad one says what is wrong when it is asked for."""

from __future__ import annotations

import ast
import logging
from pathlib import Path

import pytest
from scrapy import Request
from scrapy.settings import Settings
from scrapy.spiderloader import get_spider_loader

from gipr_crawl import settings as house
from gipr_crawl.identity import NO_CONTACT, user_agent
from gipr_crawl.runner import _lanes
from gipr_crawl.spiderloader import ProfileSpiderLoader, spider_class
from gipr_crawl.spiders.portal import PortalSpider

from .test_sites import GOOD


@pytest.fixture
def loader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ProfileSpiderLoader:
    (tmp_path / "example-su.toml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "slow.toml").write_text(GOOD.replace("example", "slow") + "\ndelay = 9", encoding="utf-8")
    (tmp_path / "bad.toml").write_text('family = "x"', encoding="utf-8")
    monkeypatch.setenv("GIPR_SITES", str(tmp_path))
    settings = Settings()
    settings.setmodule(house)
    found = get_spider_loader(settings)
    assert isinstance(found, ProfileSpiderLoader)
    return found


def test_every_good_profile_is_listed_in_order(loader: ProfileSpiderLoader) -> None:
    names = loader.list()
    assert {"example-su", "slow"} <= set(names)
    assert "bad" not in names
    assert names == sorted(names)


def test_a_profile_becomes_a_portal_spider_of_its_name(loader: ProfileSpiderLoader) -> None:
    spider = loader.load("example-su")
    assert issubclass(spider, PortalSpider)
    assert (spider.name, spider.profile.title) == ("example-su", "示例市人民政府")
    assert loader.load("slow") is not spider


def test_a_faulty_profile_asked_for_by_name_says_what_is_wrong(loader: ProfileSpiderLoader) -> None:
    with pytest.raises(KeyError, match=r"bad\.toml: family: unknown family 'x'"):
        loader.load("bad")


def test_an_unknown_name_is_a_key_error(loader: ProfileSpiderLoader) -> None:
    with pytest.raises(KeyError, match="nowhere"):
        loader.load("nowhere")


def test_faulty_profiles_are_logged_with_file_and_key(
    loader: ProfileSpiderLoader, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        ProfileSpiderLoader(Settings())
    assert any("bad.toml: family" in record.getMessage() for record in caplog.records)


def test_the_spider_of_an_address_is_found(loader: ProfileSpiderLoader) -> None:
    assert "example-su" in loader.find_by_request(Request("https://www.example.gov.cn/a.html"))
    assert "example-su" not in loader.find_by_request(Request("https://www.other.gov.cn/a.html"))


@pytest.mark.parametrize(("house_delay", "delay"), [(1.5, 9.0), (20.0, 20.0)])
def test_a_profile_slows_a_crawl_down_and_never_makes_it_faster(
    loader: ProfileSpiderLoader, house_delay: float, delay: float
) -> None:
    settings = Settings({"DOWNLOAD_DELAY": house_delay})
    loader.load("slow").update_settings(settings)
    assert settings.getfloat("DOWNLOAD_DELAY") == delay


def test_sites_of_one_host_share_a_lane_and_others_do_not(loader: ProfileSpiderLoader) -> None:
    one, slow = loader.load("example-su"), loader.load("slow")
    again = spider_class(one.profile)
    assert _lanes([one, slow, again]) == [[slow], [one, again]]


def test_the_settings_are_polite() -> None:
    assert house.ROBOTSTXT_OBEY is True
    assert house.CONCURRENT_REQUESTS_PER_DOMAIN == 1
    assert house.DOWNLOAD_DELAY >= 1
    assert house.AUTOTHROTTLE_ENABLED is True
    assert house.DOWNLOAD_MAXSIZE == 20 * 1024 * 1024
    assert 30 <= house.DOWNLOAD_TIMEOUT <= 60
    assert (house.TELNETCONSOLE_ENABLED, house.REMOTE_CONTROL_ENABLED, house.HTTPCACHE_ENABLED) == (False, False, False)
    assert 429 not in house.RETRY_HTTP_CODES


def test_the_stages_stand_in_the_order_a_page_travels() -> None:
    stages = [path.rpartition(".")[2] for path in sorted(house.ITEM_PIPELINES, key=house.ITEM_PIPELINES.__getitem__)]
    assert stages == ["ArchiveStage", "RepairStage", "CleanStage", "ExtractStage", "StoreStage"]


@pytest.mark.parametrize(
    ("contact", "shown"),
    [
        ("a@b.example", "(+a@b.example)"),
        ("", NO_CONTACT),
        ("某人", NO_CONTACT),
        ("a\r\nX-Evil: 1", "(+aX-Evil: 1)"),
        ("a) b (", "(+a b)"),
    ],
)
def test_a_contact_cannot_break_out_of_the_user_agent(contact: str, shown: str) -> None:
    agent = user_agent(contact)
    assert shown in agent
    assert agent.startswith("gipr-crawl/")
    assert agent.isprintable()
    assert agent.count(")") == 1


def _imports(file: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
    return {name.partition(".")[0] for name in found}


PIPELINES = Path(house.__file__).resolve().parents[1] / "pipelines"


@pytest.mark.parametrize("file", sorted(PIPELINES.rglob("*.py")), ids=lambda file: str(file.relative_to(PIPELINES)))
def test_only_the_stages_know_scrapy_and_nothing_in_pipelines_knows_the_crawler(file: Path) -> None:
    names = _imports(file)
    assert "gipr_crawl" not in names
    if file.name != "stages.py":
        assert not names & {"scrapy", "twisted", "itemadapter"}
