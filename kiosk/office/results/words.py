"""What comes next for the owner of a decided case."""

from collections.abc import Mapping

from kiosk.backend.messages import DeliveryKind, Words

READY: Mapping[DeliveryKind, Words] = {
    DeliveryKind.COUNTER: {
        "zh-CN": "已办结，请携带身份证到受理窗口领取结果。",
        "en": "Done: bring your identity card to the counter to collect the result.",
    },
    DeliveryKind.POST: {"zh-CN": "已办结，结果将按您留的地址寄出。", "en": "Done: the result will be posted to the address you left."},
    DeliveryKind.ELECTRONIC: {"zh-CN": "已办结，可在自助机上打印结果。", "en": "Done: you can print the result at a terminal."},
}
POSTED: Words = {"zh-CN": "已办结，结果已寄出。", "en": "Done; the result is on its way."}
COLLECTED: Words = {"zh-CN": "已办结，结果已领取。", "en": "Done; the result has been collected."}
REFUSED: Words = {
    "zh-CN": "不予许可，理由见决定书。可在60日内申请行政复议。",
    "en": "Refused, for the reasons in the decision. You may appeal within 60 days.",
}


def ready(delivery: Mapping[str, str] | None) -> Words:
    """How the owner gets the result, by what is stored of the delivery."""
    return READY[DeliveryKind(delivery["kind"]) if delivery else DeliveryKind.COUNTER]
