from made_catalogue import catalogue
from msgspec.structs import replace
from walking import CARD, GONE, ONLINE, case, full

from drivers.contract import CodeScanned
from kiosk.backend.messages import CaseAct, CasesOfPerson, CaseState, CaseSummary
from kiosk.backend.messages.ratings import Rate, Rated
from kiosk.catalogue.catalogue import EMPTY
from kiosk.errors import BackendReason, Refusal

TOKEN = "A" * 22


def helper():
    return replace(CARD, name="测试·帮手", number="999999198001010024")


def rating(walk=None):
    walk = (walk or full()).service("rate").choose("code").handle(CodeScanned(role="scanner", text="LCZC1:" + TOKEN))
    return walk.reply(case(acts=(CaseAct.RATE,), state=CaseState.APPROVED))


def test_a_finished_case_is_rated_with_reasons_of_the_offices_version():
    walk = rating()
    assert [walk.say(level) for level in walk.screen.levels] == ["非常满意", "满意", "基本满意", "不满意", "非常不满意"]
    walk.touch("rate", "2", nonce="n5").touch("toggle", "r2").touch("toggle", "other").touch("toggle", "other").touch("toggle", "nonsense").touch("done")
    assert walk.request == Rate(nonce="n5", served="case", service="look_up", subject=TOKEN, level=2, version=4, reasons=("r2",))
    walk.reply(Rated(number="PJ-1", follow_up=case().accepted))
    assert walk.name == "Message"
    walk.touch("primary")
    assert walk.name == "Attract"


def test_a_level_without_reasons_is_sent_at_once():
    walk = rating().touch("rate", "4")
    assert isinstance(walk.request, Rate)
    assert walk.request.reasons == ()


def test_skipping_sends_nothing():
    walk = rating().touch("skip")
    assert walk.name == "Attract"
    assert not any(isinstance(getattr(command, "request", None), Rate) for command in walk.sent)


def test_nothing_is_suggested_and_it_ends_by_itself():
    walk = rating()
    walk.tick(21)
    assert walk.name == "Attract"


def test_a_case_that_cannot_be_rated_yet_says_so():
    walk = full().service("rate").choose("card").card()
    assert isinstance(walk.request, CasesOfPerson)
    walk.reply((CaseSummary(number="1", item=case().item, state=CaseState.ACCEPTED, accepted=case().accepted, token=TOKEN),)).choose(TOKEN).reply(case())
    assert walk.say(walk.screen.title) == "现在还不能评价"


def test_rating_twice_is_thanked_once():
    walk = rating().touch("rate", "5").touch("skip").refuse(refusal=Refusal.RATED_ALREADY)
    assert walk.say(walk.screen.title) == "感谢您的评价"


def test_without_an_answer_the_same_rating_is_sent_again():
    walk = rating().touch("rate", "5", nonce="n5").touch("skip").refuse(BackendReason.TIMEOUT).touch("primary", nonce="n6")
    assert walk.request.nonce == "n5"


def test_without_a_catalogue_there_are_levels_and_no_reasons():
    walk = rating(full(EMPTY)).touch("rate", "1")
    assert (walk.request.version, walk.request.reasons) == (0, ())


def acting(walk=None):
    walk = (walk or full()).service("agent").touch("yes")
    walk.card(helper()).card()
    return walk.touch("submit")


def test_a_helper_and_the_person_are_both_with_everything_that_is_asked():
    walk = acting()
    assert walk.name == "Home"
    assert walk.say(walk.view.frame.acting) == "测* 代 测* 办理"
    walk.choose("service:order").choose("new").choose("road").touch("enter", "路灯坏了三天").touch("skip").touch("submit")
    assert walk.request.person.number == CARD.number
    assert walk.request.agent.name == "测试·帮手"


def test_the_same_card_twice_is_nobody_acted_for():
    walk = full().service("agent").touch("yes").card(helper()).card(helper())
    assert walk.name == "Message"
    walk.touch("primary").card()
    assert walk.name == "CheckAnswers"
    assert walk.view.frame.acting == ""


def test_acting_ends_by_choice_and_with_the_session():
    walk = acting().choose("service:agent").touch("primary")
    assert walk.view.frame.acting == ""
    walk = acting()
    walk.touch("frame-end")
    assert walk.session._visit.agent is None


def test_without_a_reader_nobody_can_be_acted_for():
    walk = full().service("agent").status("id_reader", GONE)
    assert walk.name == "Message"
    walk.touch("primary")
    assert walk.name == "Home"


def test_acting_goes_on_where_the_reader_fails_until_it_is_ended():
    walk = acting().choose("service:agent").status("id_reader", GONE)
    assert (walk.say(walk.screen.title), walk.say(walk.screen.second)) == ("正在替别人办", "返回首页")
    walk.touch("second")
    assert walk.session._visit.agent is not None
    walk.status("id_reader", ONLINE).choose("service:agent").touch("primary")
    assert walk.session._visit.agent is None


def test_nothing_about_either_of_them_is_in_a_repr():
    walk = full(catalogue()).service("agent").touch("yes").card(helper()).card()
    assert "帮手" not in repr(walk.session._visit)
    assert "999999" not in repr(walk.screen)
