from dataclasses import replace

import pytest
from walking import NOON, full, words

from drivers.contract import CodeRejected, CodeScanned
from kiosk.backend.messages import Ask, FollowTicket, Position, Replied, TicketState
from kiosk.errors import BackendReason
from kiosk.screens import Tone

TOKEN = "F" * 22
CODE = f"https://lucheng.example/t/{TOKEN}"
POSITION = Position(
    number="A005", state=TicketState.WAITING, service_name=words("社保业务"), hall_name=words("鹿城市政务服务中心"), where=words("一楼 A 区"),
    ahead=2, wait=(5, 10), counter=None, called=None, booked_first=False,
)  # fmt: skip
COUNTER = words("3 号窗口")


def scan(walk, text=CODE):
    return walk.handle(CodeScanned(role="scanner", text=text))


def shown(**changes):
    return scan(full().service("position")).reply(replace(POSITION, **changes))


def said(walk):
    """Everything the page says, in Chinese."""
    section = walk.screen.sections[0]
    rows = [f"{walk.say(row.label)}：{walk.say(row.value)}" for row in section.rows]
    return [*(walk.say(badge.label) for badge in walk.screen.badges), *rows, *map(walk.say, section.lines)]


def test_a_ticket_shows_its_place_in_the_queue():
    walk = scan(full().service("position"))
    assert walk.request == FollowTicket(token=TOKEN)
    assert TOKEN not in repr(walk.request)
    assert walk.name == "Busy"
    walk.reply(POSITION)
    assert walk.screen.number == "A005"
    assert said(walk) == ["等候中", "业务：社保业务", "等候地点：一楼 A 区", "前面等候：2 人", "预计等候：约 5～10 分钟"]
    assert TOKEN not in repr(walk.session._visit.here.facts)


def test_those_with_an_appointment_are_spoken_of_only_while_one_waits():
    assert said(shown(booked_first=True))[-1] == "预约的人可能会先叫到"
    assert "预约" not in "".join(said(shown(booked_first=True, state=TicketState.PARKED)))


@pytest.mark.parametrize(
    ("state", "word", "tone", "counter"),
    [
        (TicketState.CALLED, "正在叫您", Tone.WAIT, True),
        (TicketState.SERVING, "正在办理", Tone.DONE, True),
        (TicketState.PARKED, "窗口为您留着号", Tone.PLAIN, True),
        (TicketState.MISSED, "叫过您的号了，请到窗口说明", Tone.WARN, True),
        (TicketState.FINISHED, "已办完", Tone.DONE, False),
        (TicketState.LEFT, "过号未到，已经结束", Tone.PLAIN, False),
        (TicketState.EXPIRED, "已过期，请重新取号", Tone.WARN, False),
    ],
)
def test_a_ticket_that_waits_no_more_says_what_became_of_it_and_where_to_go(state, word, tone, counter):
    walk = shown(state=state, counter=COUNTER, wait=None, ahead=0, called=NOON)
    assert (walk.say(walk.screen.badges[0].label), walk.screen.badges[0].tone) == (word, tone)
    assert ("请到：3 号窗口" in said(walk)) is counter
    assert not any(one.startswith(("前面等候", "预计等候")) for one in said(walk))


def test_an_unknown_wait_is_not_made_up():
    assert "分钟" not in "".join(said(shown(wait=None)))


def test_held_to_the_scanner_at_home_it_is_asked_for_at_once():
    walk = scan(full().home())
    assert walk.request == FollowTicket(token=TOKEN)
    assert walk.session._visit.here.flow.name == "position"
    assert walk.reply(POSITION).name == "Page"
    walk = full().home()
    scan(walk, "https://lucheng.example/g/" + TOKEN)
    assert walk.name == "Home"


@pytest.mark.parametrize("text", ["", "words", "LCZP1:" + "B" * 22, "https://lucheng.example/t/short", f"https://lucheng.example/g/{TOKEN}"])
def test_another_code_is_said_to_be_another_and_nothing_is_asked(text):
    walk = full().service("position")
    asked = walk.count(Ask)
    scan(walk, text)
    assert (walk.name, walk.say(walk.screen.error)) == ("Present", "这不是取号小票上的码，请换一张")
    walk.handle(CodeRejected(role="scanner", reason="too long"))
    assert walk.screen.error
    assert walk.count(Ask) == asked
    scan(walk)
    assert walk.request == FollowTicket(token=TOKEN)


def test_a_ticket_nobody_knows_is_presented_again():
    walk = scan(full().service("position")).refuse(BackendReason.NOT_FOUND)
    assert walk.name == "Present"
    assert walk.screen.error
    assert scan(walk).reply(POSITION).name == "Page"


@pytest.mark.parametrize("reason", [BackendReason.UNREACHABLE, BackendReason.TIMEOUT, BackendReason.RATE_LIMITED])
def test_without_an_answer_the_same_ticket_is_asked_for_again(reason):
    walk = scan(full().service("position")).refuse(reason)
    assert (walk.say(walk.screen.title), bool(walk.screen.human)) == ("暂时查不了", True)
    walk.touch("primary")
    assert (walk.name, walk.request) == ("Busy", FollowTicket(token=TOKEN))
    assert walk.refuse(reason).touch("second").name == "Home"


def test_it_is_looked_up_again_and_the_page_follows():
    walk = shown().choose("again")
    assert walk.request == FollowTicket(token=TOKEN)
    assert said(walk.reply(replace(POSITION, state=TicketState.CALLED, counter=COUNTER)))[0] == "正在叫您"


def test_the_next_ones_ticket_takes_the_place_of_the_one_shown():
    walk = scan(shown(), "https://lucheng.example/t/" + "G" * 22)
    assert walk.request == FollowTicket(token="G" * 22)
    assert walk.reply(replace(POSITION, number="B007")).screen.number == "B007"
    assert scan(walk, "words").name == "Present"


def test_done_leaves_and_what_means_nothing_here_changes_nothing():
    walk = full().service("position")
    for action in ("choose", "primary", "yes"):
        assert walk.touch(action, "done").here == "scan"
    scan(walk).choose("done").handle(Replied(id="not-ours", reply=POSITION))
    assert walk.here == "ask"
    walk.reply(POSITION).choose("nothing").touch("primary")
    assert walk.here == "shown"
    assert not walk.view.frame.back
    assert walk.choose("done").name == "Attract"
