"""What the office says about a material beside its name, on the screen and on the paper that tells all faults at once."""

from kiosk.backend.messages import Words
from kiosk.backend.messages.catalogue import Material

CONSEQUENCE: Words = {
    "zh-CN": "到期没有补交的，申请会退回；补交之前，不能再承诺后补其他材料。",
    "en": "If it is not handed in by then, the application is returned. Until you hand it in, you cannot promise other documents.",
}
NOT_DEFERRABLE: Words = {"zh-CN": "不能后补，办理时就要交。", "en": "It cannot be handed in later. Please bring it to the counter."}
NEEDED_ALWAYS: Words = {"zh-CN": "这份材料必须交。", "en": "This document is always needed."}
UNANSWERED: Words = {"zh-CN": "还没有核对。", "en": "Not checked yet."}


def missing(material: Material) -> Words:
    """It is not at hand."""
    return {"zh-CN": f"没有带，请准备{_zh_needs(material)}。", "en": f"Missing: please bring {_en_needs(material)}."}


def faulty(material: Material) -> Words:
    """It is at hand, but not as it must be."""
    zh = "；".join(_in(one, "zh-CN") for one in material.checks)
    en = "; ".join(_in(one, "en") for one in material.checks)
    return {
        "zh-CN": f"不符合要求，应当：{zh}。" if zh else "不符合要求，请重新准备。",
        "en": f"Not right. It must be so: {en}." if en else "Not right. Please prepare it again.",
    }


def not_in_store(material: Material) -> Words:
    """The licence store holds none that is valid."""
    return {
        "zh-CN": f"没有查到有效的电子证照，请带{_zh_needs(material)}。",
        "en": f"No valid electronic licence was found. Please bring {_en_needs(material)}.",
    }


def _in(words: Words, language: str) -> str:
    """The words in this language, or in the one the office writes first."""
    return words.get(language) or words.get("zh-CN") or next(iter(words.values()), "")


def _zh_needs(material: Material) -> str:
    parts = (["原件"] if material.original else []) + ([f"复印件{material.copies}份"] if material.copies else [])
    return "和".join(parts) or "此材料"


def _en_needs(material: Material) -> str:
    copies = "1 copy" if material.copies == 1 else f"{material.copies} copies"
    parts = (["the original"] if material.original else []) + ([copies] if material.copies else [])
    return " and ".join(parts) or "it"
