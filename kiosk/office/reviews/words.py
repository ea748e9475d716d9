"""What the office says about a material beside its name, on the screen and on the paper that tells all faults at once."""

from kiosk.backend.messages import Words
from kiosk.backend.messages.catalogue import Material

CONSEQUENCE: Words = {
    "zh-CN": "逾期不补交的，申请将被退回；补交之前，不能再承诺后补材料。",
    "en": "If it is not handed in by then, the application is returned, and until it is, nothing else may be promised.",
}
NOT_DEFERRABLE: Words = {"zh-CN": "不能后补，办理时就要提交。", "en": "It may not follow later; it is needed at the counter."}
NEEDED_ALWAYS: Words = {"zh-CN": "是必交材料，不能免交。", "en": "It is needed in every case."}
UNANSWERED: Words = {"zh-CN": "还没有核对。", "en": "Not checked yet."}


def missing(material: Material) -> Words:
    """It is not at hand."""
    return {"zh-CN": f"缺少，需要{_zh_needs(material)}。", "en": f"Missing: bring {_en_needs(material)}."}


def faulty(material: Material) -> Words:
    """It is at hand, but not as it must be."""
    zh = "；".join(_in(one, "zh-CN") for one in material.checks)
    en = "; ".join(_in(one, "en") for one in material.checks)
    return {
        "zh-CN": f"不符合要求，应当：{zh}。" if zh else "不符合要求，请重新准备。",
        "en": f"Not as it must be: {en}." if en else "Not as it must be: please get it anew.",
    }


def not_in_store(material: Material) -> Words:
    """The licence store holds none that is valid."""
    return {
        "zh-CN": f"电子证照库中没有有效的证照，请带{_zh_needs(material)}。",
        "en": f"The licence store holds no valid one: bring {_en_needs(material)}.",
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
