"""What the office says about a case at its desk and after it is decided."""

from collections.abc import Mapping, Sequence

from kiosk.backend.messages import DeliveryKind, Words

READY: Mapping[DeliveryKind, Words] = {
    DeliveryKind.COUNTER: {
        "zh-CN": "已办结，请携带身份证到受理窗口领取结果。",
        "en": "Completed: please bring your ID card to the counter to collect the result.",
    },
    DeliveryKind.POST: {"zh-CN": "已办结，结果会按您填的地址寄出。", "en": "Completed: the result will be posted to the address you gave."},
    DeliveryKind.ELECTRONIC: {
        "zh-CN": "已办结，可在自助机上打印结果。",
        "en": "Completed: you can print the result at a self-service machine.",
    },
}
POSTED: Words = {"zh-CN": "已办结，结果已寄出。", "en": "Completed: the result has been posted."}
COLLECTED: Words = {"zh-CN": "已办结，结果已领取。", "en": "Completed: the result has been collected."}
REFUSED: Words = {
    "zh-CN": "不予许可，理由见决定书。可在60日内申请行政复议。",
    "en": "Refused, for the reasons in the decision. You can ask for administrative review within 60 days.",
}
BRING: Words = {
    "zh-CN": "请到受理窗口补交所缺材料，补交之前不计入办理时限。",
    "en": "Please hand in what is missing at the counter. The time until then does not count.",
}
AWAITED: Words = {"zh-CN": "等待申请人补正材料", "en": "Waiting for documents from the applicant"}
GRANTED_TITLE: Words = {"zh-CN": "准予许可决定书", "en": "Decision to grant"}
REFUSED_TITLE: Words = {"zh-CN": "不予许可决定书", "en": "Decision to refuse"}
ITEM: Words = {"zh-CN": "事项", "en": "Service"}
APPLICANT: Words = {"zh-CN": "申请人", "en": "Applicant"}
CASE: Words = {"zh-CN": "办件编号", "en": "Case"}
_LONGEST = 300  # characters of a clerk's own words in a short message


def as_said(text: str) -> Words:
    """A clerk's own words, in whatever language they have."""
    return {"zh-CN": text, "en": text}


def missing(names: Sequence[str]) -> Words:
    """All that is missing, for a short message."""
    short = _short("；".join(names))
    return {"zh-CN": f"需要补交：{short}。请到受理窗口补交。", "en": f"Missing: {short}. Please hand it in at the counter."}


def urge_answered(text: str) -> Words:
    """The answer to a reminder, for a short message."""
    return {"zh-CN": f"催办已答复：{_short(text)}", "en": f"Your reminder was answered: {_short(text)}"}


def _short(said: str) -> str:
    return said if len(said) <= _LONGEST else f"{said[: _LONGEST - 1]}…"


def message(number: str, said: Words) -> Words:
    """The short message about the case with this number."""
    return {"zh-CN": f"您的办件 {number}：{said['zh-CN']}", "en": f"Your case {number}: {said['en']}"}


def ready(delivery: Mapping[str, str] | None) -> Words:
    """How the owner gets the result, by what is stored of the delivery."""
    return READY[DeliveryKind(delivery["kind"]) if delivery else DeliveryKind.COUNTER]
