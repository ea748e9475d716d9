"""Whatever happens in whatever order: the session shows something sayable, and nothing is done twice."""


from hypothesis import given, settings
from hypothesis import strategies as st
from walking import CARD, GONE, ONLINE, PAPER_OUT, SENTENCES, Walk, case, labels, queue, ticket, words

from drivers.contract import CardFound, CardRead, CardRemoved, CodeRejected, CodeScanned, Failed, Print, Printed, ReadCard
from drivers.errors import Action, DeviceError, Reason
from kiosk.backend.messages import (
    Ask,
    CaseByNumber,
    CaseByToken,
    CasesOfPerson,
    CaseState,
    CaseSummary,
    GetHall,
    Hall,
    ListQueues,
    Refused,
    Replied,
    ReportPrint,
    TakeTicket,
)
from kiosk.errors import BackendError, BackendReason
from kiosk.screens import Choose, Enter, Home

TOKEN = "A" * 22
SUMMARIES = (CaseSummary(number="1", item=words("许可"), state=CaseState.ACCEPTED, accepted=case().accepted, token=TOKEN),)
HALL = Hall(code="c", name=words("大厅"), address=words("a"), phone="1", bands=(), hours=words("h"), notices=(words("n"),), open_now=True, privacy=words("p"))
REPLIES = {
    GetHall: (HALL,),
    ListQueues: ((queue(ahead=1), queue("ID", ahead=9, wait=None)), ()),
    TakeTicket: (ticket(), ticket(number="A999", wait=None)),
    ReportPrint: (ticket(),),
    CasesOfPerson: (SUMMARIES, ()),
    CaseByNumber: (case(),),
    CaseByToken: (case(state=CaseState.OVERDUE), case(state=CaseState.NEEDS_MATERIAL, missing=(words("材料"),))),
}
ACTIONS = (
    "start", "choose", "yes", "no", "enter", "other", "primary", "second", "done", "reprint", "print", "eye",
    "frame-back", "frame-end", "frame-language", "frame-care", "frame-stay", "frame-nonsense", "nonsense",
)
STEPS = ("touch", "touch", "touch", "answer", "answer", "fail", "stray", "tick", "status")


def touch(walk, draw):
    action = draw(st.sampled_from(ACTIONS))
    screen, value = walk.screen, ""
    if action == "choose" and isinstance(screen, Choose | Home):
        options = screen.options if isinstance(screen, Choose) else screen.quick + screen.entrances
        value = draw(st.sampled_from([option.value for option in options] + ["nonsense", "service:nonsense", "entrance:nonsense"]))
    elif action == "enter" and isinstance(screen, Enter):
        value = draw(st.text(max_size=20))
    elif action == "frame-language":
        value = draw(st.sampled_from(["zh-CN", "en", "xx"]))
    walk.touch(action, value, nonce=f"nonce-{len(walk.views)}-{len(walk.sent)}")


def asked(walk):
    return [command for command in walk.sent if isinstance(command, Ask | Print | ReadCard)]


def answer(walk, draw):
    """Answer one of the commands, not always the last, perhaps one that was answered before."""
    match draw(st.sampled_from(asked(walk)[-3:] or [None])):
        case Ask(id=id_, request=request):
            walk.handle(Replied(id=id_, reply=draw(st.sampled_from(REPLIES[type(request)]))))
        case Print(id=id_, role=role):
            walk.handle(Printed(role=role, id=id_))
        case ReadCard(id=id_, role=role):
            walk.handle(draw(st.sampled_from([CardFound(role=role, id=id_), CardRead(role=role, id=id_, card=CARD)])))


def fail(walk, draw):
    match draw(st.sampled_from(asked(walk)[-3:] or [None])):
        case Ask(id=id_):
            walk.handle(Refused(id=id_, error=BackendError(draw(st.sampled_from(list(BackendReason))))))
        case Print(id=id_, role=role) | ReadCard(id=id_, role=role):
            walk.handle(Failed(role=role, id=id_, error=DeviceError(draw(st.sampled_from(list(Reason))), Action.WAIT)))


def stray(walk, draw):
    walk.handle(
        draw(
            st.sampled_from(
                [
                    CodeScanned(role="scanner", text="LCZC1:" + TOKEN),
                    CodeScanned(role="scanner", text="\x1b@"),
                    CodeRejected(role="scanner", reason="tooLong"),
                    CardRemoved(role="id_reader"),
                    Printed(role="receipt_printer", id="nobody"),
                ]
            )
        )
    )


def happen(walk, draw):
    match draw(st.sampled_from(STEPS)):
        case "touch":
            touch(walk, draw)
        case "answer":
            answer(walk, draw)
        case "fail":
            fail(walk, draw)
        case "stray":
            stray(walk, draw)
        case "tick":
            walk.tick(draw(st.sampled_from([0, 1, 21, 65, 95, 1000])))
        case "status":
            role = draw(st.sampled_from(["office", "receipt_printer", "id_reader", "scanner", "stranger"]))
            walk.status(role, draw(st.sampled_from([ONLINE, GONE, PAPER_OUT])))


@given(st.data())
@settings(max_examples=150, derandomize=True, deadline=None)
def test_whatever_happens_is_shown_and_nothing_is_done_twice(data):
    walk = Walk().home().touch("choose", data.draw(st.sampled_from(["service:ticket", "service:look_up"])))
    for _ in range(data.draw(st.integers(1, 40))):
        happen(walk, data.draw)
        for label in labels(walk.screen):
            assert isinstance(SENTENCES.say(walk.view.frame.language, label), str)
        if walk.name == "Attract":
            visit = walk.session.__dict__["_visit"]
            assert "甲一" not in repr([stop.facts for stop in visit.path])
            assert visit.person is None
            walk.home()
    ids = [command.id for command in walk.sent]
    assert len(set(ids)) == len(ids)
    taken = [command.request.nonce for command in walk.sent if isinstance(command, Ask) and isinstance(command.request, TakeTicket)]
    journalled = [act.subject for _, act in walk.acts if act.kind == "ticket"]
    assert taken == journalled  # not one request without its row
    assert walk.count(Print) == sum(act.kind.endswith("print") for _, act in walk.acts)
