"""How soon a clerk's call is to be seen on the hall display and on the phone that follows the ticket: three pages in a real Chromium."""

import secrets
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import offices
from figures import median, p95, p99, say, table
from stage import Stage

from ui.stand import HALL

sys.path += [str(Path(__file__).parents[1] / "kiosk" / folder) for folder in ("", "office")]

from browser import ARGUMENTS, CHROMIUM, PHONE, Visits
from office_help import Caller

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CALLS, WARM = 120, 10
WAITING = 30  # in the hall, besides the one who is called
SERVICE, COUNTER = "business", "1"
DESK, WALL = {"width": 1400, "height": 900}, {"width": 1920, "height": 1080}

# `painted` resolves when the frame after the one that first showed it begins: that one is on the screen then, at the latest.
SCRIPT = """
addEventListener("click", event => { window.clicked = performance.timeOrigin + event.timeStamp; }, true);
window.now = () => performance.timeOrigin + performance.now();
window.painted = (selector, text) => new Promise(resolve => {
  const watch = new MutationObserver(() => {
    if (![...document.querySelectorAll(selector)].some(one => one.textContent.includes(text)))
      return;
    watch.disconnect();
    requestAnimationFrame(() => requestAnimationFrame(() => resolve(now())));
  });
  watch.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
});
"""


@dataclass(slots=True)
class Hall:
    """An office's three pages, and the tickets that wait."""

    url: str
    take: Callable[[], Any]
    desk: "Page"
    wall: "Page"
    phone: "Page"
    waiting: list[Any] = field(default_factory=list)

    def call(self) -> tuple[float, float]:
        """The next one is called, served and gone: ms from the click to the display and to the phone."""
        self.waiting.append(self.take())
        ticket = self.waiting.pop(0)
        self.phone.goto(f"{self.url}/t/{ticket['follow'].rpartition('/')[2]}")
        self.phone.wait_for_selector("#state:has-text('等候中')")
        self.wall.evaluate("number => { window.shown = painted('#calls li.new', number); }", ticket["number"])
        self.phone.evaluate("() => { window.shown = painted('body.called #state', '轮到您了'); }")
        self.act("call-next")
        wall, phone, clicked = self.wall.evaluate("shown"), self.phone.evaluate("shown"), self.desk.evaluate("clicked")
        self.act("start")
        self.phone.wait_for_selector("#state:has-text('正在办理')")
        self.act("finish")
        self.phone.wait_for_selector("#state:has-text('已办完')")
        return wall - clicked, phone - clicked

    def act(self, name: str) -> None:
        with self.desk.expect_response(f"**/desk/api/{name}"):  # until then the desk takes no other click
            self.desk.click(f"#acts [data-act={name}]")

    def clocks_apart(self) -> float:
        """By how many ms the pages' clocks differ, at most."""
        bounds = [_ahead(page) for page in (self.desk, self.wall, self.phone)]
        return max(most for _, most in bounds) - min(least for least, _ in bounds)


def measure(stage: Stage) -> None:
    if not Path(CHROMIUM).exists():
        say(f"\ncall left out: {CHROMIUM} is missing; `make setup-test` installs it")
        return
    rows, apart = [], []
    with offices.databases(stage, "calls") as found, _chromium() as browser:
        for name, database in found.items():
            with _hall(stage, browser, database) as hall:
                taken = [hall.call() for _ in range(WARM + CALLS)][WARM:]
                apart.append(hall.clocks_apart())
            for where, times in zip(("display", "phone"), zip(*taken, strict=True), strict=True):
                figures = [f"{value:.0f} ms" for value in (median(times), p95(times), p99(times), max(times))]
                rows.append([f"{name}, to the {where}", *figures, str(len(times)), "p99 <= 200 ms"])
    table("From the click on “call next” to the call painted", ["", "median", "p95", "p99", "most", "n", "aim"], rows)
    say(f"   {WAITING} wait; office and all three pages on this machine, whose clocks differ by {max(apart):.1f} ms at most")


@contextmanager
def _chromium() -> Iterator["Browser"]:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - half a second for this topic alone

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@contextmanager
def _hall(stage: Stage, browser: "Browser", database: str) -> Iterator[Hall]:
    """Its office running, with people waiting and a clerk signed in. RuntimeError if a page complained of something."""
    key = secrets.token_hex(32)
    offices.fill(database, [key])
    visits = Visits(browser)
    with offices.office(stage, database) as url, (caller := Caller(url, key)).session:
        desk = visits(f"{url}/desk", script=SCRIPT, viewport=DESK, locale="zh-CN")
        wall = visits(f"{url}/display/{HALL}", script=SCRIPT, viewport=WALL, locale="zh-CN")
        phone = visits("about:blank", script=SCRIPT, locale="zh-CN", **PHONE)
        hall = Hall(url, lambda: caller.ticket(secrets.token_hex(16), SERVICE).json(), desk, wall, phone)
        hall.waiting += [hall.take() for _ in range(WAITING)]
        _sign_in(desk)
        yield hall
        visits.end()
    if visits.complaints:
        raise RuntimeError(f"the pages complain: {visits.complaints}")


def _sign_in(desk: "Page") -> None:
    desk.select_option("#hall", HALL)
    desk.select_option("#counter", COUNTER)
    desk.fill("#clerk", "1001")
    desk.fill("#pin", "135790")
    desk.click("#sign-in button")
    desk.wait_for_selector("#desk:not([hidden])")
    if desk.locator("#window-acts [data-act=open]").count():
        desk.click("#window-acts [data-act=open]")


def _ahead(page: "Page") -> tuple[float, float]:
    """By how many ms its clock is ahead of this process's: at least, at most."""
    answers = [(time.time() * 1000, page.evaluate("now()"), time.time() * 1000) for _ in range(20)]
    return max(there - after for _, there, after in answers), min(there - before for before, there, _ in answers)
