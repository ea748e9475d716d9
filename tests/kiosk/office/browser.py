"""Debian's Chromium, driven by playwright, for the pages that the office serves.

It lasts for one file of tests: while playwright is at work, its event loop counts as running in this thread.
"""

from pathlib import Path

import pytest

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE = 30_000  # ms
PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "has_touch": True, "is_mobile": True}


class Visits:
    """Opens pages, each in a profile of its own, and hears what they complain of: script errors, what the policy forbids, what is missing."""

    def __init__(self, browser):
        self._browser = browser
        self._contexts = []
        self.complaints = []

    def __call__(self, url, *, before=None, script="", **context):
        """The page at `url`; `before` is called with it before it is opened, `script` runs before its own."""
        opened = self._browser.new_context(**context)
        self._contexts.append(opened)
        page = opened.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("console", lambda said: self.complaints.append(said.text) if said.type in {"error", "warning"} else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        if script:
            page.add_init_script(script)
        if before:
            before(page)
        page.goto(url)
        return page

    def end(self):
        for opened in self._contexts:
            opened.close()


@pytest.fixture(scope="module")
def browser():
    if not Path(CHROMIUM).exists():
        pytest.fail(f"{CHROMIUM} is missing: `make setup-test` installs it")
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - most files of tests do without its half second

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield running
        running.close()


@pytest.fixture
def visit(browser):
    """Opens a page and fails the test if one complained; a test that expects complaints clears `visit.complaints`."""
    visits = Visits(browser)
    yield visits
    visits.end()
    assert visits.complaints == [], visits.complaints
