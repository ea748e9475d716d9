"""The window desk, the hall display and the phone page, in a real browser, live."""

import re

import pytest
from booking_help import GOOD, JIA, REVIEWED, put_matters
from browser import PHONE, browser, visit  # noqa: F401 - fixtures
from desk_help import take
from desk_page_help import DESK, quiet, sign_in
from office_help import Caller, nonce

WALL = {"viewport": {"width": 1920, "height": 1080}, "locale": "zh-CN"}


@pytest.fixture
def url(running):
    return running[0].url


def test_a_call_at_the_desk_is_on_the_display_and_on_the_phone_at_once(visit, url, call):  # noqa: F811
    ticket = call.ticket("a-nonce-made-at-the-touch", "business").json()
    desk = sign_in(visit, url)
    wall = visit(f"{url}/display/city", **WALL)
    phone = visit(f"{url}/t/{ticket['follow'].rpartition('/')[2]}", **PHONE, locale="zh-CN")
    phone.wait_for_selector("#state:has-text('等候中')")
    assert phone.inner_text("#number") == ticket["number"]
    desk.click("#acts [data-act=call-next]")
    desk.wait_for_selector(f"#hand .number:has-text('{ticket['number']}')")
    wall.wait_for_selector(f"#calls li.new:has-text('{ticket['number']}')")
    assert re.search(rf"请\D*{ticket['number']}\D*1", wall.inner_text("#voice"))
    phone.wait_for_selector("#state:has-text('轮到您了')")
    assert "1" in phone.inner_text("#facts")
    desk.click("#acts [data-act=start]")
    phone.wait_for_selector("#state:has-text('正在办理')")
    desk.click("#acts [data-act=finish]")
    phone.wait_for_selector("#state:has-text('已办完')")
    assert desk.inner_text("#hand") == "没有在办的号"


def test_a_ticket_is_parked_called_back_transferred_and_queued_again(visit, url, call):  # noqa: F811
    number = call.ticket("a-nonce-made-at-the-touch", "business").json()["number"]
    desk = sign_in(visit, url)
    desk.click("#acts [data-act=call-next]")
    desk.click("#acts [data-act=start]")
    desk.click("#acts [data-act=park]")
    desk.fill("#ask-reason", "去复印")
    desk.click("#ask-yes")
    desk.wait_for_selector(f"#parked li[data-ticket={number}]:has-text('去复印')")
    desk.click("#parked [data-act=unpark]")
    desk.wait_for_selector("#acts [data-act=start], #acts [data-act=finish]")
    desk.click("#acts [data-act=transfer]")
    desk.select_option("#ask-service", "licence")
    desk.click("#ask-yes")
    desk.wait_for_selector("#hand:has-text('没有在办的号')")


LATE = """
const before = window.fetch;
window.fetch = async (where, how) => {
    const answer = await before(where, how);
    if (String(where).endsWith("/unpark"))
        await new Promise(done => { window.goOn = done; });
    return answer;
};
"""


def test_a_click_counts_though_the_answer_to_the_one_before_comes_later_than_the_news_of_it(visit, url, call):  # noqa: F811
    call.ticket("a-nonce-made-at-the-touch", "business")
    desk = sign_in(visit, url, script=LATE)
    desk.click("#acts [data-act=call-next]")
    desk.click("#acts [data-act=start]")
    desk.click("#acts [data-act=park]")
    desk.fill("#ask-reason", "去复印")
    desk.click("#ask-yes")
    desk.click("#parked [data-act=unpark]")
    desk.click("#acts [data-act=start]")
    desk.evaluate("window.goOn()")
    desk.wait_for_selector("#acts [data-act=finish]")


def test_a_double_click_calls_one(visit, url, call):  # noqa: F811
    for number in range(2):
        call.ticket(f"a-nonce-made-at-the-touch-{number}", "business")
    desk = sign_in(visit, url)
    desk.dblclick("#acts [data-act=call-next]")
    desk.wait_for_selector("#acts [data-act=start]")
    desk.wait_for_selector("#waiting li")
    assert desk.inner_text("#trouble") == ""


def test_a_green_channel_and_nobody_waiting_and_a_wrong_pin_are_said_in_words(visit, url, call):  # noqa: F811
    desk = visit(f"{url}/desk", **DESK)
    desk.fill("#clerk", "1001")
    desk.fill("#pin", "000000")
    desk.click("#sign-in button")
    desk.wait_for_selector("#trouble:has-text('工号或密码不对')")
    quiet(visit)
    number = call.ticket("a-nonce-made-at-the-touch", "business").json()["number"]
    desk = sign_in(visit, url)
    desk.click("#waiting [data-act=green]")
    desk.fill("#ask-reason", "重点项目")
    desk.click("#ask-yes")
    desk.wait_for_selector(f"#waiting li[data-ticket={number}]:has-text('绿色通道：重点项目')")


def test_words_of_the_office_are_text_and_never_markup(visit, url, call):  # noqa: F811
    call.ticket("a-nonce-made-at-the-touch", "business")
    desk = sign_in(visit, url)
    desk.click("#acts [data-act=call-next]")
    desk.click("#acts [data-act=start]")
    desk.click("#acts [data-act=park]")
    desk.fill("#ask-reason", "<img src=x onerror=alert(1)>")
    desk.click("#ask-yes")
    desk.wait_for_selector("#parked li:has-text('<img src=x')")
    assert desk.locator("#parked img").count() == 0


def test_an_office_that_goes_away_and_comes_back_is_said_and_followed(visit, url, call, running):  # noqa: F811
    ticket = call.ticket("a-nonce-made-at-the-touch", "business").json()
    phone = visit(f"{url}/t/{ticket['follow'].rpartition('/')[2]}", **PHONE, locale="en-GB")
    phone.wait_for_selector("#state:has-text('Waiting')")
    phone.context.set_offline(True)
    phone.evaluate("() => window.dispatchEvent(new Event('pagehide'))")
    phone.context.set_offline(False)
    phone.reload()
    phone.wait_for_selector("#state:has-text('Waiting')")
    quiet(visit)


def test_a_closed_hall_says_so_on_the_display(visit, url, clock):  # noqa: F811
    clock.go(hours=12)
    wall = visit(f"{url}/display/city", **WALL)
    wall.wait_for_selector("#closed:not([hidden])")
    assert wall.inner_text("#closed")


@pytest.mark.parametrize("path", ["/t/nonsense", "/t/AAAAAAAAAAAAAAAAAAAAAA", "/display/nowhere", "/g/nothing"])
def test_what_is_not_there_is_a_page_that_says_so(url, path):
    answer = Caller(url, None)("GET", path)
    assert answer.status_code == 404
    assert "没有找到" in answer.text


def test_pages_may_load_and_reach_nothing_but_the_office(url):
    for path in ("/desk", "/display/city"):
        headers = Caller(url, None)("GET", path).headers
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert headers["Referrer-Policy"] == "no-referrer"


def test_every_text_is_in_both_languages():
    from kiosk.office.web.live import _texts  # noqa: PLC0415

    assert _texts()["zh-CN"].keys() == _texts()["en"].keys()


def promised_ticket(call, running):
    """A ticket of a matter with a promise in its pre-review; the number of the pre-review."""
    put_matters(running[1].state.office)
    body = {"nonce": nonce(7), "item": REVIEWED, "item_version": 1, "person": JIA, "answers": GOOD | {"lease": "later"}}
    review = call("POST", "/v1/reviews", body).json()
    take(call, 1, "social", item=REVIEWED, review=review["token"])
    return review["number"]


def test_what_was_promised_is_taken_in_with_the_ticket_in_hand_or_by_its_number(visit, url, call, running):  # noqa: F811
    number = promised_ticket(call, running)
    desk = sign_in(visit, url, "5", clerk="1003")
    desk.click("#acts [data-act=call-next]")
    desk.fill("#promised-number", number.lower())
    desk.press("#promised-number", "Enter")
    desk.wait_for_selector("#promised li[data-material=lease]:has-text('租赁合同')")
    desk.click("#hand [data-act=brought]")
    assert desk.inner_text("#ask-title") == "确认收到：租赁合同"
    desk.keyboard.press("Escape")
    desk.click("#hand [data-act=brought]")
    desk.click("#ask-yes")
    for place in ("#hand", "#promised"):
        desk.wait_for_selector(f"{place} li[data-material=lease]:has-text('2026-11-20 已收到')")
    assert desk.locator("[data-act=brought]").count() == 0
    desk.fill("#promised-number", "YS-20261120-9999")
    desk.press("#promised-number", "Enter")
    desk.wait_for_selector("#trouble:has-text('没有查到')")
    assert desk.locator("#promised li").count() == 0
    quiet(visit)


def test_the_keyboard_alone_calls_and_serves_while_news_come_in(visit, url, call):  # noqa: F811
    call.ticket("a-nonce-made-at-the-touch-1", "business")
    desk = sign_in(visit, url)
    desk.focus("#acts [data-act=call-next]")
    call.ticket("a-nonce-made-at-the-touch-2", "business")
    desk.wait_for_selector("#waiting li >> nth=1")
    for act in ("start", "finish", "call-next"):
        desk.keyboard.press("Enter")
        desk.wait_for_selector(f"#acts [data-act={act}]:focus")


def test_the_second_half_of_a_double_click_hits_nothing_that_came_to_stand_there(visit, url, call):  # noqa: F811
    call.ticket("a-nonce-made-at-the-touch", "business")
    desk = sign_in(visit, url)
    desk.click("#acts [data-act=call-next]")
    desk.wait_for_selector("#acts [data-act=start]")
    desk.dispatch_event("#acts [data-act=start]", "click", {"detail": 2})
    desk.click("#acts [data-act=recall]")
    desk.wait_for_selector("#trouble:has-text('刚叫过')")  # which a ticket that is served would not be told
    quiet(visit)


HEARS = """
window.EventSource = class extends EventSource {
    constructor(where) {
        super(where);
        this.addEventListener("state", event => { document.documentElement.dataset.heard = JSON.parse(event.data).waiting.length; });
    }
};
"""


def test_a_button_stays_under_the_finger_while_news_come_in(visit, url, call):  # noqa: F811
    call.ticket("a-nonce-made-at-the-touch-1", "business")
    desk = sign_in(visit, url, script=HEARS)
    desk.hover("#acts [data-act=call-next]")
    desk.mouse.down()
    call.ticket("a-nonce-made-at-the-touch-2", "business")
    desk.wait_for_selector("html[data-heard='2']")
    desk.mouse.up()
    desk.wait_for_selector("#acts [data-act=start]")


def test_a_desk_whose_session_has_ended_says_so_and_asks_no_more(visit, url, call):  # noqa: F811
    desk = sign_in(visit, url)
    asked = []
    sign_in(visit, url)  # the same clerk, elsewhere
    desk.wait_for_selector("#sign-in:not([hidden]) #trouble:has-text('登录已结束')")
    desk.on("request", lambda request: asked.append(request.url))
    desk.clock.install()
    desk.clock.run_for(20_000)
    assert asked == []


def test_a_ticket_is_sent_to_a_window(visit, url, call):  # noqa: F811
    number = call.ticket("a-nonce-made-at-the-touch", "business").json()["number"]
    desk = sign_in(visit, url)
    desk.click("#acts [data-act=call-next]")
    desk.click("#acts [data-act=transfer]")
    desk.click("#ask-yes")
    desk.wait_for_selector("#trouble:has-text('没有改动')")
    quiet(visit)
    desk.click("#acts [data-act=transfer]")
    assert desk.input_value("#ask-service") == "business"
    desk.select_option("#ask-counter", "2")
    desk.click("#ask-yes")
    desk.wait_for_selector(f"#waiting li[data-ticket={number}]")
    other = sign_in(visit, url, "2", clerk="1002")
    other.click("#acts [data-act=call-next]")
    other.wait_for_selector(f"#hand .number:has-text('{number}')")
