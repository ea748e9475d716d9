"""Guides and forms as A4 sheets: the guide with its checklist, a form to fill in by hand, and the same form filled in as a sample."""

from collections.abc import Mapping

from kiosk.answers import applies
from kiosk.backend.messages.catalogue import Element, Guide, Material
from kiosk.backend.messages.forms import Field, FieldKind, Form
from kiosk.documents.sheets import Block, Code, Fill, Heading, Para, Rows, Sheets, Signature, Steps, Table
from kiosk.flow import Around
from kiosk.screens.reading import Section
from kiosk.texts import Label, Say, text
from kiosk.views.guide_facts import badges, demand, may_stay
from kiosk.views.guide_page import brief, element_section
from kiosk.views.theme_view import guides_of, theme_of, wanted

_A_LINE = 40  # characters that fit on a line of a form
_MOST_LINES = 6
_MADE_UP: Mapping[str, Label] = {  # what a sample says: nobody's facts
    FieldKind.NAME: text("sample-name"),
    FieldKind.ID_NUMBER: "999999199001010016",
    FieldKind.PHONE: "10000000000",
    FieldKind.DATE: "2026-01-01",
    FieldKind.ADDRESS: text("sample-address"),
    FieldKind.PLATE: "蒙Z00000",
}


def guide_sheets(guide: Guide, around: Around, *, url: str = "") -> Sheets:
    """The whole guide: the short one, the materials as a list to tick, then every other element; `url` as a code to take along."""
    say, catalogue = around.say, around.catalogue
    elements = (element for element in catalogue.head.schema.elements if element.key != "materials")
    blocks: list[Block] = [Para(" · ".join(say(badge.label) for badge in badges(guide)), bold=True)] if badges(guide) else []
    for section in brief(guide, catalogue):
        blocks += _section(section, say)
    blocks += _materials(guide, say)
    for element in elements:
        blocks += _element(element, guide, around)
    if guide.questions:
        blocks.append(Heading(say(text("guide-questions"))))
    for one in guide.questions:
        blocks += [Para(say(one.question), bold=True), Para(say(one.answer))]
    if url:
        blocks.append(Code(url, say(text("sheet-code"))))
    footer = text("sheet-footer", code=guide.code, version=str(guide.version), date=f"{around.time:%Y-%m-%d}")
    return _sheets(say(guide.name), blocks, around, footer=say(footer), subtitle=say(text("sheet-guide")))


def form_sheets(form: Form, around: Around, *, sample: bool = False) -> Sheets:
    """The form to fill in by hand; as a `sample` filled in with made-up facts and marked as such on every page."""
    say = around.say
    blocks: list[Block] = [Para(say(text("sheet-form-hint")))]
    answers = dict[str, str]()
    for field in form.fields:
        if not sample or applies(field, answers):
            blocks += _field(field, _label(field, form), around, sample=sample)
            answers[field.key] = field.choices[0].code if field.choices else ""
    blocks.append(Para(say(form.declaration)))
    blocks.append(Signature(say(text("sheet-signature")), date="" if sample else say(text("sheet-date"))))
    footer = text("sheet-footer", code=form.code, version=str(form.version), date=f"{around.time:%Y-%m-%d}")
    mark = say(text("sheet-sample-mark")) if sample else ""
    return _sheets(say(form.title), blocks, around, footer=say(footer), watermark=mark)


def theme_sheets(code: str, around: Around) -> Sheets:
    """What a theme wants in all: its items in order, and each material once as a list to tick."""
    say, theme = around.say, theme_of(around.catalogue, code)
    guides = guides_of(theme, around.catalogue) if theme else ()
    items = tuple(say(one.name) for one in guides)
    numbers = {guide.code: str(at) for at, guide in enumerate(guides, start=1)}
    rows = tuple((*_material(one.material, say), ", ".join(numbers[guide.code] for guide in one.guides)) for one in wanted(guides))
    head = ("", *(say(text(key)) for key in ("sheet-material", "sheet-demand", "sheet-spared", "sheet-wanted-for")))
    blocks: list[Block] = [Heading(say(text("theme-order"))), Steps(items, numbered=True)]
    if rows:
        blocks.append(Heading(say(text("theme-materials", n=len(rows)))))
        blocks.append(Table(head, rows, (1, 7, 4, 6, 4)))
    footer = text("sheet-printed", date=f"{around.time:%Y-%m-%d}")
    return _sheets(say(theme.name) if theme else "", blocks, around, footer=say(footer), subtitle=say(text("sheet-theme")))


def _sheets(title: str, blocks: list[Block], around: Around, *, footer: str, subtitle: str = "", watermark: str = "") -> Sheets:
    return Sheets(
        title=title,
        subtitle=subtitle,
        blocks=tuple(blocks),
        header=around.say(around.hall),
        footer=footer,
        watermark=watermark,
        language=around.language,
    )


def _section(section: Section, say: Say) -> list[Block]:
    blocks: list[Block] = [Heading(say(section.heading))]
    if section.rows:
        blocks.append(Rows(tuple((say(row.label), say(row.value)) for row in section.rows)))
    if section.lines:
        blocks.append(Steps(tuple(map(say, section.lines)), numbered=section.numbered))
    return blocks


def _element(element: Element, guide: Guide, around: Around) -> list[Block]:
    section = element_section(element, guide, around.catalogue, around.human)
    return _section(section, around.say) if section else []


def _materials(guide: Guide, say: Say) -> list[Block]:
    if not guide.materials:
        return []
    head = ("", *(say(text(key)) for key in ("sheet-material", "sheet-demand", "sheet-from", "sheet-spared")))
    rows = tuple(("□", say(one.name), say(demand(one)), say(one.source), say(may_stay(one))) for one in guide.materials)
    return [Heading(say(text("sheet-materials"))), Table(head, rows, (1, 7, 5, 5, 5))]


def _material(material: Material, say: Say) -> tuple[str, ...]:
    return ("□", say(material.name), say(demand(material)), say(may_stay(material)))


def _label(field: Field, form: Form) -> Label:
    """With whether it may be left empty, or in what case alone it is filled in."""
    if field.only_if is None:
        return field.label if field.required else text("sheet-optional", label=field.label)
    key, value = field.only_if
    asked = next((one for one in form.fields if one.key == key), field)
    choice: Label = next((choice.name for choice in asked.choices if choice.code == value), value)
    return text("sheet-only-if", label=field.label, asked=asked.label, choice=choice)


def _field(field: Field, labelled: Label, around: Around, *, sample: bool) -> list[Block]:
    say = around.say
    label = say(labelled)
    if field.choices and not sample:
        several = field.kind == FieldKind.CHOICES
        return [Para(say(text("sheet-choose-some" if several else "sheet-choose", label=label))), Steps(_names(field, say), boxes=True)]
    return [Fill(label, _made_up(field, around) if sample else "", _lines(field))]


def _lines(field: Field) -> int:
    """How much room handwriting wants; of a number `most` is not how long it is."""
    match field.kind:
        case _ if field.choices:
            return 1
        case FieldKind.ADDRESS:
            return 2
        case FieldKind.NAME | FieldKind.ID_NUMBER | FieldKind.PHONE | FieldKind.NUMBER | FieldKind.DATE | FieldKind.PLATE:
            return 1
        case _:
            return min(field.most // _A_LINE + 1, _MOST_LINES)


def _names(field: Field, say: Say) -> tuple[str, ...]:
    return tuple(say(choice.name) for choice in field.choices)


def _made_up(field: Field, around: Around) -> str:
    if field.choices:
        return _names(field, around.say)[0]
    if field.kind == FieldKind.NUMBER:
        return str(max(field.least, 1))
    return around.say(_MADE_UP.get(field.kind, text("sample-text", label=field.label)))
