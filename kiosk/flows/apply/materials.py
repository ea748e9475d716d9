"""The materials: what the licence store holds is given by itself; the rest by camera, from the phone, or promised."""

from dataclasses import replace

from drivers.contract import Command, Event, Failed, PageTaken, TakePage
from kiosk.backend.messages.applications import AwaitHandOver, GivenMaterial, HandOver, OpenHandOver, Upload, UploadPicture
from kiosk.backend.messages.catalogue import Material
from kiosk.backend.messages.reviews import Licence, MaterialAnswer
from kiosk.errors import BackendError, BackendReason
from kiosk.flow import Answered, Around, Go, Move, Stay
from kiosk.flows.apply.facts import Facts
from kiosk.flows.apply.reach import contact
from kiosk.screens import Choose, Option, Question
from kiosk.screens.entry import Camera, Picture
from kiosk.screens.reading import ShowCode
from kiosk.steps import failure
from kiosk.texts import text

CAMERA = "document_camera"
MOST_PAGES = 12
_LONGEST_NAME = 200  # characters on the phone's page


def got_licences(facts: Facts, reply: object, _: Around) -> Move[Facts]:
    """What the store holds is given already; what it held before, and what else is given, stays or goes accordingly."""
    if not isinstance(reply, tuple):
        return None
    licences = tuple(one for one in reply if isinstance(one, Licence))
    new = replace(facts, licences=licences)
    other = {code: one for code, one in facts.materials.items() if one.answer is not MaterialAnswer.LICENCE}
    given = {
        one.code: GivenMaterial(answer=MaterialAnswer.LICENCE, licence=licence.token)
        for one in new.due
        if (licence := new.licence_for(one)) is not None
    }
    return next_material(replace(new, materials={**other, **given}, on=-1))


def next_material(facts: Facts) -> Go[Facts]:
    """The next one that is not given; then how to reach the citizen."""
    new = replace(facts, page=None, uploads=(), hand_over=None, why="")
    on = next((at for at, one in enumerate(facts.due) if one.code not in facts.materials), None)
    if on is not None:
        return Go("material", replace(new, on=on))
    return Go("check", new) if facts.changing else contact(new)


def material(facts: Facts, around: Around) -> Choose:
    """How it is given."""
    one = facts.asked_material
    hint = facts.wrong or text("apply-material-of", at=facts.on + 1, of=len(facts.due))
    return Choose(title=one.name, hint=hint, options=_ways(one, around))


def _ways(one: Material, around: Around) -> tuple[Option, ...]:
    trouble = around.trouble(CAMERA)
    camera = Option(
        value="camera",
        title=text("apply-camera"),
        about=text("apply-camera-about"),
        icon="camera",
        enabled=trouble is None,
        why=trouble or "",
    )
    phone = Option(value="phone", title=text("apply-phone"), about=text("apply-phone-about"), icon="device-mobile")
    ways = [camera, phone]
    if one.deferrable:
        about = text("review-later-about", days=text("working-days", n=one.defer_days))
        ways.append(Option(value=MaterialAnswer.LATER, title=text("review-later"), about=about, icon="clock"))
    if one.needed_if is not None:
        about = text("review-needed-if", when=one.needed_if)
        ways.append(Option(value=MaterialAnswer.NOT_NEEDED, title=text("review-not-needed"), about=about, icon="minus-circle"))
    return tuple(ways)


def chosen(facts: Facts, event: Event, around: Around) -> Move[Facts]:
    """To the camera, to the phone, or on."""
    match event:
        case Answered(action="choose", value=value) if not any(
            one.value == value and one.enabled for one in _ways(facts.asked_material, around)
        ):
            return None
        case Answered(action="choose", value="camera"):
            return Go("camera", replace(facts, page=None, why=""))
        case Answered(action="choose", value="phone", nonce=nonce):
            return Go("open_phone", replace(facts, nonce=nonce))
        case Answered(action="choose", value=value):
            return next_material(give(facts, GivenMaterial(answer=MaterialAnswer(value))))
        case _:
            return None


def give(facts: Facts, given: GivenMaterial) -> Facts:
    """The material that is asked about is given so."""
    return replace(facts, materials={**facts.materials, facts.asked_material.code: given}, wrong="")


# -- the camera ---------------------------------------------------------------------------------------------------------------


def camera(facts: Facts, _: Around) -> Camera:
    """What lies under the camera, or the page just taken."""
    return Camera(
        title=facts.asked_material.name,
        hint=text("apply-page-good" if facts.page else "apply-page-lay"),
        role=CAMERA,
        taken=Picture(facts.page.jpeg) if facts.page else None,
        error=facts.why,
        other=text("button-other-way"),
    )


def shoot(facts: Facts, event: Event, _: Around) -> Move[Facts]:
    """Take it, keep it, or take it again."""
    match event:
        case Answered(action="take") if facts.page is None:
            return Go("shoot", replace(facts, why=""))
        case Answered(action="again"):
            return Go("camera", replace(facts, page=None, why=""))
        case Answered(action="use", nonce=nonce) if facts.page is not None:
            return Go("upload", replace(facts, nonce=nonce))
        case Answered(action="other"):
            return Go("material", replace(facts, page=None, why=""))
        case _:
            return None


def shooting(facts: Facts, _: Around) -> Camera:
    """While the page is taken."""
    return Camera(title=facts.asked_material.name, hint=text("apply-page-still"), role=CAMERA, busy=True)


def take_page(_: Facts, around: Around) -> Command:
    """One page."""
    return TakePage(role=CAMERA, id=around.command_id)


def page_taken(facts: Facts, event: Event, _: Around) -> Move[Facts]:
    """The page, or why it is none."""
    match event:
        case PageTaken(page=page):
            return Go("camera", replace(facts, page=page, why=""))
        case Failed():
            return Go("camera", replace(facts, page=None, why=failure(event)))
        case _:
            return None


def upload(facts: Facts, _: Around) -> UploadPicture:
    """The page to the office."""
    assert facts.page is not None  # noqa: S101 - `shoot` leads here only with one
    return UploadPicture(nonce=facts.nonce, jpeg=facts.page.jpeg)


def uploaded(facts: Facts, reply: object, _: Around) -> Move[Facts]:
    """One more page, or that was all."""
    if not isinstance(reply, Upload):
        return None
    return Go("more", replace(facts, uploads=(*facts.uploads, reply.id), page=None))


def not_uploaded(facts: Facts, error: BackendError, _: Around) -> Move[Facts]:
    """A picture the office cannot read is taken again."""
    return Go("camera", replace(facts, page=None)) if error.reason is BackendReason.REFUSED else Go("not_uploaded", facts)


def more(facts: Facts, _: Around) -> Question:
    """Whether the material has more pages."""
    return Question(
        title=text("apply-more", n=len(facts.uploads)),
        points=(facts.asked_material.name,),
        yes=text("apply-more-no"),
        no=text("apply-more-yes"),
        icon="camera",
    )


def more_chosen(facts: Facts, event: Event, _: Around) -> Move[Facts]:
    """One more page, or the next material."""
    match event:
        case Answered(action="no") if len(facts.uploads) < MOST_PAGES:
            return Go("camera", replace(facts, page=None, why=""))
        case Answered(action="yes" | "no"):
            return next_material(give(facts, GivenMaterial(answer=MaterialAnswer.HAVE, uploads=facts.uploads)))
        case _:
            return None


# -- the phone ----------------------------------------------------------------------------------------------------------------


def open_phone(facts: Facts, around: Around) -> OpenHandOver:
    """A way for the citizen's phone to send pictures."""
    name = " ".join(around.say(facts.asked_material.name).split())
    return OpenHandOver(nonce=facts.nonce, what=name[:_LONGEST_NAME], language=around.language)


def phone_open(facts: Facts, reply: object, _: Around) -> Move[Facts]:
    """Show the code."""
    return Go("phone_code", replace(facts, hand_over=reply)) if isinstance(reply, HandOver) else None


def phone_code(facts: Facts, _: Around) -> ShowCode:
    """The code, and how many pictures have come."""
    hand_over = facts.hand_over
    assert hand_over is not None  # noqa: S101 - `phone_open` has put it there
    count = len(hand_over.received)
    waiting = text("apply-waiting-over" if hand_over.closed else "apply-waiting")
    return ShowCode(
        title=text("apply-scan"),
        hint=facts.asked_material.name,
        code=hand_over.url,
        points=(text("apply-scan-how"), text("apply-scan-until", until=f"{hand_over.expires:%H:%M}")),
        state=text("apply-received", n=count) if count else waiting,
        busy=not hand_over.closed,
        done=text("apply-received-all"),
        other=text("button-other-way"),
    )


def await_phone(facts: Facts, _: Around) -> AwaitHandOver:
    """More than are here already."""
    assert facts.hand_over is not None  # noqa: S101 - `phone_open` has put it there
    return AwaitHandOver(id=facts.hand_over.id, known=len(facts.hand_over.received))


def phone_said(facts: Facts, reply: object, _: Around) -> Move[Facts]:
    """Ask again until the phone says that this was all."""
    if not isinstance(reply, HandOver):
        return None
    new = replace(facts, hand_over=reply)
    if reply.closed and reply.received:
        return _phone_done(new)
    return Stay(new, again=not reply.closed)


def _phone_done(facts: Facts) -> Go[Facts]:
    assert facts.hand_over is not None  # noqa: S101 - `phone_open` has put it there
    uploads = tuple(one.id for one in facts.hand_over.received)
    return next_material(give(facts, GivenMaterial(answer=MaterialAnswer.HAVE, uploads=uploads)))


def phone_touched(facts: Facts, event: Event) -> Move[Facts]:
    """That was all, or another way."""
    match event:
        case Answered(action="done") if facts.hand_over is not None and facts.hand_over.received:
            return _phone_done(facts)
        case Answered(action="other"):
            return Go("material", replace(facts, hand_over=None))
        case _:
            return None
