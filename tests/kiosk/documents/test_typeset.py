import threading

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.contract import Cancel, Document, Failed, Print, StatusChanged
from drivers.contract import Paper as ReceiptPaper
from drivers.errors import Reason
from kiosk.documents import device as device_module
from kiosk.documents.device import Typesetter
from kiosk.documents.messages import Compose, Composed
from kiosk.documents.sheets import Break, Code, Fill, Heading, Para, Rows, Sheets, Signature, Steps, Table
from kiosk.documents.typeset import LONGEST, TypesetError, typeset

ALL = (
    Heading("材料"),
    Para("具有相适应的场所", bold=True),
    Steps(("身份证", "平面图"), numbered=True),
    Steps(("我承诺属实",), boxes=True),
    Rows((("法定时限", "20 个工作日"),)),
    Table(("材料", "份数"), (("营业执照", "1"),), (3, 1)),
    Fill("姓名", "测试·甲一", 2),
    Code("https://lucheng.example/g/1", "扫码在手机上看"),
    Signature("签名", "M 100 200 L 300 100", "2026-11-22"),
    Break(),
    Para("第二页"),
)


def read(pdf):
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]
    finally:
        document.close()


def words(*blocks, **more):
    pdf, _ = typeset(Sheets(title="指南", blocks=blocks, **more))
    return " ".join(read(pdf))


def test_every_kind_of_block_is_set_with_header_footer_watermark_and_page_numbers():
    pdf, pages = typeset(Sheets(title="指南", subtitle="版本 3", header="鹿城市", footer="电话 12345", watermark="仅供测试", blocks=ALL))
    first, second = read(pdf)
    assert pages == 2
    for said in ("指南", "版本 3", "鹿城市", "电话 12345", "仅供测试", "材料", "1. 身份证", "我承诺属实", "20 个工作日", "营业执照", "测试·甲一", "扫码在手机上看", "1 / 2"):
        assert said in first, said
    assert "第二页" in second
    assert "2 / 2" in second


def test_what_stands_in_a_field_goes_over_no_other():
    pdf, _ = typeset(Sheets(title="表", blocks=(Fill("住所", "示范大街" * 40), Fill("电话", "999"))))
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0].get_textpage()
        tops = [page.get_charbox(at)[3] for at in range(page.count_chars()) if page.get_text_range(at, 1) in "示范大街"]
        below = page.get_charbox(page.get_text_range().index("电话"))[3]
    finally:
        document.close()
    assert len(tops) == 160
    assert min(tops) > below


def test_nothing_in_the_words_is_markup():
    hostile = '#import "x": * #read("/etc/passwd") $x^2$ *bold* _it_ <label> @ref \\ // [a] "q" ```raw```'
    assert hostile in words(Para(hostile))


def test_rare_characters_are_in_the_document():
    assert "㛃䶮𬭎" in words(Para("㛃䶮𬭎"))


@given(st.text(max_size=300))
@settings(max_examples=25, derandomize=True, deadline=None)
def test_any_text_is_set(text):
    pdf, pages = typeset(Sheets(title=text, header=text, footer=text, watermark=text[:20], blocks=(Heading(text), Fill(text, text), Steps((text,)))))
    assert pdf.startswith(b"%PDF")
    assert pages >= 1


def test_a_document_without_end_and_a_signature_that_is_none_are_refused_without_their_words():
    for blocks in ((Para("甲" * LONGEST),), (Signature("签名", 'M 0 0"/><script>'),)):
        with pytest.raises(TypesetError) as raised:
            typeset(Sheets(title="甲", blocks=blocks))
        assert "甲" not in str(raised.value)
        assert "script" not in str(raised.value)


class Ear:
    def __init__(self):
        self.events, self.heard = [], threading.Condition()

    def __call__(self, event):
        with self.heard:
            self.events.append(event)
            self.heard.notify_all()

    def answer(self, id_):
        def there():
            return next((event for event in self.events if getattr(event, "id", None) == id_), None)

        with self.heard:
            assert self.heard.wait_for(there, 20)
            return there()


@pytest.fixture
def typesetter():
    device, ear = Typesetter(), Ear()
    device.start(ear)
    yield device, ear
    device.stop()


def test_the_device_answers_each_command_once(typesetter):
    device, ear = typesetter
    device.do(Cancel(role="typesetter", id="c", of="b"))
    device.do(Compose(id="a", sheets=Sheets(title="甲", blocks=ALL)))
    device.do(Compose(id="b", sheets=Sheets(title="乙", blocks=())))
    device.do(Print(role="typesetter", id="p", paper=ReceiptPaper(())))
    made = ear.answer("a")
    assert isinstance(made, Composed)
    assert isinstance(made.document, Document)
    assert made.pages == 2
    assert "甲" not in repr(made)
    assert ear.answer("b").error.reason is Reason.CANCELED
    assert ear.answer("p").error.reason is Reason.UNSUPPORTED
    assert isinstance(ear.events[0], StatusChanged)


def test_what_waits_when_it_is_stopped_is_given_up(monkeypatch):
    began, go = threading.Event(), threading.Event()

    def slow(_sheets):
        began.set()
        assert go.wait(20)
        return b"%PDF", 1

    monkeypatch.setattr(device_module, "typeset", slow)
    device, ear = Typesetter(), Ear()
    device.start(ear)
    for name in ("first", "second"):
        device.do(Compose(id=name, sheets=Sheets(title="甲", blocks=())))
    assert began.wait(20)
    ending = threading.Thread(target=device.stop)
    ending.start()
    while not device._ending:
        pass
    go.set()
    ending.join(20)
    assert isinstance(ear.answer("first"), Composed)
    assert ear.answer("second").error.reason is Reason.CANCELED


@pytest.mark.errors_logged
def test_a_document_that_cannot_be_set_is_said(typesetter, caplog):
    device, ear = typesetter
    device.do(Compose(id="a", sheets=Sheets(title="机密", blocks=(Signature("x", "<>"),))))
    failed = ear.answer("a")
    assert isinstance(failed, Failed)
    assert failed.error.reason is Reason.JOB_REFUSED
    assert "机密" not in caplog.text
