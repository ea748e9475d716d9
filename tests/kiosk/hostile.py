"""A server that misbehaves on purpose: plain sockets, one function per connection, everything ended and closed at the end."""

import contextlib
import re
import socket
import threading


def reply(body, status=b"200 OK", *headers):
    lines = [b"HTTP/1.1 " + status, b"Content-Length: %d" % len(body), *headers]
    return b"\r\n".join(lines) + b"\r\n\r\n" + body


def whole(request):
    head, found, body = request.partition(b"\r\n\r\n")
    length = re.search(rb"(?i)content-length: (\d+)", head)
    return bool(found) and len(body) >= (int(length[1]) if length else 0)


class Hostile:
    """`act(connection, request, over)` is run for each connection; `over` is set when the test ends. `seen` counts requests."""

    def __init__(self, act):
        self._act = act
        self.over = threading.Event()
        self.seen = []
        self._changed = threading.Condition()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._threads = [threading.Thread(target=self._accept)]
        self._threads[0].start()

    def _accept(self):
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            thread = threading.Thread(target=self._serve, args=(connection,))
            self._threads.append(thread)
            thread.start()

    def _serve(self, connection):
        with connection, contextlib.suppress(OSError):
            request = b""
            while not whole(request):
                chunk = connection.recv(65536)
                if not chunk:
                    return
                request += chunk
            with self._changed:
                self.seen.append(request)
                self._changed.notify_all()
            self._act(connection, request, self.over)

    def wait_for(self, count):
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.seen) >= count, 20)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.over.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for thread in self._threads:
            thread.join(20)
            assert not thread.is_alive()


def say(data):
    """An act that sends these bytes and closes."""
    return lambda connection, _request, _over: connection.sendall(data)


def hang(_connection, _request, over):
    over.wait(30)


def trickle(head, byte=b" ", pause=0.05):
    """An act that sends `head` and then a byte now and then, for ever."""

    def act(connection, _request, over):
        connection.sendall(head)
        while not over.wait(pause):
            connection.sendall(byte)

    return act
