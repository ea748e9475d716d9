from walking import GONE, ONLINE, PAPER_OUT, Walk, queue, ticket

from drivers.contract import Cancel, Failed, Print, Printed, Qr
from drivers.errors import Action, DeviceError, Reason
from kiosk.backend.messages import Ask, ListQueues, PrintState, ReportPrint, TakeTicket
from kiosk.errors import BackendReason
from kiosk.flow import Answered


def choosing(*queues, **walk):
    return Walk(**walk).service("ticket").reply(queues or (queue(),))


def printing(**walk):
    return choosing(**walk).touch("choose", "TAX").reply(ticket())


def fail(walk, reason=Reason.PAPER_OUT):
    return walk.handle(Failed(role="receipt_printer", id=walk.last(Print).id, error=DeviceError(reason, Action.CLEAR)))


def done(walk):
    return walk.handle(Printed(role="receipt_printer", id=walk.last(Print).id))


def reports(walk):
    return [c.request for c in walk.sent if isinstance(c, Ask) and isinstance(c.request, ReportPrint)]


def test_the_services_are_shown_with_people_ahead_and_wait():
    walk = Walk().service("ticket")
    assert isinstance(walk.request, ListQueues)
    walk.reply((queue(ahead=2), queue("ID", wait=None)))
    assert [walk.say(option.note) for option in walk.screen.options] == ["前面 2 人 · 约 5～10 分钟", "前面 0 人 · 暂时无法估计", ""]


def test_nobody_is_said_to_wait_where_nobody_knows():
    walk = choosing(queue(ahead=None, wait=None))
    assert walk.say(walk.screen.options[0].note) == "暂时无法估计"
    assert isinstance(walk.touch("choose", "TAX").request, TakeTicket)


def test_few_ahead_gives_the_number_at_once():
    walk = choosing(queue(ahead=3)).touch("choose", "TAX", nonce="touch-1")
    assert walk.request == TakeTicket(nonce="touch-1", service="TAX", language="zh-CN")


def test_more_than_three_ahead_asks_again():
    walk = choosing(queue(ahead=4)).touch("choose", "TAX")
    assert walk.name == "Question"
    assert "4" in walk.say(walk.screen.title)
    walk.touch("yes", nonce="touch-2")
    assert walk.request == TakeTicket(nonce="touch-2", service="TAX", language="zh-CN")


def test_no_ticket_wanted_leads_home():
    assert choosing(queue(ahead=9)).touch("choose", "TAX").touch("no").name == "Home"


def test_taking_is_in_the_journal_and_cannot_be_left_or_gone_back_from():
    walk = choosing().touch("choose", "TAX", nonce="touch-1")
    (_, act), = walk.acts
    assert (act.kind, act.subject, dict(act.detail)) == ("ticket", "touch-1", {"service": "TAX"})
    assert not walk.view.frame.back
    assert not walk.view.frame.end
    walk.touch("frame-back").touch("frame-end")
    assert walk.name == "Busy"
    assert walk.count(Cancel) == 0


def test_double_touch_makes_one_request():
    walk = choosing()
    number = walk.view.number
    walk.touch("choose", "TAX")
    walk.handle(Answered(view=number, action="choose", value="TAX", nonce="again"))
    assert sum(isinstance(c.request, TakeTicket) for c in walk.sent if isinstance(c, Ask)) == 1


def test_the_number_is_printed_and_shown():
    walk = printing()
    assert walk.screen.number == "A005"
    assert any(isinstance(block, Qr) for block in walk.last(Print).paper.blocks)
    done(walk)
    assert walk.name == "TicketShown"
    assert walk.screen.number == "A005"
    assert walk.screen.reprint is None
    assert reports(walk) == [ReportPrint(ticket="t1", state=PrintState.PRINTED, attempt=1)]


def test_back_never_crosses_the_ticket():
    walk = done(printing())
    assert not walk.view.frame.back
    assert walk.touch("frame-back").name == "TicketShown"


def test_done_ends_the_session_and_so_does_time():
    assert done(printing()).touch("done").name == "Attract"
    walk = done(printing()).tick(19)
    assert walk.name == "TicketShown"
    assert walk.tick(1).name == "Attract"


def test_a_ticket_whose_printing_failed_is_shown_large_and_reprinted():
    walk = fail(printing())
    assert walk.name == "TicketShown"
    assert walk.screen.number == "A005"
    assert "纸已用完" in walk.say(walk.screen.paper)
    walk.touch("reprint")
    assert walk.acts[-1][1].detail == (("number", "A005"), ("attempt", "2"))
    done(walk)
    assert reports(walk) == [
        ReportPrint(ticket="t1", state=PrintState.FAILED, attempt=1),
        ReportPrint(ticket="t1", state=PrintState.REPRINTED, attempt=2),
    ]


def test_reprint_is_not_offered_while_the_printer_is_away_and_is_when_it_is_back():
    walk = fail(printing()).status("receipt_printer", GONE)
    assert walk.screen.reprint is None
    assert walk.status("receipt_printer", ONLINE).screen.reprint is not None


def test_a_printer_that_is_away_beforehand_does_not_stop_the_ticket():
    walk = choosing().status("receipt_printer", PAPER_OUT).touch("choose", "TAX").reply(ticket())
    assert walk.count(Print) == 0
    assert walk.screen.number == "A005"
    assert reports(walk) == [ReportPrint(ticket="t1", state=PrintState.FAILED, attempt=1)]


def test_what_keeps_the_printer_is_said_while_it_prints():
    walk = printing().status("receipt_printer", PAPER_OUT)
    assert walk.name == "Busy"
    assert walk.say(walk.screen.detail) == "纸已用完"
    assert walk.status("receipt_printer", ONLINE).say(walk.screen.detail) == ""


def test_leaving_while_the_printer_waits_for_paper_takes_the_job_back():
    walk = printing()
    job = walk.last(Print)
    walk.touch("frame-end")
    assert walk.last(Cancel).of == job.id


def test_no_answer_is_not_a_refusal_and_trying_again_keeps_the_nonce():
    walk = choosing().touch("choose", "TAX", nonce="touch-1").refuse(BackendReason.TIMEOUT)
    assert walk.say(walk.screen.title) == "还不能确定取号是否成功"
    walk.touch("primary", nonce="another")
    assert walk.request.nonce == "touch-1"


def test_a_closed_service_says_so_and_who_helps():
    walk = choosing().touch("choose", "TAX").refuse(BackendReason.CLOSED)
    assert walk.name == "Message"
    assert walk.say(walk.screen.points[0]) == "现在不在办理时间内"
    assert walk.screen.human
    assert walk.touch("primary").name == "Home"


def test_no_list_can_be_tried_again_or_left():
    walk = Walk().service("ticket").refuse()
    assert walk.touch("primary").name == "Busy"
    assert walk.refuse().touch("second").name == "Home"


def test_a_service_that_is_not_in_the_list_is_not_taken():
    assert choosing().touch("choose", "NOPE").name == "Choose"
