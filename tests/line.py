"""The line between a browser and the school, which a test can cut and mend."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Self


class Line:
    """Hands every byte on to a port of this machine. While it is cut, nobody answers at its own port."""

    def __init__(self, server_port: int) -> None:
        self._to = server_port
        self._open: list[socket.socket] = []
        self._near: set[socket.socket] = set()
        self._hears = True
        self._changing = threading.Lock()
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listening.getsockname()[1])
        self._start()

    @property
    def root(self) -> str:
        """What a browser asks for."""
        return f"http://127.0.0.1:{self.port}"

    def cut(self) -> Self:
        """From now on nothing gets through, also not on connections that were open."""
        # A thread that waits in accept() is woken by shutting down, not by closing.
        with self._changing:
            for each in (self._listening, *self._open):
                with suppress(OSError):
                    each.shutdown(socket.SHUT_RDWR)
                each.close()
            self._open.clear()
        return self

    def go_deaf(self) -> Self:
        """From now on what is asked arrives, and nothing of what is answered."""
        self._hears = False
        return self

    def mend(self) -> Self:
        """The line is back, after it was cut."""
        self._hears = True
        self._listening = socket.create_server(("127.0.0.1", self.port))
        self._start()
        return self

    def _start(self) -> None:
        threading.Thread(target=self._accept, args=(self._listening,), daemon=True).start()

    def _accept(self, listening: socket.socket) -> None:
        with suppress(OSError):
            while True:
                near, _address = listening.accept()
                far = socket.create_connection(("127.0.0.1", self._to))
                with self._changing:
                    self._open += [near, far]
                    self._near.add(near)
                    is_cut = listening.fileno() < 0
                if is_cut:
                    near.close()
                    far.close()
                    return
                threading.Thread(target=self._pump, args=(near, far), daemon=True).start()
                threading.Thread(target=self._pump, args=(far, near), daemon=True).start()

    def _pump(self, source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError):
            while body := source.recv(65536):
                if not self._hears and sink in self._near:
                    break
                sink.sendall(body)
        for each in (source, sink):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)


@contextmanager
def a_line(server_port: int) -> Iterator[Line]:
    """A line that holds until it is cut, and is cut in the end."""
    line = Line(server_port)
    yield line
    line.cut()
