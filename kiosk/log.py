"""Log lines as JSON: time, level, logger, message, and the place of an exception without its values."""

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO


class JsonLines(logging.Formatter):
    """One JSON object a line. Of an exception it keeps the type and the code's places: messages may quote what was read."""

    def format(self, record: logging.LogRecord) -> str:
        """Make the line."""
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info and record.exc_info[0] is not None:
            line["exception"] = record.exc_info[0].__name__
            frames = traceback.extract_tb(record.exc_info[2])
            line["at"] = " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(frames))
        return json.dumps(line, ensure_ascii=False)


def set_up(stream: TextIO = sys.stderr, level: int = logging.INFO) -> None:
    """Send all logging of this process to `stream`."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=level, handlers=[handler], force=True)
