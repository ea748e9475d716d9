"""The desk's page for applications, matters and bookings, in a real browser."""

import pytest
from application_help import ANSWERS, Applicant, put_item
from booking_help import JIA, guide, put_guides, put_matters
from browser import browser, visit  # noqa: F401 - fixtures
from desk_help import Desk
from desk_page_help import quiet, sit_down
from matter_help import PHONE, filed, opened, put_catalogue
from office_help import Caller, nonce

EVIL = "<img src=x onerror=alert(1)>"
WORDS = "经审查，符合法定条件，准予许可。"


@pytest.fixture
def url(running):
    return running[0].url


@pytest.fixture
def receipt(office, call):
    put_item(office)
    post = {"kind": "post", "receiver": EVIL, "phone": "13900000016", "address": "鹿城市测试路1号"}
    return Applicant(call).submit(answers=ANSWERS | {"shop": EVIL[:20]}, delivery=post).json()


def seen(call, receipt):
    return call("POST", "/v1/cases/by-token", {"token": receipt["token"]}).json()


def widths(page):
    """Of the case's pictures, once they are there."""
    return [one.evaluate("one => one.decode().then(() => one.naturalWidth)") for one in page.locator("#case .picture img").all()]


def test_an_application_is_looked_at_sent_back_decided_and_posted(visit, url, call, receipt):  # noqa: F811
    page = sit_down(visit, url, "/desk/work")
    page.click(f"li[data-case='{receipt['number']}'] [data-act=look]")
    page.wait_for_selector("#case-title:focus")
    assert widths(page) == [320, 320]
    assert page.locator("#case svg path").get_attribute("d").startswith("M 100 200")
    assert EVIL[:20] in page.inner_text("#case-whole")
    assert page.locator("#case img[src=x]").count() == 0
    page.click("#case .picture >> nth=0")
    page.wait_for_selector("#look[open] #picture")
    page.keyboard.press("Escape")
    page.click("#case [data-act=ask-missing]")
    page.fill("#ask-missing", f"场地合同\n\n {EVIL} ")
    page.click("#ask-yes")
    page.wait_for_selector("#case-acts [data-act=came-in]")
    assert [one["zh-CN"] for one in seen(call, receipt)["missing"]] == ["场地合同", EVIL]
    page.click("#case [data-act=came-in]")
    page.click("#ask-yes")
    page.click("#case [data-act=ask-missing]")  # there again
    page.keyboard.press("Escape")
    page.click("#case [data-act=grant]")
    page.fill("#ask-text", " ")
    page.click("#ask-yes")
    page.wait_for_selector("#ask-wrong:has-text('填写的内容不对')")
    page.fill("#ask-text", WORDS)
    page.click("#ask-yes")
    page.click("#case-acts [data-act=posted]")
    page.wait_for_selector("#granted li[data-case]")
    page.wait_for_selector("#cases:not(:has(li[data-case]))")
    page.fill("#ask-waybill", "9990000000009")
    page.click("#ask-yes")
    page.wait_for_selector("#granted:not(:has(li[data-case]))")
    case = seen(call, receipt)
    assert (case["state"], case["waybill"]) == ("approved", "9990000000009")
    quiet(visit)


def test_a_reminder_is_answered(visit, url, call, receipt, clock):  # noqa: F811
    clock.go(days=60)
    urge = call("POST", "/v1/cases/urge", {"nonce": nonce(1), "token": receipt["token"]}).json()
    page = sit_down(visit, url, "/desk/work")
    row = f"li[data-case='{receipt['number']}']"
    page.wait_for_selector(f"{row} .priority:has-text('{urge['due']}')")
    page.click(f"{row} [data-act=look]")
    page.wait_for_selector(f"#case-whole:has-text('{urge['number']}')")
    assert widths(page) == [320, 320]
    page.click("#case-acts [data-act=answer-urge]")
    page.fill("#ask-text", "三日内办结。")
    with page.expect_response(lambda one: one.request.method == "GET" and one.url.endswith(f"/cases/{receipt['number']}")):  # the last it asks
        page.click("#ask-yes")
    page.wait_for_selector("#case-acts:not(:has([data-act=answer-urge]))")
    page.wait_for_selector(f"{row}:not(:has(.priority))")
    assert widths(page) == [320, 320]  # drawn anew: none is on its way when the page is closed
    assert seen(call, receipt)["next_step"]["zh-CN"] == "三日内办结。"


def test_what_a_colleague_did_is_seen_on_coming_back_and_written_words_stay(visit, url, call, receipt):  # noqa: F811
    page = sit_down(visit, url, "/desk/work")
    page.fill("#case-number", receipt["number"])
    page.press("#case-number", "Enter")
    page.click("#case [data-act=refuse]")
    page.fill("#ask-text", "场所不符合要求。")
    with Desk(url, "1002", "2") as colleague:
        colleague.does(f"cases/{receipt['number']}/missing", missing=["合同"])
        page.evaluate("window.dispatchEvent(new Event('focus'))")
        page.wait_for_selector("#case-acts [data-act=came-in]", state="attached")
        colleague.does(f"cases/{receipt['number']}/decide", granted=True, text=WORDS)
    page.click("#ask-yes")
    page.wait_for_selector("#ask-wrong:has-text('刚刚有了变化')")
    assert page.input_value("#ask-text") == "场所不符合要求。"
    page.keyboard.press("Escape")
    page.wait_for_selector(f"#case:has-text('{WORDS}')")
    quiet(visit)


def test_a_question_is_given_to_a_department_answered_and_closed(visit, url, call, office):  # noqa: F811
    put_catalogue(office)
    matter = filed(call, 1, "question", "t-pension", text=EVIL, person=JIA, phone=PHONE)
    page = sit_down(visit, url, "/desk/work")
    page.click("[data-part=matters]")
    row = f"li[data-matter={matter['number']}]"
    page.wait_for_selector(f"{row}:has-text('{EVIL}')")
    assert page.locator("#matters img").count() == 0
    page.click(f"{row} [data-act=matter-assign]")
    page.select_option("#ask-department", "zj")
    page.click("#ask-yes")
    page.click(f"{row} [data-act=matter-take]")
    page.wait_for_selector(f"{row}:has-text('{PHONE}')")  # only who has taken it sees who asks
    page.click(f"{row} [data-act=matter-answer]")
    page.fill("#ask-text", "带身份证\n来即可")
    page.click("#ask-yes")
    page.click(f"{row} [data-act=matter-close]")
    page.wait_for_selector(row, state="detached")
    assert (opened(call, matter)["state"], opened(call, matter)["answer"]) == ("closed", "带身份证\n来即可")


LOST = """
const before = window.fetch;
window.fetch = async (where, how) => {
    const answer = await before(where, how);
    if (!window.lost && how.method === "POST" && String(where).endsWith("/bookings")) {
        window.lost = true;
        throw new TypeError("the line went");
    }
    return answer;
};
"""


def test_somebody_else_gets_a_booking_and_gets_it_once_though_the_answer_was_lost(visit, url, office):  # noqa: F811
    put_matters(office)
    put_guides(office, guide("t-other", bookable=False))
    page = sit_down(visit, url, "/desk/work", script=LOST)
    page.click("[data-part=bookings]")
    page.fill("#item-words", "测试 T-")
    page.press("#item-words", "Enter")
    page.wait_for_selector("#items li[data-item=t-pension]")
    assert page.locator("#items li").count() == 2
    page.click("#items li[data-item=t-pension] button")
    page.wait_for_selector("#days h3")
    page.click("#days [data-act^='2026-11-23T09:00'] >> text=余 3")
    page.fill("#ask-name", JIA["name"])
    page.fill("#ask-number", "99999919900101001x")
    page.click("#ask-yes")
    page.wait_for_selector("#ask-wrong:has-text('暂时连不上')")
    page.click("#ask-yes")
    page.wait_for_selector(f"#booked:has-text('{JIA['name']}')")
    page.wait_for_selector("#days [data-act^='2026-11-23T09:00'] >> text=余 2")
    page.click("#days [data-act^='2026-11-23T10:00']")
    page.fill("#ask-name", JIA["name"])
    page.fill("#ask-number", "99999919900101001X")
    page.click("#ask-yes")
    page.wait_for_selector("#ask-wrong:has-text('已经预约')")
    quiet(visit)


def test_who_is_signed_out_elsewhere_leaves_nothing_of_citizens_on_the_page(visit, url, receipt):  # noqa: F811
    page = sit_down(visit, url, "/desk/work")
    page.click(f"li[data-case='{receipt['number']}'] [data-act=look]")
    page.click("#case [data-act=grant]")
    page.fill("#ask-text", f"准予{JIA['name']}")
    with Desk(url):  # the same clerk
        page.wait_for_selector("#sign-in:not([hidden]) #trouble:has-text('登录已结束')")
    assert page.locator("dialog[open]").count() == 0
    for told in (JIA["name"], receipt["number"], "13900000016"):
        assert told not in page.content()
    assert page.locator("textarea").count() == 0
    assert page.evaluate("[Object.keys(localStorage), Object.keys(sessionStorage), location.pathname + location.search]") == [
        [],
        [],
        "/desk/work",
    ]


def test_one_signs_in_once_for_both_pages_and_only_this_one_shows_pictures(visit, url):  # noqa: F811
    desk = sit_down(visit, url)
    desk.click("a[href='/desk/work']")
    desk.wait_for_selector("#cases-part li:has-text('没有')")
    desk.click("a[href='/desk']")
    desk.wait_for_selector("#window-acts [data-act=close]")
    policies = [Caller(url, None)("GET", path).headers["Content-Security-Policy"] for path in ("/desk", "/desk/work")]
    assert ["img-src 'self'" in one for one in policies] == [False, True]
