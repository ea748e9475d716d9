"""What cameras see in these tests: the bench's own scenes, drawn here without a bench, and the start of drivers on a bench camera."""

import cv2
import numpy as np

from drivers.bench import camera, camera_scene
from drivers.contract import CodeRejected, CodeScanned

URL = "https://x.invalid/q?t=1"


PATIENT = {"open_ms": 8000}  # a bench camera on a busy machine takes its time to draw its first picture


def jpegs(code="", count=camera_scene.VARIANTS, **state):
    """A scene of the bench camera as JPEGs; `code` is shown on a phone."""
    shown = {"text": code} if code else {}
    return camera_scene.frames({**camera.DEFAULTS, **state}, shown, count)


def luma(code="", **state):
    return cv2.imdecode(np.frombuffer(jpegs(code, 1, **state)[0], np.uint8), cv2.IMREAD_GRAYSCALE)


def where(board):
    return {"source": f"http://{board.address}/"}


def codes(ear):
    return [event.text if isinstance(event, CodeScanned) else event.reason for event in ear.events if isinstance(event, CodeScanned | CodeRejected)]
