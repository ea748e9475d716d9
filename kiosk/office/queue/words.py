"""What the hall says aloud and shows of windows and calls."""

from kiosk.backend.messages import Words


def counter_name(code: str) -> Words:
    """The name of a window."""
    return {"zh-CN": f"{code}号窗口", "en": f"Counter {code}"}


def call_voice(number: str, counter: str) -> Words:
    """The sentence of a call."""
    return {"zh-CN": f"请{number}号到{counter}号窗口", "en": f"Number {number}, please go to counter {counter}"}


def break_message(words: str) -> Words:
    """What stands on a window on a break: the clerk's own words, or that it is closed for the moment."""
    return {"zh-CN": words, "en": words} if words else {"zh-CN": "暂停服务", "en": "Closed for now"}


HALL_CLOSED: Words = {"zh-CN": "现在不在服务时间", "en": "The hall is closed now"}
NO_WINDOW_OPEN: Words = {"zh-CN": "现在没有开放的窗口，请稍候", "en": "No counter is open right now. Please wait"}
