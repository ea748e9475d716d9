"""A guide as pages: the short one first, then every standard element in the order of the schema, then each material."""

from kiosk.backend.messages.catalogue import Element, Guide, Material, Place
from kiosk.catalogue.catalogue import Catalogue
from kiosk.screens import Row, Tone
from kiosk.screens.reading import Section
from kiosk.texts import Label, text
from kiosk.views.guide_facts import charges, demand, may_stay, needs_not, price, stage, time_needed, visits_needed


def brief(guide: Guide, catalogue: Catalogue) -> tuple[Section, ...]:
    """The short guide: what to know before one comes."""
    department = next((one.name for one in catalogue.head.departments if one.code == guide.department), None)
    rows = [
        Row(label=text("guide-time"), value=time_needed(guide)),
        Row(label=text("guide-visits-label"), value=visits_needed(guide)),
        Row(label=text("guide-charges"), value=charges(guide)),
        Row(label=text("guide-where"), value=where(guide, catalogue)),
        *([Row(label=text("guide-department"), value=department)] if department else []),
    ]
    points = (Section(heading=text("guide-brief"), lines=guide.brief),) if guide.brief else ()
    return (*points, Section(heading=text("guide-in-short"), rows=tuple(rows)))


def where(guide: Guide, catalogue: Catalogue) -> Label:
    """Where the item is handled: the window here, or else the nearest hall that does."""
    if not guide.places:
        return text("guide-where-unknown")
    here = place_here(guide, catalogue)
    return here.window if here is not None else text("guide-elsewhere", hall=hall_name(guide.places[0], catalogue))


def place_here(guide: Guide, catalogue: Catalogue) -> Place | None:
    """The window of this terminal's hall; None where the item is not handled here."""
    return next((place for place in guide.places if place.hall == catalogue.head.here), None)


def hall_name(place: Place, catalogue: Catalogue) -> Label:
    """The hall of a place; its code where the catalogue does not know it."""
    site = catalogue.site(place.hall)
    return site.name if site else place.hall


def full(guide: Guide, catalogue: Catalogue, human: Label) -> tuple[Section, ...]:
    """Every element of the schema in its order; a required one that the guide lacks says who knows."""
    made = (element_section(element, guide, catalogue, human) for element in catalogue.head.schema.elements)
    sections = tuple(section for section in made if section is not None)
    of = text("guide-version-of", version=str(guide.version), since=f"{guide.effective:%Y-%m-%d}")
    version = Row(label=text("guide-version"), value=of)
    about = Section(heading=text("guide-about"), rows=(Row(label=text("guide-code"), value=guide.code), version))
    return (*sections, about)


def element_section(element: Element, guide: Guide, catalogue: Catalogue, human: Label) -> Section | None:
    """One element; None for one that is not required and not there."""
    lines, rows = tuple(guide.texts.get(element.key, ())), _rows(element.key, guide, catalogue)
    steps = tuple(stage(step) for step in guide.process) if element.key == "process" else ()
    if rows or lines or steps:
        return Section(heading=element.title, rows=rows, lines=(*lines, *steps), numbered=bool(steps) and not lines)
    if not element.required:
        return None
    return Section(heading=element.title, lines=(text("guide-missing", human=human),), tone=Tone.WARN)


def _rows(key: str, guide: Guide, catalogue: Catalogue) -> tuple[Row, ...]:
    match key:
        case "materials":
            return tuple(_material_row(material) for material in guide.materials)
        case "fees":
            return tuple(Row(label=fee.name, value=text("guide-fee-basis", price=price(fee), basis=fee.basis)) for fee in guide.fees)
        case "places":
            return tuple(Row(label=hall_name(place, catalogue), value=place.window) for place in guide.places)
        case _:
            return ()


def _material_row(material: Material) -> Row:
    why = may_stay(material)
    value = text("guide-and", one=demand(material), other=why) if why else demand(material)
    return Row(label=material.name, value=value)


def material_page(material: Material) -> tuple[Section, ...]:
    """All about a material: what is wanted, when it counts as right, and what a right one looks like."""
    rows = [
        Row(label=text("guide-material-demand"), value=demand(material)),
        Row(label=text("guide-material-source"), value=material.source),
    ]
    if material.needed_if:
        rows.append(Row(label=text("guide-material-needed-if"), value=material.needed_if))
    if why := needs_not(material):
        rows.append(Row(label=text("guide-material-spared"), value=why, tone=Tone.DONE))
    return (
        Section(heading=text("guide-material-about"), rows=tuple(rows)),
        *((Section(heading=text("guide-material-checks"), lines=material.checks, numbered=True),) if material.checks else ()),
        *((Section(heading=text("guide-material-sample"), lines=material.sample),) if material.sample else ()),
    )


def questions(guide: Guide) -> tuple[Section, ...]:
    """Frequent questions with their answers."""
    return tuple(Section(heading=one.question, lines=(one.answer,)) for one in guide.questions)
