from datetime import UTC, date, datetime

import pytest
from made_catalogue import catalogue, head
from walking import CARD, GONE, full, words

from drivers.contract import CodeScanned, Print, Qr
from kiosk.backend.messages import Ask
from kiosk.backend.messages.matters import (
    FileMatter,
    Matter,
    MatterByNumber,
    MatterByToken,
    MatterKind,
    MattersOfPerson,
    MatterStage,
    MatterState,
)
from kiosk.backend.messages.ratings import Rate
from kiosk.catalogue.catalogue import Catalogue
from kiosk.errors import BackendReason

WORDS = "楼下的路灯坏了三天"
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
PHONE = "13900000000"


def matter(kind=MatterKind.ORDER, **changes):
    return Matter(**{
        "number": "GD-20260302-0001", "code": "471108", "kind": kind, "about": words("道路"), "text": WORDS, "state": MatterState.RECEIVED,
        "stages": (MatterStage(state=MatterState.RECEIVED, at=AT),), "due": date(2026, 3, 9), "token": "M" * 22,
    } | changes)  # fmt: skip


def said(walk=None, service="order", kind="road"):
    """Up to the question whose name it is."""
    walk = (walk or full()).service(service).choose("new")
    return walk.choose(kind).touch("enter", WORDS)


def sent_to_check(walk):
    return walk.touch("no").touch("skip")


def sent(walk):
    return sent_to_check(walk).touch("submit", nonce="n9")


def test_an_order_is_filed_printed_and_offered_for_rating():
    walk = sent(said()).reply(matter())
    paper = walk.last(Print).paper
    assert [block.data for block in paper.blocks if isinstance(block, Qr)] == ["LCZM1:" + "M" * 22]
    assert WORDS not in repr(paper.blocks)
    walk.printed()
    assert (walk.name, walk.screen.number) == ("Page", "GD-20260302-0001")
    walk.choose("done")
    assert walk.name == "Rating"


def test_what_is_sent_is_what_was_said_and_nothing_of_it_is_in_the_journal():
    walk = sent(said())
    request = walk.request
    assert request == FileMatter(nonce="n9", kind=MatterKind.ORDER, about="road", text=WORDS, language="zh-CN")
    assert WORDS not in repr(request)
    assert WORDS not in repr(walk.acts)
    assert [act.kind for _, act in walk.acts] == ["matter-order"]


def test_with_the_card_it_carries_the_name_and_the_phone_is_checked_and_masked():
    walk = said().card().touch("enter", "23900000000")
    assert walk.screen.error
    walk.touch("enter", PHONE)
    rows = {row.key: walk.say(row.value) for row in walk.screen.rows}
    assert rows["phone"] == "139****0000"
    assert "甲一" not in rows["named"]
    walk.touch("submit")
    assert walk.request.person.name == CARD.name
    assert walk.request.phone == PHONE


def test_each_answer_can_be_changed_before_sending_and_one_is_back_at_once():
    walk = said().touch("no").touch("skip")
    for key, change in {"about": ("choose", "noise"), "said": ("enter", WORDS + "。"), "named": ("no", ""), "phone": ("enter", PHONE)}.items():
        walk.touch("change", key).touch(*change)
        assert walk.name == "CheckAnswers", key
    walk.touch("submit")
    assert (walk.request.about, walk.request.text, walk.request.phone) == ("noise", WORDS + "。", PHONE)


def test_another_item_for_a_question_keeps_the_words_and_they_are_not_searched_for():
    walk = sent_to_check(full().service("question").choose("new").type("zz").choose("general").touch("enter", WORDS))
    walk.touch("change", "about")
    assert walk.screen.typed == ""
    walk.choose("food")
    assert walk.name == "CheckAnswers"
    walk.touch("submit")
    assert (walk.request.about, walk.request.text) == ("food", WORDS)


def test_no_answer_is_not_failed_and_asking_again_uses_the_same_nonce():
    walk = sent(said()).refuse(BackendReason.TIMEOUT)
    assert walk.say(walk.screen.title) == "还不知道办成了没有"
    walk.touch("primary", nonce="other")
    assert walk.request.nonce == "n9"


def test_without_paper_the_number_is_on_the_screen_and_why():
    walk = sent(said()).reply(matter()).not_printed()
    assert walk.screen.number == "GD-20260302-0001"
    assert "缺纸" in "".join(walk.say(line) for section in walk.screen.sections for line in section.lines) or walk.screen.sections[0].lines[1:]


def test_a_printer_that_is_away_is_not_tried():
    walk = full().status("receipt_printer", GONE)
    walk = sent(said(walk)).reply(matter())
    assert walk.count(Print) == 0
    assert walk.screen.number == "GD-20260302-0001"


def test_the_card_shows_only_ones_own_of_this_kind():
    walk = full().service("order").choose("follow").choose("card").card()
    assert isinstance(walk.request, MattersOfPerson)
    walk.reply((matter(), matter(MatterKind.COMPLAINT, number="TS-1")))
    assert [option.value for option in walk.screen.options] == ["GD-20260302-0001"]
    walk.choose("GD-20260302-0001")
    assert WORDS not in repr(walk.screen)
    walk.touch("eye")
    assert WORDS in repr(walk.screen)
    walk.tick(95).tick(1)
    assert WORDS not in repr(walk.screen)


def test_a_paper_at_home_brings_its_matter_up():
    walk = full().home().handle(CodeScanned(role="scanner", text="LCZM1:" + "M" * 22))
    assert walk.request == MatterByToken(token="M" * 22)
    walk.reply(matter(MatterKind.COMPLAINT, state=MatterState.ANSWERED, answer="已经修好", can_rate=True))
    assert "已经修好" in repr(walk.screen)
    walk.choose("rate").touch("rate", "4")
    assert isinstance(walk.request, Rate)
    assert (walk.request.served, walk.request.subject) == ("matter", "M" * 22)


def test_a_wrong_pair_may_be_corrected_four_times():
    walk = full().service("order").choose("follow").choose("number")
    for _ in range(4):
        walk.touch("enter", "GD-20260302-0001").touch("enter", "000000").refuse(BackendReason.NOT_FOUND)
        assert walk.screen.error
    walk.touch("enter", "GD-20260302-0001").touch("enter", "000000")
    assert walk.request == MatterByNumber(number="GD-20260302-0001", code="000000")
    walk.refuse(BackendReason.NOT_FOUND)
    assert walk.name == "Message"


def test_the_button_that_says_home_goes_home():
    walk = full().service("order").choose("follow").choose("card").card().reply(())
    assert walk.say(walk.screen.second) == "返回首页"
    assert walk.touch("second").name == "Home"
    walk = full().service("order").choose("follow").choose("number")
    walk.touch("enter", "GD202603020001").touch("enter", "000000").refuse(BackendReason.RATE_LIMITED)
    assert walk.say(walk.screen.primary) == "返回首页"
    assert walk.touch("primary").name == "Home"


def test_a_question_shows_the_frequent_ones_of_its_item_first():
    walk = full().service("question").choose("new")
    walk.choose("food")
    assert [option.value for option in walk.screen.options] == ["0", "own"]
    walk.choose("0")
    assert "要健康证明。" in repr(walk.screen)
    walk.choose("own").touch("enter", "几点开门？")
    assert walk.name == "Question"


def test_a_question_about_nothing_in_particular_names_no_item():
    walk = full().service("question").choose("new").choose("general").touch("enter", "几点开门？")
    sent(walk)
    assert (walk.request.kind, walk.request.about) == ("question", "")


def test_typing_narrows_the_items_a_question_is_about(monkeypatch):
    monkeypatch.setattr(Catalogue, "search", lambda self, words, *_, **__: (self.guide("food"),) if words == "spjy" else ())
    walk = full().service("question").choose("new")
    number = walk.view.number
    walk.type("spj").type("spjy")
    assert [option.value for option in walk.screen.results] == ["general", "food"]
    assert walk.view.number == number  # a touch made while typing still counts


def test_a_complaint_may_be_about_a_case():
    walk = full().service("complain").choose("new").choose("window")
    sent(walk.touch("enter", "态度不好，等了很久"))
    assert walk.request.kind == "complaint"


@pytest.mark.parametrize("said_words", ["", "  ", "甲乙", "甲" * 501])
def test_too_little_and_too_much_is_not_taken_and_one_is_told(said_words):
    walk = full().service("order").choose("new").choose("road")
    place = walk.here
    walk.touch("enter", said_words)
    assert walk.here == place
    assert "4 个字" in walk.say(walk.screen.error)
    assert walk.touch("enter", WORDS).name == "Question"


def test_a_kind_the_office_does_not_have_is_not_taken():
    walk = full(catalogue(order_kinds=head().order_kinds[:1])).service("order").choose("new").choose("noise")
    assert walk.here == "about"
    assert not any(isinstance(command, Ask) and isinstance(command.request, FileMatter) for command in walk.sent)
