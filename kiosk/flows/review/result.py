"""What the pre-review came to: passed, with what to bring, or everything that is wrong at once; both on paper (一次性告知单, 承诺书)."""

from dataclasses import replace

from drivers.contract import Event
from kiosk.backend.messages.reviews import Promise, Review, SubmitReview
from kiosk.documents.sheets import Block, Code, Heading, Para, Rows, Sheets, Signature, Steps
from kiosk.errors import BackendError, Refusal
from kiosk.flow import Answered, Around, End, Go, Move, Open, Subject
from kiosk.flows.review.facts import Facts
from kiosk.masks import mask_name
from kiosk.receipt import Slip, encode
from kiosk.screens import Message, Option, Row, Tone
from kiosk.screens.reading import Badge, Page, Section
from kiosk.steps import trouble_page
from kiosk.steps.identify import the_person
from kiosk.texts import Label, full_date, text


def request(facts: Facts, around: Around) -> SubmitReview:
    """Every answer."""
    return SubmitReview(
        nonce=facts.nonce,
        item=facts.item,
        item_version=facts.chosen_guide.version,
        person=the_person(around),
        agent=around.agent,
        answers=facts.answers,
    )


def got(facts: Facts, reply: object, _: Around) -> Move[Facts]:
    """On to the result."""
    return Go("result", replace(facts, review=reply)) if isinstance(reply, Review) else None


def not_sent(facts: Facts, error: BackendError, _: Around) -> Move[Facts]:
    """What is refused for good is not asked again."""
    return Go("unsent" if error.refusal is None else "refused", facts)


def refused(facts: Facts, around: Around) -> Message:
    """Why it is not taken; the counter is the other way, or to begin anew where the guide has changed meanwhile."""
    stale = facts.error is not None and facts.error.refusal is Refusal.STALE_CATALOGUE
    return trouble_page(text("review-stale" if stale else "review-refused"), facts.why, around)


def after_refusal(_: Facts, event: Event, _around: Around) -> Move[Facts]:
    """Home."""
    match event:
        case Answered(action="primary" | "second"):
            return End()
        case _:
            return None


def shown(facts: Facts, around: Around) -> Page:
    """Passed or not, and everything that follows from it."""
    review = facts.passed
    badge = Badge(label=text("review-passed" if review.passed else "review-failed"), tone=Tone.DONE if review.passed else Tone.WARN)
    return Page(
        title=review.item_name,
        badges=(badge,),
        number=review.number if review.passed else "",
        tone=Tone.DONE if review.passed else Tone.WARN,
        sections=_sections(facts),
        actions=_actions(facts, around),
        code=encode(review.token, Slip.REVIEW) if review.passed else "",
        code_hint=text("review-code"),
    )


def _sections(facts: Facts) -> tuple[Section, ...]:
    review = facts.passed
    names = {one.code: one.name for one in facts.guide.materials} if facts.guide else {}
    faults = tuple(Row(label=names.get(fault.material, ""), value=fault.what, tone=Tone.WARN) for fault in review.faults)
    promises = tuple(Row(label=one.name, value=_due(one)) for one in review.promises)
    until: tuple[Label, ...] = (text("review-valid", until=full_date(review.valid_until)),) if review.passed else ()
    sections = (
        Section(heading=text("review-faults"), rows=faults, tone=Tone.WARN),
        Section(heading=text("review-bring"), lines=review.bring, numbered=True),
        Section(heading=text("review-store"), lines=review.from_store),
        Section(heading=text("review-promises"), rows=promises, lines=tuple(one.consequence for one in review.promises[:1])),
        Section(heading=text("review-next"), lines=(*until, *((facts.unprinted,) if facts.unprinted else ()))),
    )
    return tuple(section for section in sections if section.rows or section.lines)


def _due(promise: Promise) -> Label:
    return text("review-due", due=full_date(promise.due))


def _actions(facts: Facts, around: Around) -> tuple[Option, ...]:
    review = facts.passed
    trouble = around.trouble("a4_printer") or around.trouble("typesetter")
    paper = Option(
        value="print",
        title=text("review-print-promise" if review.promises else "review-print-passed" if review.passed else "review-print-notice"),
        icon="receipt_printer",
        enabled=trouble is None,
        why=trouble or "",
    )
    done = Option(value="done", title=text("button-done"), icon="check")
    if not review.passed:
        return (paper, done) if trouble is None else (done, paper)
    ready = "check_in" if facts.booking else "ticket"
    missing = around.trouble("office") if around.offered(ready) else text("review-no-ticket")
    if review.valid_until < around.time:
        missing = text("refused-review-expired")
    here = missing if review.queue or facts.booking else text("review-elsewhere")
    ticket = Option(value="ticket", title=text("review-ticket"), icon="ticket", enabled=here is None, why=here or "")
    return (ticket, paper, done)


def seen(facts: Facts, event: Event, around: Around) -> Move[Facts]:
    """The ticket, the paper, or out."""
    match event:
        case Answered(action="choose", value=value) if not any(one.value == value and one.enabled for one in _actions(facts, around)):
            return None
        case Answered(action="choose", value="ticket"):
            return _ticket(facts)
        case Answered(action="choose", value="print"):
            return Go("print_a4", facts)
        case Answered(action="choose", value="done"):
            return End(leave=True, rate=("visit", "review", facts.nonce) if facts.nonce else None)
        case _:
            return None


def _ticket(facts: Facts) -> Open:
    review = facts.passed
    if facts.booking:
        return Open("check_in", Subject(booking=facts.booking, review=review.token))
    return Open("ticket", Subject(item=review.item, review=review.token, queue=review.queue))


def notice(facts: Facts, around: Around) -> Sheets:
    """On A4: what is missing, said once and whole; or what to bring, with the promise to sign where something follows later."""
    review, say = facts.passed, around.say
    blocks: list[Block] = [
        Rows(
            (
                (say(text("review-item")), say(review.item_name)),
                (say(text("review-number")), review.number),
                (say(text("review-who")), mask_name(around.person.name) if around.person else ""),
                (say(text("review-at")), f"{review.at:%Y-%m-%d %H:%M}"),
            )
        ),
        *_blocks(facts, around),
    ]
    if review.promises:
        blocks += [
            Heading(say(text("review-promise-title"))),
            Para(say(text("review-promise"))),
            *(Para(say(one.consequence)) for one in review.promises[:1]),
            Signature(say(text("review-sign"))),
        ]
    if review.passed:
        blocks.append(Code(encode(review.token, Slip.REVIEW), say(text("review-code"))))
    title = "review-paper-passed" if review.passed else "review-paper-notice"
    return Sheets(
        title=say(text(title)), blocks=tuple(blocks), header=say(around.hall), footer=say(around.human), language=around.language
    )


def _blocks(facts: Facts, around: Around) -> list[Block]:
    blocks: list[Block] = []
    for section in _sections(replace(facts, unprinted="")):
        blocks.append(Heading(around.say(section.heading)))
        if section.rows:
            blocks.append(Rows(tuple((around.say(row.label), around.say(row.value)) for row in section.rows)))
        if section.lines:
            blocks.append(Steps(tuple(map(around.say, section.lines)), numbered=section.numbered))
    return blocks
