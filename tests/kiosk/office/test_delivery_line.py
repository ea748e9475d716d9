"""A citizen at the terminal says how a result is to come, and the real office is told over its line."""

import pytest
from msgspec.structs import replace
from office_help import KEY
from walking import CARD, full

from kiosk.backend.access import OfficeAccess
from kiosk.backend.client import OfficeClient
from kiosk.backend.messages import Ask, Refused, Replied
from kiosk.catalogue.catalogue import EMPTY
from kiosk.errors import BackendError
from kiosk.office.results.deciding import send

APPROVED, TAIL = "990000000009", "0061"
ELDER = replace(CARD, name="测试·长者", number="999999194101010061")


@pytest.fixture
def line(running):
    return OfficeClient(OfficeAccess(url=running[0].url, key=KEY, read=20, total=30)).ask


def answered(walk, line):
    """The office answers what the terminal has asked last."""
    command = walk.last(Ask)
    try:
        return walk.handle(Replied(id=command.id, reply=line(command.request)))
    except BackendError as error:
        return walk.handle(Refused(id=command.id, error=error))


def shown(line):
    return answered(full(EMPTY).service("look_up").choose("number").touch("enter", APPROVED).touch("enter", TAIL), line)


def posting(walk, street, line):
    answered(walk.choose("delivery").card(ELDER), line).choose("post").touch("enter", "测试·收件").touch("enter", "13900000016")
    return walk.touch("enter", street).touch("submit")


def test_somebody_elses_card_redirects_nothing(line, call):
    before = call.by_number(APPROVED, TAIL).json()
    walk = answered(shown(line).choose("delivery").card(CARD), line)
    assert (walk.here, walk.say(walk.screen.title)) == ("not_mine", "这一件不在这张身份证名下")
    assert "别人申请的" in walk.say(walk.screen.points[0])
    assert walk.touch("second").name == "CaseShown"
    assert call.by_number(APPROVED, TAIL).json() == before


def test_who_applied_changes_it_until_the_result_has_left(line, office, call):
    walk = answered(posting(shown(line), "鹿城市示范区测试路1号", line), line)
    assert [walk.say(point) for point in walk.screen.points] == ["邮寄到家", "已办结，结果会按您填的地址寄出。"]
    answered(walk.touch("primary").choose("delivery"), line)
    assert walk.say(walk.screen.hint) == "现在是：邮寄到家"
    walk.choose("electronic").touch("submit")
    answered(walk, line).touch("primary")
    assert call.by_number(APPROVED, TAIL).json()["delivery"]["kind"] == "electronic"
    answered(walk.choose("delivery"), line).choose("counter")
    send(office, APPROVED, "9990000000009")
    answered(walk.touch("submit"), line)
    assert walk.say(walk.screen.title) == "不能再改了"
    answered(walk.touch("primary"), line)
    assert (walk.name, walk.say(walk.screen.next_step)) == ("CaseShown", "已办结，结果已寄出。")
    assert "delivery" not in [option.value for option in walk.screen.more]


def test_asked_again_after_an_unknown_outcome_it_is_the_same(line, call):
    walk = posting(shown(line), "鹿城市示范区测试路1号", line)
    line(walk.request)  # and the answer is lost
    before = call.by_number(APPROVED, TAIL).json()
    walk.refuse().touch("primary")
    assert answered(walk, line).here == "delivered"
    assert call.by_number(APPROVED, TAIL).json() == before
