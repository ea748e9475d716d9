"""Print what was decided (结果) and copies of electronic licences (证照): each copy is counted, marked with its purpose, and verifiable."""

from kiosk.backend.messages import CasesOfPerson
from kiosk.backend.messages.documents import PrintLicence, PrintResult
from kiosk.backend.messages.reviews import LicencesOfPerson
from kiosk.documents.official import official
from kiosk.flow import Act, Around, Flow, Go, Pace, Step, Subject
from kiosk.flows.documents import choose, done
from kiosk.flows.documents.facts import Facts
from kiosk.steps.asking import asking, refused_page
from kiosk.steps.identify import by_card, the_person
from kiosk.steps.printing import by_document
from kiosk.texts import text


def _request(facts: Facts, around: Around) -> PrintResult | PrintLicence:
    if facts.licence:
        return PrintLicence(nonce=facts.nonce, token=facts.licence, purpose=facts.purpose)
    return PrintResult(nonce=facts.nonce, token=facts.case, person=the_person(around))


def _cases(_: Facts, around: Around) -> CasesOfPerson:
    person = the_person(around)
    return CasesOfPerson(number=person.number, name=person.name)


def _opened(subject: Subject, around: Around) -> Go[Facts]:
    """For the case on the screen."""
    return choose.of_case(Facts(case=subject.case), around) if subject.case else Go("way", Facts())


FLOW = Flow(
    name="documents",
    start="way",
    facts=Facts(),
    places=3,
    about=_opened,
    steps={
        "way": Step(screen=choose.ways, react=choose.way_chosen, place=1),
        **by_card("licences", "way"),
        "licences": asking(
            text("look-up-busy"), lambda _, a: LicencesOfPerson(person=the_person(a)), choose.got_licences, refused="away", place=1
        ),
        "cases": asking(text("look-up-busy"), _cases, choose.got_cases, refused="away", place=1),
        "list": Step(screen=choose.listed, react=choose.list_chosen, place=2),
        "none": Step(screen=choose.none, react=choose.none_seen),
        "code": Step(screen=choose.present, react=choose.scanned, place=1),
        "purpose": Step(screen=choose.purposes, react=choose.purpose_chosen, place=2),
        **by_card("sure", "no_card", prefix="owner_", why=text("consent-owner-why"), leave=text("document-not")),
        "no_card": Step(screen=choose.no_card, react=done.after_refusal, passing=True),
        "sure": Step(screen=choose.sure, react=choose.decided, place=2),
        "issue": asking(
            text("document-issuing"),
            _request,
            done.issued,
            refused=done.not_issued,
            act=lambda facts: Act(kind="copy", subject=facts.nonce),
            place=3,
        ),
        "unissued": refused_page(text("document-unissued"), again="issue", back=False),
        "refused": Step(screen=done.refused, react=done.after_refusal, back=False),
        **by_document(lambda facts, around: official(facts.issued, around), kind="copy-print", done="done", failed="unprinted"),
        "done": Step(screen=done.shown, react=done.seen, back=False, pace=Pace.RESULT, place=3),
        "unprinted": Step(screen=done.shown, react=done.seen, back=False, place=3),
        "away": refused_page(text("look-up-away"), again="way"),
    },
)
