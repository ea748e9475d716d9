"""Short facts of an item: its badges, how long it takes, what it costs, what a material must be like."""

from collections.abc import Iterable
from typing import Protocol

from kiosk.backend.messages.catalogue import Fee, Guide, ListTag, Material, MaterialStage, Process
from kiosk.screens import Tone
from kiosk.screens.reading import Badge
from kiosk.texts import Label, text

_FEN = 100


class Listed(Protocol):
    """What lists know of an item; a guide has it too."""

    @property
    def instant(self) -> bool:
        """即办."""

    @property
    def visits(self) -> int:
        """How often one has to come."""

    @property
    def lists(self) -> tuple[ListTag, ...]:
        """The lists it is on."""


def badges(item: Listed) -> tuple[Badge, ...]:
    """What stands out: done at once, how often one comes, the lists it is on."""
    first = [Badge(label=text("guide-instant"), tone=Tone.DONE)] if item.instant else []
    visits = {0: [Badge(label=text("guide-no-visit"), tone=Tone.DONE)], 1: [Badge(label=text("guide-one-visit"), tone=Tone.DONE)]}
    # 一次办 says the same as 最多跑一次, and 马上办 as 即办
    said = ({ListTag.AT_ONCE} if item.instant else set()) | ({ListTag.ONE_VISIT} if item.visits <= 1 else set())
    lists = [Badge(label=text(f"guide-list-{tag}")) for tag in item.lists if tag not in said]
    return (*first, *visits.get(item.visits, []), *lists)


def note(item: Listed) -> Label:
    """The first of its badges, for the edge of a card."""
    found = badges(item)
    return found[0].label if found else ""


def joined(labels: Iterable[Label]) -> Label:
    """Labels one after the other with a dot between."""
    all_of_them: Label = ""
    for label in labels:
        all_of_them = text("guide-and", one=all_of_them, other=label) if all_of_them else label
    return all_of_them


def time_needed(guide: Guide) -> Label:
    """How long the office takes at most, as it promised."""
    if guide.promised_days:
        return text("working-days", n=guide.promised_days)
    return text("guide-at-once" if guide.instant else "guide-unsaid")


def visits_needed(guide: Guide) -> Label:
    """How often one has to come."""
    return text("guide-visits", n=guide.visits) if guide.visits else text("guide-no-visit")


def money(fen: int) -> str:
    """Fen as yuan, without the cents where there are none."""
    return f"{fen // _FEN}" if fen % _FEN == 0 else f"{fen // _FEN}.{fen % _FEN:02}"


def price(fee: Fee) -> Label:
    """What a charge comes to."""
    if fee.amount is None:
        return text("guide-fee-by-case")
    if fee.amount == 0:
        return text("guide-free")
    amount = text("guide-yuan", amount=money(fee.amount))
    return text("guide-each", amount=amount, unit=fee.unit) if fee.unit else amount


def charges(guide: Guide) -> Label:
    """What the item costs, in short; a guide without a word about it is not free of charge."""
    return joined(map(price, guide.fees)) or joined(guide.texts.get("fees", ())) or text("guide-unsaid")


def needs_not(material: Material) -> Label:
    """Why a material may be left at home or follow later; "" where it may not."""
    if material.licence:
        return text("guide-material-licence")
    if material.deferrable:
        return text("guide-material-deferrable", n=material.defer_days)
    return text("guide-material-site-check") if material.stage is MaterialStage.SITE_CHECK else ""


def may_stay(material: Material) -> Label:
    """In what case alone it is needed, and why it need not be brought even then; "" for what everybody brings."""
    only_if = [text("guide-material-only-if", what=material.needed_if)] if material.needed_if else []
    return joined(filter(None, (*only_if, needs_not(material))))


def spared(material: Material) -> Label:
    """The same in a word, for the edge of a card."""
    if material.licence:
        return text("guide-spared-licence")
    if material.deferrable:
        return text("guide-spared-later")
    return text("guide-spared-site-check") if material.stage is MaterialStage.SITE_CHECK else ""


def demand(material: Material) -> Label:
    """Original or copy, and how many."""
    kind = text("guide-material-original" if material.original else "guide-material-copy")
    return text("guide-material-copies", kind=kind, n=material.copies) if material.copies else kind


def stage(step: Process) -> Label:
    """A step of the procedure with who does it and how long it takes."""
    if step.special:
        days = text("working-days", n=step.days)
        return text("process-special-stopped" if step.suspends else "process-special", name=step.name, office=step.office, days=days)
    if step.days:
        return text("process-days", name=step.name, office=step.office, days=text("working-days", n=step.days))
    return text("process-step", name=step.name, office=step.office)
