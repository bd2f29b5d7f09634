"""The profiles agree with the portal, and a plain client that follows them reaches every report."""

import re
from urllib.parse import parse_qsl, urljoin

import pytest

from gipr_crawl.demo import off_limits, sites, truth
from gipr_crawl.demo.portal import answer
from gipr_crawl.families import FAMILIES
from gipr_crawl.families.protocol import ListRequest
from gipr_crawl.outcome import Outcome, classify
from gipr_crawl.sites import load_profiles

from .conftest import PROFILES

LINK = re.compile(rb"""<a[^>]*?href=["']([^"'>]+)["']""")
TRS_PAGER = re.compile(
    rb'^\s*(?:<div class="page"><script>)?createPageHTML\((\d+), 0, "index", "html"\);', re.MULTILINE
)


def list_pages(fetch, start):
    """The pages of a column in the two ways in which a family finds them."""
    first = fetch(start)
    assert first.status == 200
    yield start, first.body
    pager = TRS_PAGER.search(first.body)
    if pager:
        for index in range(1, int(pager[1])):
            page = fetch(urljoin(start, f"index_{index}.html"))
            assert page.status == 200
            yield start, page.body
    url, body = start, first.body
    while following := re.search(rb"<nextgroup><!\[CDATA\[<a href=\"([^\"]+)\"", body):
        url = urljoin(url, following[1].decode())
        body = fetch(url).body
        yield url, body


def articles(fetch, profile):
    pattern = re.compile(profile["links"])
    return {
        url
        for start in profile["start"]
        for base, body in list_pages(fetch, start)
        for link in LINK.findall(body)
        if pattern.search(url := urljoin(base, link.decode()))
    }


def test_there_is_one_profile_for_each_site(profiles):
    assert set(profiles) == {site.name for site in sites()}
    assert all(re.fullmatch(r"\d{6}", profile["region"]) for profile in profiles.values())


def test_the_profiles_pass_the_check_and_are_crawled_only_when_named():
    checked, errors = load_profiles([PROFILES])
    assert errors == ()
    assert [profile.enabled for profile in checked] == [False, False, False]


@pytest.mark.parametrize("profile", load_profiles([PROFILES])[0], ids=lambda profile: profile.name)
def test_the_families_find_exactly_what_the_lists_hold(profile):
    waiting = [ListRequest(url) for url in profile.start]
    asked: set[tuple[str, bytes]] = set()
    found: dict[str, str | None] = {}
    while waiting:
        request = waiting.pop()
        if (request.url, request.body) in asked:
            continue
        asked.add((request.url, request.body))
        resource = answer(request.url, dict(parse_qsl(request.body.decode())))
        headers = {"Content-Type": resource.content_type}
        page = FAMILIES[profile.family].read_bytes(resource.body, request, profile.scope, headers)
        found |= {entry.url: entry.published_on for entry in page.entries}
        waiting += page.next
    (site,) = [site for site in sites() if site.name == profile.name]
    assert found == {site.url(draft.path): draft.published_on for draft in site.drafts}


def test_every_report_is_taken_for_a_page_although_the_mirror_hosts_a_strangers_too():
    def outcome(url):
        resource = answer(url)
        return classify(resource.status, {"Content-Type": resource.content_type}, resource.body, url=url).outcome

    assert {outcome(report.url) for report in truth()} == {Outcome.PAGE}
    assert outcome("http://www.qingshan-copy.example/app/1.html") == Outcome.STRANGER


def test_what_robots_txt_forbids_is_listed_all_the_same(fetch, profiles):
    listed = set().union(*(articles(fetch, profile) for profile in profiles.values()))
    assert len(off_limits()) >= 2
    assert set(off_limits()) <= listed
    assert not set(off_limits()) & {report.url for report in truth()}


def test_every_report_is_reached_from_the_start_pages(fetch, profiles):
    for name, profile in profiles.items():
        wanted = {report.url for report in truth() if report.site == name}
        assert wanted <= articles(fetch, profile)
        assert len(wanted) == profile["expect"]["reports"]


def test_the_lists_hold_every_draft_so_the_kind_has_to_be_read_from_the_page(fetch, profiles):
    for site in sites():
        assert articles(fetch, profiles[site.name]) == {site.url(draft.path) for draft in site.drafts}


def test_no_list_fits_on_one_page(fetch, profiles):
    for profile in profiles.values():
        for start in profile["start"]:
            assert len(list(list_pages(fetch, start))) > 1


def test_each_site_lists_a_notice_news_and_a_guide_beside_the_reports():
    for site in sites():
        kinds = {draft.kind for draft in site.drafts}
        assert {"notice", "news", "guide", "dead"} <= kinds
