"""What the office says about matters in words."""

from kiosk.backend.messages import Words

_LONGEST = 300  # characters of an answer in a short message


def answered(number: str, answer: str) -> Words:
    """The short message with the answer. Neither name nor digits: a phone may be in other hands."""
    said = answer if len(answer) <= _LONGEST else f"{answer[: _LONGEST - 1]}…"
    return {
        "zh-CN": f"您提交的 {number} 已答复：{said} 全文可凭编号和查询码在任意自助机上查看。",
        "en": f"Number {number} has been answered: {said} Read it in full at any self-service machine with the number and code.",
    }
