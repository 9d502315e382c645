"""Run as a file, by `voicebox start`: keeps server and worker running side by side, and stops both when one stops.

It imports nothing of Voicebox and nothing from outside Python, so that the process which only watches stays small.
"""

import signal
import subprocess
import sys
import time


def keep_both() -> int:
    """Until a signal or the end of one of the two; the worse exit code, 0 where a signal ended them."""
    children = [
        subprocess.Popen([sys.executable, "-m", "feedback", command])  # noqa: S603 - our own two commands
        for command in ("serve", "work")
    ]
    told: list[int] = []

    def stop(*given: object) -> None:
        told.append(len(given))
        for child in children:
            child.terminate()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    while all(child.poll() is None for child in children):
        time.sleep(0.2)
    asked_to = bool(told)
    stop()
    codes = [abs(child.wait()) for child in children]
    return 0 if asked_to else max(codes) or 1


if __name__ == "__main__":
    raise SystemExit(keep_both())
