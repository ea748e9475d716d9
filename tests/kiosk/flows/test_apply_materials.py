from dataclasses import replace
from datetime import UTC, datetime

from apply_walks import LICENCE, PHONE, SIGNATURE, filled
from made_catalogue import FOOD, catalogue, material
from walking import GONE, full

from drivers.contract import Failed, Frame, PageTaken, TakePage
from drivers.errors import Action, DeviceError, Reason
from kiosk.backend.messages.applications import AwaitHandOver, GivenMaterial, HandOver, OpenHandOver, Upload, UploadPicture
from kiosk.backend.messages.cases import Delivery, DeliveryKind
from kiosk.backend.messages.reviews import LicencesOfPerson, MaterialAnswer
from kiosk.errors import Refusal


def photographing():
    return filled(materials=(material("lease", "租赁合同"),)).reply(())


def page(walk):
    return walk.handle(PageTaken(role="document_camera", id=walk.last(TakePage).id, page=Frame(jpeg=b"\xff\xd8", width=8, height=8, at=1.0), sharpness=9.0))


def test_pages_are_taken_seen_kept_and_sent_one_after_the_other():
    walk = page(photographing().choose("camera").touch("take"))
    assert walk.screen.taken is not None
    walk.touch("again")
    assert walk.screen.taken is None
    page(walk.touch("take")).touch("use", nonce="u1")
    assert walk.request == UploadPicture(nonce="u1", jpeg=b"\xff\xd8")
    walk.reply(Upload(id="p1", bytes=2, sha256="0")).touch("no")
    page(walk.touch("take")).touch("use").reply(Upload(id="p2", bytes=2, sha256="0")).touch("yes")
    walk.touch("enter", PHONE).choose("electronic").touch("submit").touch("sign", SIGNATURE)
    assert walk.request.materials == {"lease": GivenMaterial(answer=MaterialAnswer.HAVE, uploads=("p1", "p2"))}


def test_a_blurred_page_says_what_to_do():
    walk = photographing().choose("camera").touch("take")
    walk.handle(Failed(role="document_camera", id=walk.last(TakePage).id, error=DeviceError(Reason.IMAGE_BLURRED, Action.CLEAR)))
    assert walk.name == "Camera"
    assert walk.screen.error


def test_a_camera_that_is_away_leaves_the_phone():
    walk = full(catalogue(replace(FOOD, materials=(material("lease", "租赁合同"),)))).status("document_camera", GONE)
    walk = filled(walk=walk).reply(())
    assert [(one.value, one.enabled) for one in walk.screen.options] == [("camera", False), ("phone", True)]


def hand_over(*ids, closed=False):
    received = tuple(Upload(id=one, bytes=1, sha256="0") for one in ids)
    return HandOver(id="h1", url="https://lucheng.example/p/abc", expires=datetime(2026, 3, 4, 12, 10, tzinfo=UTC), received=received, closed=closed)


def test_the_phone_sends_pictures_while_the_terminal_shows_how_many():
    walk = photographing().choose("phone", nonce="h")
    assert walk.request == OpenHandOver(nonce="h", what="租赁合同", language="zh-CN")
    walk.reply(hand_over())
    assert (walk.name, walk.screen.code) == ("ShowCode", "https://lucheng.example/p/abc")
    assert walk.request == AwaitHandOver(id="h1", known=0)
    number = walk.view.number
    walk.reply(hand_over("p1"))
    assert walk.request == AwaitHandOver(id="h1", known=1)
    assert walk.view.number == number  # a touch made meanwhile still counts
    walk.reply(hand_over("p1", "p2", closed=True))
    walk.touch("enter", PHONE).choose("counter").touch("submit").touch("sign", SIGNATURE)
    assert walk.request.materials["lease"].uploads == ("p1", "p2")


def test_waiting_for_the_phone_does_not_keep_an_empty_place_open():
    walk = photographing().choose("phone").reply(hand_over())
    for _ in range(60):
        walk.tick(3)
        if walk.name != "ShowCode":
            break
        walk.reply(hand_over())
    assert walk.name == "Attract"


def test_the_phone_may_stop_before_anything_came():
    walk = photographing().choose("phone").reply(hand_over()).reply(hand_over(closed=True))
    assert (walk.name, walk.say(walk.screen.state)) == ("ShowCode", "没有收到照片，这个码不能再用。请点“换一种方式”")
    walk.touch("done")
    assert walk.name == "ShowCode"
    walk.touch("other")
    assert walk.here == "material"


def test_what_may_follow_is_promised():
    walk = filled(materials=(material("plan", "平面图", deferrable=True, defer_days=5),)).reply(()).choose("later")
    walk.touch("enter", PHONE).choose("counter").touch("submit").touch("sign", SIGNATURE)
    assert walk.request.materials["plan"] == GivenMaterial(answer=MaterialAnswer.LATER)


def test_by_post_wants_a_receiver_and_an_address_from_the_list_and_the_keys():
    walk = filled().reply((LICENCE,)).touch("enter", PHONE).choose("post").touch("enter", "测试·收件")
    walk.choose("99").choose("9901").touch("enter", "示范街道1号")
    walk.touch("submit").touch("sign", SIGNATURE)
    assert walk.request.delivery == Delivery(kind=DeliveryKind.POST, receiver="测试·收件", phone=PHONE, address="示范省鹿城市示范街道1号")


def test_what_the_parcel_needs_is_changed_at_the_check_one_by_one():
    walk = filled().reply((LICENCE,)).touch("enter", PHONE).choose("post").touch("enter", "测试·收件")
    walk.choose("99").choose("9901").touch("enter", "示范街道1号")
    walk.touch("change", "phone").touch("enter", "13900000016")
    walk.touch("change", "receiver").touch("enter", "测试·乙二")
    walk.touch("change", "post_division").choose("").touch("enter", "示范省白杨县2号")
    assert {row.key: row.value for row in walk.screen.rows if row.key in {"receiver", "post_division"}} == {"receiver": "测试·乙二", "post_division": "示范省白杨县2号"}
    walk.touch("submit").touch("sign", SIGNATURE)
    assert walk.request.delivery == Delivery(kind=DeliveryKind.POST, receiver="测试·乙二", phone="13900000016", address="示范省白杨县2号")


def test_the_form_filled_in_here_is_not_asked_for_on_paper():
    paper = material("form", "申请表", form="food-form")
    walk = filled(materials=(paper, material("other", "另一张表", form="other-form"), material("lease", "租赁合同"))).reply(())
    assert (walk.say(walk.screen.title), walk.say(walk.screen.hint)) == ("另一张表", "第 1 份，共 2 份材料")


def test_a_licence_revoked_meanwhile_is_asked_for_in_another_way_and_the_rest_stays():
    plan = material("plan", "平面图", deferrable=True, defer_days=5)
    walk = filled(materials=(FOOD.materials[0], plan)).reply((LICENCE,)).choose("later").touch("enter", PHONE).choose("counter")
    walk.touch("submit").touch("sign", SIGNATURE).refuse(refusal=Refusal.LICENCE_INVALID)
    assert isinstance(walk.request, LicencesOfPerson)
    walk.reply((replace(LICENCE, valid=False),))
    assert (walk.say(walk.screen.title), walk.say(walk.screen.hint)) == ("居民身份证", "这份电子证照已经失效")
    page(walk.choose("camera").touch("take")).touch("use").reply(Upload(id="p1", bytes=1, sha256="0")).touch("yes")
    assert (walk.name, walk.screen.hint) == ("CheckAnswers", FOOD.name)
    walk.touch("submit").touch("sign", SIGNATURE)
    assert {code: one.answer for code, one in walk.request.materials.items()} == {"id": MaterialAnswer.HAVE, "plan": MaterialAnswer.LATER}
