import pytest
from walking import CARD, GONE, ONLINE, PAPER_OUT, Walk, queue, ticket, words

from drivers.contract import Cancel, CardRead, CardRemoved, CodeScanned, Print, ReadCard
from kiosk.backend.messages import Ask, GetHall, Hall, ListQueues, Replied
from kiosk.flow import Answered
from kiosk.idle import Times

HALL = Hall(
    code="city", name=words("新名称"), address=words("某路"), phone="12345", bands=(), hours=words("全天"), notices=(words("停电通知"),), open_now=True,
    privacy=words("隐私"),
)


def test_starts_with_the_attract_screen():
    walk = Walk()
    assert walk.name == "Attract"
    assert not walk.view.frame.end
    assert not walk.view.frame.back


def test_touch_leads_home_with_the_services_there_are():
    home = Walk().home().screen
    assert [option.value for option in home.quick] == ["service:ticket", "service:look_up"]
    assert [option.value for option in home.entrances] == ["entrance:query", "entrance:act"]


def test_an_entrance_shows_its_services_and_back_leads_home():
    walk = Walk().home().touch("choose", "entrance:act")
    assert [option.value for option in walk.screen.options] == ["service:ticket"]
    assert walk.touch("frame-back").name == "Home"


def test_office_away_disables_tiles_with_the_reason_and_they_come_back_by_themselves():
    walk = Walk(online=()).home()
    assert not any(option.enabled for option in walk.screen.quick)
    walk.status("office", GONE)
    assert "政务服务平台" in walk.say(walk.screen.quick[0].why)
    assert "12:00" in walk.say(walk.screen.quick[0].why)
    walk.status("office", ONLINE)
    assert all(option.enabled for option in walk.screen.quick)


def test_a_disabled_service_cannot_be_opened():
    walk = Walk(online=()).home().touch("choose", "service:ticket")
    assert walk.name == "Home"


def test_preferred_device_away_is_a_note_not_a_refusal():
    walk = Walk().home().status("receipt_printer", PAPER_OUT)
    tile = walk.screen.quick[0]
    assert tile.enabled
    assert "纸已用完" in walk.say(tile.note)


def test_answer_to_an_older_view_is_dropped():
    walk = Walk()
    old = walk.view.number
    walk.home()
    walk.handle(Answered(view=old, action="choose", value="service:ticket"))
    assert walk.name == "Home"


def test_every_touch_is_followed_by_a_view_that_can_be_answered():
    walk = Walk().home()
    before = walk.view.number
    walk.touch("no-such-action")
    assert walk.view.number > before


def test_a_touch_made_while_a_tile_changes_still_counts():
    walk = Walk().home()
    number = walk.view.number
    walk.status("receipt_printer", PAPER_OUT)
    assert walk.screen.quick[0].note
    walk.handle(Answered(view=number, action="choose", value="service:ticket"))
    assert walk.name == "Busy"


def test_an_answer_that_nobody_waits_for_is_dropped():
    walk = Walk().service("ticket")
    pending = walk.last(Ask)
    walk.touch("frame-back")
    assert walk.last(Cancel).of == pending.id
    walk.handle(Replied(id=pending.id, reply=(queue(),)))
    assert walk.name == "Home"


def test_end_clears_language_care_and_flow():
    walk = Walk().home().touch("frame-language", "en").touch("frame-care")
    assert (walk.view.frame.language, walk.view.frame.care) == ("en", True)
    walk.touch("choose", "service:look_up").touch("frame-end")
    assert walk.name == "Attract"
    assert (walk.view.frame.language, walk.view.frame.care) == ("zh-CN", False)


def test_language_chosen_on_the_attract_screen_starts_in_it():
    walk = Walk().touch("frame-language", "en")
    assert walk.name == "Home"
    assert walk.view.frame.language == "en"


def test_an_unknown_language_is_ignored():
    walk = Walk().home().touch("frame-language", "xx")
    assert walk.view.frame.language == "zh-CN"


def test_idle_warns_counts_down_and_ends():
    walk = Walk().home().tick(59)
    assert walk.view.frame.countdown == 0
    walk.tick(1)
    assert walk.view.frame.countdown == 30
    number = walk.view.number
    walk.tick(5)
    assert walk.view.frame.countdown == 25
    assert walk.view.number == number  # a touch made while the second changes still counts
    assert walk.tick(25).name == "Attract"


def test_a_touch_extends_as_often_as_wished():
    walk = Walk().home()
    for _ in range(9):
        walk.tick(70)
        assert walk.view.frame.countdown == 20
        walk.touch("frame-stay")
        assert walk.view.frame.countdown == 0


def test_the_absolute_limit_cannot_be_extended():
    walk = Walk(times=Times(limit=100)).home().tick(50).touch("frame-stay").tick(25)
    assert walk.view.frame.countdown == 25
    assert not walk.view.frame.extendable
    walk.touch("frame-stay").tick(24)
    assert walk.view.frame.countdown == 1
    assert walk.tick(1).name == "Attract"


def test_what_an_act_came_to_is_seen_even_when_the_limit_is_over():
    walk = Walk(times=Times(limit=100)).service("ticket").reply((queue(),)).tick(75).choose("TAX").tick(60)
    walk.reply(ticket()).printed().tick(0)
    assert walk.name == "TicketShown"
    assert (walk.view.frame.countdown, walk.view.frame.extendable) == (30, False)
    assert walk.tick(30).name == "Attract"


def test_care_mode_gives_three_times_as_long():
    walk = Walk().home().touch("frame-care").tick(179)
    assert walk.view.frame.countdown == 0
    assert walk.tick(1).view.frame.countdown == 90


def test_nobody_is_warned_while_the_machine_works():
    walk = Walk().service("ticket").tick(500)
    assert walk.view.frame.countdown == 0
    assert walk.name == "Busy"


def test_card_taken_away_brings_the_end_near_unless_touched():
    walk = Walk().service("look_up").touch("choose", "card").touch("yes")
    walk.handle(CardRead(role="id_reader", id=walk.last(ReadCard).id, card=CARD)).reply(())
    walk.handle(CardRemoved(role="id_reader"))
    assert walk.view.frame.countdown == 15
    walk.touch("frame-stay").tick(1)
    assert walk.view.frame.countdown == 0


def test_a_card_nobody_read_changes_nothing_when_it_leaves():
    walk = Walk().home().handle(CardRemoved(role="id_reader"))
    assert walk.view.frame.countdown == 0


def test_leaving_a_step_gives_up_what_it_waits_for():
    walk = Walk().service("look_up").touch("choose", "card").touch("yes")
    reading = walk.last(ReadCard)
    walk.touch("frame-end")
    assert walk.last(Cancel).of == reading.id
    assert walk.last(Cancel).role == "id_reader"


def test_hall_comes_from_the_office_and_is_asked_again_later():
    walk = Walk().tick(1)
    assert isinstance(walk.request, GetHall)
    walk.reply(HALL)
    assert walk.say(walk.screen.hall) == "新名称"
    assert [walk.say(notice) for notice in walk.screen.notices] == ["停电通知"]
    before = walk.count(Ask)
    walk.tick(599)
    assert walk.count(Ask) == before
    assert walk.tick(1).count(Ask) == before + 1


def test_hall_that_comes_while_somebody_is_there_changes_nothing_under_their_finger():
    walk = Walk().tick(1)
    hall_ask = walk.last(Ask)
    walk.service("ticket")
    number = walk.view.number
    assert isinstance(walk.request, ListQueues)
    walk.handle(Replied(id=hall_ask.id, reply=HALL))
    assert walk.view.number == number


@pytest.mark.parametrize("code", ["hello", "LCZC1:short", "https://example.invalid/' OR 1=1", "\x1b@"])
def test_a_stray_code_at_home_does_nothing(code):
    walk = Walk().home().handle(CodeScanned(role="scanner", text=code))
    assert walk.name == "Home"


def test_a_slip_at_the_attract_screen_opens_its_case():
    walk = Walk().handle(CodeScanned(role="scanner", text="LCZC1:" + "b" * 22))
    assert walk.name == "Busy"
    assert walk.request.token == "b" * 22


def test_a_slip_at_the_attract_screen_is_told_what_keeps_it_while_the_office_is_away():
    walk = Walk(online=()).handle(CodeScanned(role="scanner", text="LCZC1:" + "b" * 22))
    assert (walk.name, "政务服务平台" in walk.say(walk.screen.notice), walk.count(Ask)) == ("Home", True, 0)
    assert walk.tick(1000).name == "Attract"
    assert walk.home().screen.notice == ""


def test_no_event_at_the_wrong_place_moves_a_screen():
    walk = Walk().service("look_up")
    for event in (CardRead(role="id_reader", id="x", card=CARD), CardRemoved(role="id_reader")):
        assert walk.handle(event).name == "Choose"
    assert walk.count(Print) == 0
