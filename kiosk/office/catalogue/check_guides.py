"""The publishing check of guides: the least that must be public, what they refer to, and which standard elements they lack."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import msgspec

from kiosk.backend.messages import Words
from kiosk.backend.messages.catalogue import Guide, GuideSchema, Material, Place
from kiosk.office.catalogue.findings import Finding, bad_codes, bad_version, bad_words

LARGEST_GUIDE = 256 * 1024  # bytes of JSON; a page must hold one beside others


@dataclass(frozen=True, slots=True, kw_only=True)
class References:
    """What guides may refer to. `areas` are codes of map areas by site; `queues` None where they are not known."""

    schema: GuideSchema
    departments: frozenset[str]
    forms: frozenset[str]
    areas: Mapping[str, frozenset[str]]
    queues: frozenset[tuple[str, str]] | None


def check_guide(guide: Guide, known: References) -> Iterator[Finding]:
    """All there is to say about the guide."""
    where = f"guide {guide.code}"
    yield from (Finding(where, f"must be public and is missing: {name}") for name in _not_public(guide))
    yield from (Finding(where, what) for what in _unknown(guide, known))
    yield from (Finding(where, what) for what in _wrong_numbers(guide))
    yield from bad_version(where, guide.version)
    yield from bad_codes(f"{where}, materials", (one.code for one in guide.materials))
    yield from bad_words(where, _words(guide))
    if lacking := [element.key for element in known.schema.elements if element.required and not has_element(guide, element.key)]:
        yield Finding(where, f"lacks standard elements: {', '.join(lacking)}", fault=False)
    if len(msgspec.json.encode(guide)) > LARGEST_GUIDE:
        yield Finding(where, f"is larger than {LARGEST_GUIDE // 1024} KiB")


def has_element(guide: Guide, key: str) -> bool:
    """Whether the guide says anything under a key of the schema; being free of charge or of materials is said in `texts` too."""
    if guide.texts.get(key):
        return True
    return key in {"materials", "process", "fees", "places"} and bool(getattr(guide, key))


def _not_public(guide: Guide) -> Iterator[str]:
    """Which of the seven (七公开) is missing: content, procedure, basis, materials, time limit, charges, basis of charges."""
    seven = {
        "conditions": "审批内容, what is approved on which conditions (texts.conditions)",
        "process": "审批程序, the procedure (process)",
        "basis": "审批依据, its basis in law (texts.basis)",
        "materials": "申报材料, the materials (materials, or texts.materials where none are wanted)",
        "fees": "收费标准, the charges (fees, or texts.fees where it is free)",
    }
    yield from (name for key, name in seven.items() if not has_element(guide, key))
    if not (guide.promised_days or guide.instant):
        yield "承诺时限, the promised time (promised_days, or instant)"
    if any(not fee.basis.get("zh-CN") for fee in guide.fees):
        yield "收费依据, the basis of a charge (fees.basis)"


def _unknown(guide: Guide, known: References) -> Iterator[str]:
    if guide.department not in known.departments:
        yield f"department {guide.department} is unknown"
    wanted = {guide.form, *(material.form for material in guide.materials)} - {""}
    yield from (f"form {code} is unknown" for code in sorted(wanted - known.forms))
    for place in guide.places:
        yield from _unknown_place(place, known)
    if guide.review and not guide.materials:
        yield "wants a pre-review without materials to review"


def _unknown_place(place: Place, known: References) -> Iterator[str]:
    if place.hall not in known.areas:
        yield f"hall {place.hall} is unknown"
    elif place.area and place.area not in known.areas[place.hall]:
        yield f"area {place.area} is not on the map of {place.hall}"
    if place.queue and known.queues is not None and (place.hall, place.queue) not in known.queues:
        yield f"hall {place.hall} has no queue {place.queue}"


def _wrong_numbers(guide: Guide) -> Iterator[str]:
    if guide.promised_days > guide.statutory_days:
        yield "promises more days than the law gives"
    days = (guide.visits, guide.promised_days, *(step.days for step in guide.process), *(fee.amount or 0 for fee in guide.fees))
    if min(days) < 0:
        yield "has a negative number of visits or days, or a negative charge"
    yield from (f"material {one.code} {fault}" for one in guide.materials for fault in _wrong_material(one))


def _wrong_material(material: Material) -> Iterator[str]:
    if material.copies < 0 or material.defer_days < 0:
        yield "has a negative number"
    if material.deferrable != (material.defer_days > 0):
        yield "may follow later or not: `deferrable` and `defer_days` do not agree"


def _words(guide: Guide) -> Iterator[Words]:
    yield guide.name
    yield from guide.brief
    for lines in guide.texts.values():
        yield from lines
    for material in guide.materials:
        yield from (material.name, material.source, *material.sample, *material.checks)
        if material.needed_if:
            yield material.needed_if
    for step in guide.process:
        yield from (step.name, step.office)
    for fee in guide.fees:
        yield from (fee.name, fee.unit or fee.name)
    for one in guide.questions:
        yield from (one.question, one.answer)
    yield from (place.window for place in guide.places)
