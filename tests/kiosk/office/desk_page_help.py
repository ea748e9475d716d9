"""A clerk before the desk's pages in a real browser."""

from desk_help import PINS

DESK = {"viewport": {"width": 1400, "height": 900}, "locale": "zh-CN"}


def sit_down(visit, url, path="/desk", counter="1", clerk="1001", **context):
    """A page of the desk, signed in."""
    desk = visit(f"{url}{path}", **(DESK | context))
    desk.select_option("#hall", "city")
    desk.select_option("#counter", counter)
    desk.fill("#clerk", clerk)
    desk.fill("#pin", PINS[clerk])
    desk.click("#sign-in button")
    desk.wait_for_selector("#desk:not([hidden])")
    return desk


def sign_in(visit, url, counter="1", clerk="1001", **context):
    """The window desk with its window open."""
    desk = sit_down(visit, url, counter=counter, clerk=clerk, **context)
    if desk.locator("#window-acts [data-act=open]").count():
        desk.click("#window-acts [data-act=open]")
    desk.wait_for_selector("#window-acts [data-act=close]")
    return desk


def quiet(visit):
    """A browser writes a failed request into its console; here one was meant to fail."""
    visit.complaints[:] = [one for one in visit.complaints if "Failed to load resource" not in one]
