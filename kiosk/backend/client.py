"""The terminal's HTTP client of the office: one request, one typed reply or one BackendError, never a surprise.

Importing this module imports requests (about 0.1 s), so the terminal does it in the line's own thread.
"""

import re
import time
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from http import HTTPStatus

import msgspec
import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError, MaxRetryError, NewConnectionError, ProtocolError, ReadTimeoutError

from kiosk.backend.abort import Abort, Deadline
from kiosk.backend.access import OfficeAccess
from kiosk.backend.deadline import DeadlineAdapter
from kiosk.backend.messages import Request
from kiosk.backend.wire import Call, decode, encode
from kiosk.errors import BackendError, BackendReason, Refusal

_LARGEST_REPLY = 1024 * 1024
_CHUNK = 16 * 1024
_GZIP = 16 + zlib.MAX_WBITS  # zlib's word for that format
_BACK_OFF = (0.2, 0.6)  # seconds before the second and third try
_LONGEST_RETRY_AFTER = 24 * 3600
_ETAG = re.compile(r'(W/)?"[!#-~]{1,200}"')
_REASONS: Mapping[int, BackendReason] = {
    HTTPStatus.UNAUTHORIZED: BackendReason.UNAUTHORISED,
    HTTPStatus.FORBIDDEN: BackendReason.UNAUTHORISED,
    HTTPStatus.NOT_FOUND: BackendReason.NOT_FOUND,
    HTTPStatus.TOO_MANY_REQUESTS: BackendReason.RATE_LIMITED,
}


@dataclass(frozen=True, slots=True)
class Changed:
    """A reply that is another than the one before; `etag` is its name, "" where the office gave none."""

    reply: object
    etag: str


@dataclass(frozen=True, slots=True)
class _Answer:
    content: bytes
    etag: str = ""
    same: bool = False  # as what one has already


class OfficeClient:
    """Client of the office; safe to use from several threads.

    Each request has its own connection: a terminal asks a few times a minute, and a kept one may be dead when it is needed.
    Proxies and credentials of the environment are not used.
    """

    def __init__(self, access: OfficeAccess) -> None:
        self._access = access
        self._url = access.url.rstrip("/")

    def ask(self, request: Request, abort: Abort | None = None) -> object:
        """The office's reply; BackendError otherwise.

        A request that may be repeated without harm is tried up to three times within the total limit. Another (a look-up by number:
        each wrong one counts against the citizen) is sent again only if it never left.
        """
        answer = self._try(encode(request), abort or Abort(), repeat=request.REPEATABLE)
        return decode(request, answer.content)

    def ask_changed(self, request: Request, etag: str, abort: Abort | None = None) -> Changed | None:
        """As `ask`, but None where the reply is still the one that came with this `etag`; without one ("") there is always a reply."""
        answer = self._try(replace(encode(request), etag=etag), abort or Abort(), repeat=request.REPEATABLE)
        return None if answer.same else Changed(decode(request, answer.content), answer.etag)

    def healthy(self, abort: Abort | None = None) -> None:
        """Return if the office is up; BackendError otherwise. One try only."""
        answer = self._once(Call("GET", "/v1/health"), abort or Abort(), self._access.total)
        if _member(answer.content, "status") != "ok":
            raise BackendError(BackendReason.BROKEN, "not the office's health")

    def _try(self, call: Call, abort: Abort, *, repeat: bool) -> _Answer:
        end = time.monotonic() + self._access.total
        for pause in (*_BACK_OFF, None):
            try:
                return self._once(call, abort, end - time.monotonic())
            except _NeverSentError as error:
                failure: BackendError = error
            except BackendError as error:
                if not (repeat and error.unknown_outcome):
                    raise
                failure = error
            if pause is None or time.monotonic() + pause >= end or abort.aborted.wait(pause):
                break
        raise failure

    def _once(self, call: Call, abort: Abort, seconds: float) -> _Answer:
        with Deadline(seconds) as deadline, requests.Session() as session:
            session.trust_env = False
            session.auth = _no_auth
            adapter: HTTPAdapter = DeadlineAdapter(deadline)
            session.mount("http://", adapter)
            session.mount("https://", adapter)
            abort.begin(deadline)
            try:
                answer = self._send(session, call)
            except (BackendError, requests.RequestException, HTTPError, OSError, ValueError, zlib.error) as error:
                raise _translated(error, expired=deadline.expired) from None
            finally:
                abort.begin(None)
            if deadline.expired:  # without a length, a reply cut short looks complete
                raise BackendError(BackendReason.TIMEOUT, "total deadline")
            return answer

    def _send(self, session: requests.Session, call: Call) -> _Answer:
        headers = {
            "Authorization": f"Bearer {self._access.key}",
            "Accept": "application/json",
            "Accept-Encoding": "gzip",
            "Connection": "close",
        }
        if call.body is not None:
            headers["Content-Type"] = call.media_type
        if call.etag:
            headers["If-None-Match"] = call.etag
        with session.request(
            call.method,
            self._url + call.path,
            data=call.body,
            headers=headers,
            timeout=(self._access.connect, self._access.read),
            allow_redirects=False,
            stream=True,
            verify=self._access.ca or True,
        ) as response:
            content = _read(response)
        if response.status_code in {HTTPStatus.OK, HTTPStatus.CREATED}:
            return _Answer(content, _etag(response.headers.get("ETag", "")))
        if call.etag and response.status_code == HTTPStatus.NOT_MODIFIED:
            return _Answer(b"", call.etag, same=True)
        raise _refusal(response.status_code, response.headers, content)


class _NeverSentError(BackendError):
    """The connection did not come about, so the office cannot have acted."""

    sent = False


def _no_auth(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request  # keeps requests from looking for a .netrc


def _read(response: requests.Response) -> bytes:
    """The body, unpacked no further than the largest there may be: a small one can be huge inside."""
    coding = response.headers.get("Content-Encoding", "identity").lower()
    if coding not in {"identity", "gzip"}:
        raise BackendError(BackendReason.BROKEN, "in a coding that was not asked for")
    packed = zlib.decompressobj(wbits=_GZIP) if coding == "gzip" else None
    content = bytearray()
    for chunk in response.raw.stream(_CHUNK, decode_content=False):
        content += packed.decompress(chunk, _LARGEST_REPLY + 1 - len(content)) if packed else chunk
        if len(content) > _LARGEST_REPLY:
            raise BackendError(BackendReason.BROKEN, "reply larger than 1 MiB")
        if packed and packed.unused_data:
            raise BackendError(BackendReason.BROKEN, "more than one packed reply")
    if packed and not packed.eof:
        raise BackendError(BackendReason.BROKEN, "packed reply cut short")
    return bytes(content)


def _refusal(status: int, headers: Mapping[str, str], content: bytes) -> BackendError:
    detail = f"HTTP {status}"
    code = _member(content, "code")
    if status == HTTPStatus.CONFLICT and code == "closed":
        return BackendError(BackendReason.CLOSED, detail)
    if isinstance(code, str) and code in tuple(Refusal):
        return BackendError(BackendReason.REFUSED, detail, refusal=Refusal(code))
    if reason := _REASONS.get(status):
        return BackendError(reason, detail, retry_after=_seconds(headers.get("Retry-After", "")))
    if HTTPStatus.BAD_REQUEST <= status < HTTPStatus.INTERNAL_SERVER_ERROR:
        return BackendError(BackendReason.REFUSED, detail)
    return BackendError(BackendReason.BROKEN, detail)


def _member(content: bytes, name: str) -> object:
    """Member `name` of a JSON object; None where there is none."""
    try:
        value = msgspec.json.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    return value.get(name) if isinstance(value, dict) else None


def _etag(header: str) -> str:
    """The entity tag of a reply; "" for none, or for what could not be sent back."""
    return header if _ETAG.fullmatch(header) else ""


def _seconds(retry_after: str) -> int | None:
    if not (retry_after.isascii() and retry_after.isdigit()) or len(retry_after) > len(str(_LONGEST_RETRY_AFTER)):
        return None
    return min(int(retry_after), _LONGEST_RETRY_AFTER)


def _translated(error: Exception, *, expired: bool) -> BackendError:
    """Every foreign error as one of ours; its message may hold addresses and bodies, so only its type is kept."""
    if isinstance(error, BackendError) and not expired:
        return error
    if _never_sent(error):
        return _NeverSentError(BackendReason.UNREACHABLE, type(error).__name__)
    return BackendError(BackendReason.TIMEOUT if expired else _reason(error), type(error).__name__)


def _never_sent(error: Exception) -> bool:
    match error:
        case requests.ConnectTimeout():
            return True
        case requests.ConnectionError(args=[MaxRetryError(reason=NewConnectionError()), *_]):
            return True
        case _:
            return False


def _reason(error: Exception) -> BackendReason:
    match error:
        case requests.Timeout() | ReadTimeoutError():
            return BackendReason.TIMEOUT
        case requests.exceptions.SSLError():
            return BackendReason.UNREACHABLE
        case requests.ConnectionError(args=[ProtocolError(args=[_, OSError()]), *_]):
            return BackendReason.UNREACHABLE
        case _:
            return BackendReason.BROKEN
