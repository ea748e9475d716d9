"""What the office says about ratings in words."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row

from kiosk.backend.messages import Words
from kiosk.backend.messages.forms import Choice

FOLLOW_UP: Words = {"zh-CN": "差评核实整改", "en": "Follow-up of a bad rating"}
_LEVELS = {1: "非常不满意", 2: "不满意"}


def task(rating: Row[Any], reasons: Sequence[Choice]) -> str:
    """What staff are told of a bad rating, in their language: what was rated and why, nothing about who rated."""
    lines = [f"评价编号：{rating.number}", f"服务：{rating.service}", f"评价：{_LEVELS[rating.level]}"]
    if reasons:
        lines.append("原因：" + "；".join(one.name["zh-CN"] for one in reasons))
    if rating.remark:
        lines.append(f"意见：{rating.remark}")
    return "\n".join(lines)
