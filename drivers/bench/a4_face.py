"""What the bench A4 printer says of itself: the attributes RFC 8011 requires, and trays and supplies as PWG 5100.13 has them."""

from collections.abc import Mapping
from typing import Any

from drivers.bench import a4_ipp as ipp
from drivers.bench.a4_engine import Engine
from drivers.bench.a4_ipp import Values

OPERATIONS = (0x02, 0x08, 0x09, 0x0A, 0x0B)  # Print-Job, Cancel-Job, Get-Job-Attributes, Get-Jobs, Get-Printer-Attributes
_A4 = "iso_a4_210x297mm"
_A4_SIZE = {"x-dimension": (ipp.INTEGER, [21000]), "y-dimension": (ipp.INTEGER, [29700])}  # hundredths of a millimetre
_IDLE, _PROCESSING, _STOPPED = 3, 4, 5
_LOW_TONER = 10  # percent

FIXED: dict[str, Values] = {
    "printer-name": (ipp.NAME, ["A4"]),
    "printer-info": (ipp.TEXT, ["A4 printer on the bench"]),
    "printer-location": (ipp.TEXT, [""]),
    "printer-more-info": (ipp.URI, ["http://127.0.0.1/"]),
    "printer-make-and-model": (ipp.TEXT, ["Lucheng A4-20 Bench"]),
    "printer-device-id": (ipp.TEXT, ["MFG:Lucheng;MDL:A4-20 Bench;CMD:PDF,URF;SN:9999990002;"]),
    "printer-uuid": (ipp.URI, ["urn:uuid:99999900-0002-4000-8000-000000000000"]),
    "printer-firmware-string-version": (ipp.TEXT, ["2.03"]),
    "charset-configured": (ipp.CHARSET, ["utf-8"]),
    "charset-supported": (ipp.CHARSET, ["utf-8"]),
    "natural-language-configured": (ipp.LANGUAGE, ["en"]),
    "generated-natural-language-supported": (ipp.LANGUAGE, ["en"]),
    "ipp-versions-supported": (ipp.KEYWORD, ["1.1", "2.0"]),
    "operations-supported": (ipp.ENUM, OPERATIONS),
    "compression-supported": (ipp.KEYWORD, ["none"]),
    "pdl-override-supported": (ipp.KEYWORD, ["not-attempted"]),
    "document-format-default": (ipp.MIME, ["application/octet-stream"]),
    "uri-authentication-supported": (ipp.KEYWORD, ["none"]),
    "uri-security-supported": (ipp.KEYWORD, ["none"]),
    "media-default": (ipp.KEYWORD, [_A4]),
    "media-supported": (ipp.KEYWORD, [_A4]),
    "media-ready": (ipp.KEYWORD, [_A4]),
    "media-col-default": (ipp.COLLECTION, [{"media-size": (ipp.COLLECTION, [_A4_SIZE])}]),
}


def attributes(values: Mapping[str, Any], engine: Engine, uri: str, up_time: int) -> dict[str, Values]:
    """All of them; `values` is the state, `up_time` in seconds."""
    stopped = values["paused"] or (engine.current is not None and bool(engine.trouble))
    state = _STOPPED if stopped else (_PROCESSING if engine.current else _IDLE)
    formats = ["application/octet-stream", "application/pdf", "image/urf"] if values["pdf"] else ["image/urf"]
    return FIXED | {
        "printer-uri-supported": (ipp.URI, [uri]),
        "printer-up-time": (ipp.INTEGER, [1 + up_time]),
        "printer-state": (ipp.ENUM, [state]),
        "printer-state-reasons": (ipp.KEYWORD, _reasons(values, engine)),
        "printer-is-accepting-jobs": (ipp.BOOLEAN, [not values["paused"]]),
        "queued-job-count": (ipp.INTEGER, [sum(not job.ended for job in engine.jobs)]),
        "document-format-supported": (ipp.MIME, formats),
        "sides-supported": (ipp.KEYWORD, ["one-sided", "two-sided-long-edge"] if values["duplex"] else ["one-sided"]),
        "print-color-mode-supported": (ipp.KEYWORD, ["monochrome", "color"] if values["colour"] else ["monochrome"]),
        "printer-input-tray": (ipp.OCTETS, [_tray(values)]),
        **_toner(values),
    }


def _reasons(values: Mapping[str, Any], engine: Engine) -> list[str]:
    found = engine.trouble
    found |= {"media-low": "report"} if values["media"] == "low" else {}
    found |= {"toner-low": "report"} if 0 < values["toner"] <= _LOW_TONER else {}
    found |= {"output-area-almost-full": "report"} if values["output"] == "high" else {}
    words = [f"{reason}-{values['severity'] or severity}" for reason, severity in found.items()]
    return words + (["paused"] if values["paused"] else []) or ["none"]


def _tray(values: Mapping[str, Any]) -> str:
    level = {"full": 250, "low": 20, "out": 0}[values["media"]]
    return f"type=sheetFeedAutoRemovableTray;mediafeed=29700;mediaxfeed=21000;maxcapacity=250;level={level};status=0;name=Main;"


def _toner(values: Mapping[str, Any]) -> dict[str, Values]:
    level = values["toner"]
    match values["tells_toner"]:
        case "supply":
            supply = f"index=1;class=supplyThatIsConsumed;type=toner;unit=percent;maxcapacity=100;level={level};colorantname=black;"
            return {"printer-supply": (ipp.OCTETS, [supply]), "printer-supply-description": (ipp.TEXT, ["Black Toner"])}
        case "marker":
            return {
                "marker-names": (ipp.NAME, ["Black Toner", "Waste"]),
                "marker-types": (ipp.KEYWORD, ["toner", "waste-toner"]),
                "marker-levels": (ipp.INTEGER, [level, 30]),
                "marker-low-levels": (ipp.INTEGER, [10, 90]),
            }
        case _:
            return {}
