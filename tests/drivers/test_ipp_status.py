import pytest

from drivers.contract import DeviceState, Level, Part
from drivers.errors import Action, Reason
from drivers.printers.ipp_status import Condition, means_printed, takes_pdf
from drivers.printers.ipp_supplies import Names

NAMES = Names({"upper": ""}, {"toner": ""})
IDLE, PRINTING, STOPPED = 3, 4, 5


def printer(*reasons, state=IDLE, **more):
    return {"printer-state": (state,), "printer-state-reasons": reasons or ("none",), "printer-is-accepting-jobs": (True,), **more}


def status(attributes, names=NAMES):
    return Condition(attributes, attributes, attributes).status(names)


def tray(name, level, most=250):
    return f"type=sheetFeedAutoRemovableTray;mediafeed=0;maxcapacity={most};level={level};status=0;name={name};".encode()


def toner(level, most=100, kind="toner", used="supplyThatIsConsumed"):
    return f"index=1;class={used};type={kind};unit=percent;maxcapacity={most};level={level};colorantname=black;".encode()


@pytest.mark.parametrize(
    ("reason", "state", "expected", "device"),
    [
        ("media-jam-error", STOPPED, Reason.PAPER_JAMMED, DeviceState.USER_ERROR),
        ("media-jam-warning", PRINTING, Reason.PAPER_JAMMED, DeviceState.USER_ERROR),  # ippeveprinter's word for a jam that stops it
        ("media-jam", IDLE, Reason.PAPER_JAMMED, DeviceState.USER_ERROR),  # no suffix is an error (RFC 8011, 5.4.12)
        ("cover-open-report", IDLE, Reason.COVER_OPEN, DeviceState.USER_ERROR),
        ("door-open-error", STOPPED, Reason.COVER_OPEN, DeviceState.USER_ERROR),
        ("media-empty-report", IDLE, Reason.PAPER_OUT, DeviceState.USER_ERROR),
        ("media-needed-error", STOPPED, Reason.PAPER_OUT, DeviceState.USER_ERROR),
        ("toner-empty-error", STOPPED, Reason.TONER_OUT, DeviceState.USER_ERROR),
        ("toner-empty-warning", IDLE, None, DeviceState.ONLINE),  # a warning prevents no job
        ("toner-low-report", IDLE, None, DeviceState.ONLINE),
        ("marker-waste-full-error", STOPPED, Reason.BIN_FULL, DeviceState.USER_ERROR),
        ("output-area-full-warning", IDLE, Reason.OUTPUT_FULL, DeviceState.USER_ERROR),
        ("shutdown", IDLE, Reason.UNPLUGGED, DeviceState.POWER_OFF),
        ("fuser-under-temp-error", IDLE, Reason.HARDWARE, DeviceState.DEVICE_BUSY),
        ("com.example.lamp-error", STOPPED, Reason.HARDWARE, DeviceState.HARDWARE_ERROR),
        ("com.example.lamp", IDLE, None, DeviceState.ONLINE),  # an unknown word of a printer that goes on
        ("none", STOPPED, Reason.HARDWARE, DeviceState.HARDWARE_ERROR),
        ("paused", STOPPED, Reason.NOT_CONFIGURED, DeviceState.OFFLINE),
    ],
)
def test_each_reason_says_what_is_wrong_and_who_acts(reason, state, expected, device):
    told = status(printer(reason, state=state))
    assert (told.error and told.error.reason) == expected
    assert told.state is device


def test_the_worst_reason_is_told():
    assert status(printer("media-empty-warning", "cover-open-error", state=STOPPED)).error.reason is Reason.COVER_OPEN


def test_a_queue_that_takes_no_jobs_is_a_matter_of_configuration():
    told = status(printer() | {"printer-is-accepting-jobs": (False,)})
    assert (told.state, told.error.action) == (DeviceState.OFFLINE, Action.CONFIGURATION)


def test_parts_follow_the_reasons():
    assert status(printer()).parts == {"cover": Part.CLOSED, "mechanism": Part.OK}
    assert status(printer("cover-open-error", "media-jam-error")).parts == {"cover": Part.OPEN, "mechanism": Part.JAMMED}


@pytest.mark.parametrize(
    ("reasons", "level"),
    [((), Level.FULL), (("media-low-report",), Level.LOW), (("media-empty-error",), Level.OUT), (("media-jam-error",), Level.JAMMED)],
)
def test_the_only_tray_follows_the_reasons(reasons, level):
    assert status(printer(*reasons)).supplies["upper"] is level


def test_trays_by_name_tell_their_own_level_and_one_with_paper_is_enough():
    names = Names({"upper": "Main", "lower": "Tray 2", "aux": "Manual", "park": "absent"}, {})
    told = status(printer("media-empty-warning", **{"printer-input-tray": (tray("main", 0), tray("tray 2", 100), tray("manual", -2))}), names)
    assert told.supplies == {"upper": Level.OUT, "lower": Level.FULL, "aux": Level.OUT, "park": Level.OUT, "outputBin": Level.OK}
    assert told.error is None
    calm = status(printer(**{"printer-input-tray": (tray("main", 250), tray("manual", -3))}), names)
    assert calm.supplies == {"upper": Level.FULL, "lower": Level.UNKNOWN, "aux": Level.FULL, "park": Level.UNKNOWN, "outputBin": Level.OK}


@pytest.mark.parametrize(("level", "expected"), [(80, Level.FULL), (10, Level.LOW), (1, Level.LOW), (0, Level.OUT), (-2, Level.UNKNOWN), (-3, Level.FULL)])
def test_toner_as_a_supply_and_as_a_marker(level, expected):
    supply = {"printer-supply": (toner(100, kind="wasteToner", used="receptacleThatIsFilled"), toner(level)), "printer-supply-description": ("Waste", "Black")}
    marker = {"marker-names": ("Waste", "Black"), "marker-types": ("waste-toner", "toner"), "marker-levels": (3, level), "marker-low-levels": (99, 10)}
    for told in (supply, marker):
        assert status(printer(**told)).supplies["toner"] is expected


def test_toner_by_name_and_by_reason():
    cartridges = {"marker-names": ("Black", "Cyan"), "marker-types": ("toner", "toner"), "marker-levels": (50, 0)}
    names = Names({}, {"black": "black", "cyan": "Cyan"})
    assert status(printer(**cartridges), names).supplies == {"black": Level.FULL, "cyan": Level.OUT, "outputBin": Level.OK}
    assert status(printer("toner-low-report")).supplies["toner"] is Level.LOW
    assert status(printer("marker-supply-empty-error")).supplies["toner"] is Level.OUT


def test_a_printer_that_tells_nothing_of_its_toner_is_not_believed_to_have_any():
    assert status(printer()).supplies["toner"] is Level.UNKNOWN


@pytest.mark.parametrize(
    "strange",
    [
        {"printer-supply": (b"level=9" * 9000,), "printer-supply-description": ("x",)},
        {"printer-supply": (toner("9" * 9000),), "printer-supply-description": ("x",)},
        {"marker-names": ("a", "b"), "marker-levels": (1,)},
        {"marker-names": (None, 5, b"x"), "marker-levels": ("full",)},
        {"printer-input-tray": (b"\xff\xfe", None, "level=;name=")},
        {"printer-state": ("idle",), "printer-state-reasons": (7, b"none", "-error", "")},
        {"printer-device-id": ("::;:;MFG",), "printer-make-and-model": (3,)},
    ],
)
def test_strange_words_break_nothing(strange):
    told = status(printer() | strange)
    assert set(told.supplies) == {"upper", "toner", "outputBin"}


def test_identity_is_short_and_printable():
    told = status(printer(**{"printer-make-and-model": ("A\x1b[31m" + "x" * 500,), "printer-device-id": ("MFG:Maker;MDL:M;SN:9999;",)}))
    assert told.identity["maker"] == "Maker"
    assert told.identity["serial"] == "9999"
    assert told.identity["model"].isprintable()
    assert len(told.identity["model"]) <= 64


QUEUE = {"device-uri": ("dnssd://printer",), "printer-state": (IDLE,), "printer-is-accepting-jobs": (True,)}


def test_of_a_queue_whose_printer_cannot_be_asked_nothing_is_known():
    told = Condition(QUEUE | {"printer-state-reasons": ("media-empty-error",)}, None, {}).status(NAMES)
    assert told.state is DeviceState.ONLINE  # what the last job left there may be long over
    assert set(told.parts.values()) == {Part.UNKNOWN}


def test_while_it_prints_a_queue_is_believed():
    told = Condition(QUEUE | {"printer-state-reasons": ("media-empty-error",)}, None, {}).status(NAMES, printing=True)
    assert told.error.reason is Reason.PAPER_OUT


@pytest.mark.parametrize(
    "message",
    [
        "The printer may not exist or is unavailable at this time.", "The printer is unreachable at this time.", "The printer is not responding.",
        "The printer is not connected.", "Unable to locate printer.", "The printer configuration is incorrect or the printer no longer exists.",
        "Waiting for printer to become available.", 'Unable to locate printer "a4.local".',
    ],
)  # fmt: skip
def test_a_printer_that_is_gone_is_told_by_a_message_only(message):
    hidden = QUEUE | {"printer-state": (PRINTING,), "printer-state-reasons": ("none",), "printer-state-message": (message,)}
    assert Condition(hidden, None, {}).status(NAMES, printing=True).error.reason is Reason.UNPLUGGED
    assert Condition(hidden, None, {}).status(NAMES).error is None


@pytest.mark.parametrize("message", ["Printing.", "Connected to printer.", "Rendering completed", ""])
def test_other_messages_of_a_queue_are_no_trouble(message):
    assert Condition(QUEUE | {"printer-state-message": (message,)}, None, {}).status(NAMES, printing=True).error is None


def test_completed_means_printed_only_by_ipp():
    assert means_printed({})
    assert means_printed({"device-uri": ("ipp://127.0.0.1/ipp/print",)})
    assert not means_printed({"device-uri": ("ipp://127.0.0.1/ipp/print?waitjob=false",)})
    assert not means_printed({"device-uri": ("usb://Maker/Model",)})


def test_a_printer_without_pdf_is_known():
    assert takes_pdf({})
    assert takes_pdf({"document-format-supported": ("image/urf", "application/pdf")})
    assert not takes_pdf({"document-format-supported": ("image/urf", "image/pwg-raster")})
