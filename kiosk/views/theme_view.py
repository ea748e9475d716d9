"""A theme (一件事): its items in order, and what all of them want together, each paper once (一张表单一套材料)."""

from dataclasses import dataclass, replace

from kiosk.backend.messages.catalogue import Guide, Material, Theme
from kiosk.catalogue.catalogue import Catalogue
from kiosk.screens import Option, Row
from kiosk.screens.reading import Section
from kiosk.texts import Label, text
from kiosk.views.guide_facts import demand, joined, may_stay, note, time_needed


@dataclass(frozen=True, slots=True)
class Wanted:
    """A material, and the items that want it."""

    material: Material
    guides: tuple[Guide, ...]


def theme_of(catalogue: Catalogue, code: str) -> Theme | None:
    """The theme of this code."""
    return next((theme for theme in catalogue.head.themes if theme.code == code), None)


def guides_of(theme: Theme, catalogue: Catalogue) -> tuple[Guide, ...]:
    """The guides of its items in order, those that there are."""
    found = (catalogue.guide(code) for code in theme.items)
    return tuple(guide for guide in found if guide is not None)


def wanted(guides: tuple[Guide, ...]) -> tuple[Wanted, ...]:
    """Every material of these items once, in the order in which they are first asked for; the strictest demand counts.

    An original and copies of it are two.
    """
    first: dict[tuple[str, str, bool], Material] = {}
    of: dict[tuple[str, str, bool], list[Guide]] = {}
    for guide in guides:
        for material in guide.materials:
            key = (material.code, material.name.get("zh-CN", ""), material.original)
            first[key] = _stricter(first.get(key, material), material)
            of.setdefault(key, []).append(guide)
    return tuple(Wanted(material, tuple(of[key])) for key, material in first.items())


def _stricter(one: Material, other: Material) -> Material:
    """That which asks for more: what everybody brings, what may not be spared, what follows sooner; and the most copies."""
    strict = min(one, other, key=lambda it: (it.needed_if is not None, bool(it.licence or it.deferrable), it.defer_days))
    return replace(strict, copies=max(one.copies, other.copies))


def item_options(guides: tuple[Guide, ...]) -> tuple[Option, ...]:
    """The items as numbered cards."""
    return tuple(
        Option(
            value=f"item:{guide.code}",
            title=text("theme-step", n=str(at), name=guide.name),
            about=text("theme-takes", days=time_needed(guide)),
            icon="guide",
            note=note(guide),
        )
        for at, guide in enumerate(guides, start=1)
    )


def needs_sections(guides: tuple[Guide, ...]) -> tuple[Section, ...]:
    """What to bring for all of them, and which of it may stay at home or follow."""
    rows = tuple(Row(label=one.material.name, value=_how(one)) for one in wanted(guides))
    return (Section(heading=text("theme-materials", n=len(rows)), rows=rows),)


def _how(one: Wanted) -> Label:
    why = may_stay(one.material)
    return joined((demand(one.material), *((why,) if why else ()), text("theme-for", n=len(one.guides))))
