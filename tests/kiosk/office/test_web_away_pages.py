"""The hall display and the phone page after they were away, in a real browser."""

import pytest
from browser import PHONE, browser, visit  # noqa: F401 - fixtures
from desk_help import Desk, take

WALL = {"viewport": {"width": 1920, "height": 1080}, "locale": "zh-CN"}


@pytest.fixture
def url(running):
    return running[0].url


def test_a_display_speaks_of_nobody_who_has_been_served_while_it_was_away_and_shows_each_number_once(visit, url, call):  # noqa: F811
    with Desk(url) as clerk, Desk(url, "1002", "2") as colleague:
        first = take(call, 1)
        clerk.does("call-next")
        wall = visit(f"{url}/display/city", **WALL)
        wall.wait_for_selector("#calls li")
        wall.context.set_offline(True)
        wall.evaluate("window.dispatchEvent(new Event('pagehide'))")
        second, third = take(call, 2), take(call, 3)
        colleague.serves()
        colleague.does("call-next")
        wall.context.set_offline(False)
        wall.evaluate("window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
        wall.wait_for_selector(f"#calls li.new:has-text('{third['number']}')")
        assert third["number"] in wall.inner_text("#voice")
        assert wall.locator("#calls li.new").count() == 1
        assert wall.inner_text("#calls li.past").startswith(second["number"])
        shown = [one.split()[0] for one in wall.locator("#calls li").all_inner_texts()]
        assert shown == [third["number"], second["number"], first["number"]]


def test_a_display_that_spoke_speaks_after_a_new_start(visit, url):  # noqa: F811
    wall = visit(f"{url}/display/city", **WALL)
    wall.click("#sound")
    wall.reload()
    wall.wait_for_selector("body[data-shown]")
    assert wall.locator("#sound").is_hidden()


def test_a_phone_that_comes_back_to_the_page_hears_its_call(visit, url, call):  # noqa: F811
    ticket = take(call, 1)
    phone = visit(f"{url}/t/{ticket['follow'].rpartition('/')[2]}", **PHONE, locale="zh-CN")
    phone.wait_for_selector("#state:has-text('等候中')")
    assert phone.inner_text("#facts").split()[:3] == ["前面还有", "0", "人"]
    phone.evaluate("window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))")
    with Desk(url) as clerk:
        clerk.does("call-next")
    phone.evaluate("window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    phone.wait_for_selector("#state:has-text('轮到您了')")
