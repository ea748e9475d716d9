import io
import re

import pytest
from application_help import jpeg
from browser import PHONE
from office_help import nonce
from PIL import Image
from playwright.sync_api import expect
from sqlalchemy import select

from kiosk.office.tables import upload_files, uploads

WHAT = "营业执照副本 <原件>"


@pytest.fixture
def hand_over(call):
    """An open one: the terminal's call, its id, the path of its page."""
    opened = call("POST", "/v1/hand-overs", {"nonce": nonce(1), "what": WHAT, "language": "zh-CN"}).json()
    return opened["id"], call.url + opened["url"].removeprefix("https://office.invalid")


def photo(width, height, **more):
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "SecretMaker"
    return {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": jpeg(width, height, exif=exif.tobytes(), **more)}


def png(width=300, height=200):
    out = io.BytesIO()
    Image.new("RGBA", (width, height), (0, 0, 0, 0)).save(out, "PNG")
    return {"name": "picture.png", "mimeType": "image/png", "buffer": out.getvalue()}


def kept(office):
    query = select(upload_files.c.jpeg).join(uploads).order_by(uploads.c.position)
    with office.database.read() as connection:
        return [Image.open(io.BytesIO(data)) for data in connection.execute(query).scalars()]


def rows(page, state):
    return page.locator(f"li.{state}")


def test_photos_are_made_small_sent_and_ended_by_a_button(visit, hand_over, call, office):
    number, url = hand_over
    page = visit(url, locale="zh-CN", **PHONE)
    expect(page.get_by_text(WHAT)).to_be_visible()
    done = page.get_by_role("button", name="传完了")
    expect(done).to_be_disabled()
    page.get_by_label("拍照").set_input_files([photo(4000, 3000)])
    expect(rows(page, "sent")).to_have_count(1)
    page.get_by_label("从相册选").set_input_files([png(), photo(300, 200)])
    expect(rows(page, "sent")).to_have_count(3)
    expect(page.get_by_role("status")).to_contain_text("自助机已收到 3 张")
    big, flat, small = kept(office)
    assert [one.size for one in (big, flat, small)] == [(1500, 2000), (300, 200), (200, 300)]
    assert flat.getpixel((5, 5)) == (255, 255, 255)
    assert not any(one.getexif() for one in (big, flat, small))
    done.click()
    expect(page.get_by_role("heading", name="传照片已结束")).to_be_visible()
    found = call("GET", f"/v1/hand-overs/{number}", params={"known": 3}).json()
    assert (found["closed"], len(found["received"])) == (True, 3)
    assert visit.complaints == []
    page.reload()
    expect(page.get_by_role("heading", name="传照片已结束")).to_be_visible()
    visit.complaints.clear()  # the page says 410


def test_an_old_phone_without_newer_functions_still_sends(visit, hand_over, office):
    old = "delete HTMLCanvasElement.prototype.toBlob; delete window.CSS;"
    page = visit(hand_over[1], script=old, **PHONE)
    page.locator("#album").set_input_files([photo(2400, 1200), png(2400, 1200)])
    expect(rows(page, "sent")).to_have_count(2)
    assert [one.size for one in kept(office)] == [(1200, 2400), (2000, 1000)]


def test_a_lost_answer_makes_no_second_picture(visit, hand_over, office):
    lost = []

    def lose(route):
        if len(lost) < 2:
            lost.append(route.fetch().status)
            route.abort()
        else:
            route.continue_()

    page = visit(hand_over[1], before=lambda page: (page.clock.install(), page.route(re.compile(r"/p/[^/]+/[0-9a-f]{32}"), lose)), **PHONE)
    with page.expect_event("requestfailed"):
        page.locator("#camera").set_input_files([photo(300, 200)])
    with page.expect_event("requestfailed"):
        page.clock.run_for(2000)
    page.clock.run_for(2000)
    expect(rows(page, "sent")).to_have_count(1)
    assert lost == [200, 200]
    assert len(kept(office)) == 1
    visit.complaints.clear()  # of the lost answers


def test_without_network_one_may_try_again(visit, hand_over, office):
    page = visit(hand_over[1], before=lambda page: page.clock.install(), locale="en-US", **PHONE)
    page.context.set_offline(True)
    failed = []

    def fails(request):
        failed.append(request.url)

    page.on("requestfailed", fails)
    page.locator("#camera").set_input_files([photo(300, 200)])
    for tries in range(1, 4):
        expect(rows(page, "failed" if tries == 3 else "sending")).to_have_count(1)
        while len(failed) < tries:
            page.wait_for_event("requestfailed")
        page.clock.run_for(2000)
    expect(rows(page, "failed")).to_contain_text("Not sent")
    expect(page.get_by_role("button", name="That is all")).to_be_disabled()
    page.context.set_offline(False)
    page.get_by_role("button", name="Try again").click()
    expect(rows(page, "sent")).to_have_count(1)
    expect(page.get_by_role("button", name="That is all")).to_be_enabled()
    assert len(kept(office)) == 1
    visit.complaints.clear()  # of the network


def test_what_is_no_photo_and_what_is_one_too_many(visit, hand_over, office, call, clock):
    page = visit(hand_over[1], locale="zh-CN", **PHONE)
    page.locator("#album").set_input_files([{"name": "a.jpg", "mimeType": "image/jpeg", "buffer": b"no picture"}])
    expect(rows(page, "failed")).to_contain_text("不是可用的照片")
    page.locator("#album").set_input_files([{"name": "a.txt", "mimeType": "text/plain", "buffer": b"no picture"}])
    expect(rows(page, "failed")).to_have_count(2)
    page.locator("#album").set_input_files([photo(80, 70 + n) for n in range(13)])
    expect(page.get_by_role("alert")).to_contain_text("数量已满")
    expect(rows(page, "sent")).to_have_count(12)
    expect(page.locator("#camera")).to_be_disabled()
    assert len(kept(office)) == 12
    visit.complaints.clear()  # the 422 of the first
    clock.go(minutes=10)
    page.get_by_role("button", name="传完了").click()
    expect(page.get_by_role("heading", name="传照片已结束")).to_be_visible()


def test_the_page_is_used_without_sight_or_touch(visit, hand_over):
    page = visit(hand_over[1], locale="en-US")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Take a photo")).to_be_focused()
    assert page.evaluate("getComputedStyle(document.querySelector('label[for=camera]')).outlineStyle") == "solid"
    page.keyboard.press("Tab")
    expect(page.get_by_label("Choose photos")).to_be_focused()
    assert page.locator("html").get_attribute("lang") == "en"
    sizes = page.evaluate("Array.from(document.querySelectorAll('.button')).map(one => one.offsetHeight)")
    assert min(sizes) >= 60
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize(("locale", "title"), [("zh-CN", "打不开这个页面"), ("en-GB", "This page cannot be opened")])
def test_a_code_of_yesterday_says_what_to_do(visit, call, locale, title):
    page = visit(f"{call.url}/p/{'A' * 22}", locale=locale, **PHONE)
    expect(page.get_by_role("heading", name=title)).to_be_visible()
    visit.complaints.clear()  # the page says 404
