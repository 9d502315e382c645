"""Sound that a school brings along, made anew as speech: what is not sound never gets into the file that is served.

Run as a program it takes recordings from its input and gives speech back (`sound_apart`).
"""

import math
import sys
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: Seconds of one recording.
LONGEST = 180
#: Three minutes of a telephone's best sound are half of it.
_MOST_BYTES = 64 * 1024 * 1024
_FORMATS = {"WAV", "WAVEX", "FLAC", "OGG", "MP3"}
_MOST_CHANNELS, _HIGHEST_RATE = 2, 96_000
#: Samples a second, and libsndfile's measure of squeezing that makes 40 kbit/s of them: a voice needs no more.
_RATE, _SQUEEZED = 24_000, 0.79
#: Of what a file can hold: quieter than this is a microphone that was off; the loudest of a voice is brought to that.
_SILENCE, _LOUD = 0.003, 0.9


class SoundUnreadable(Exception):
    """The file is no recording that can be used; the text says why and what to do, for the console.

    `code` is one of "too_large", "unreadable", "too_long", "silent", "strange".
    """

    def __init__(self, code: str, told: str) -> None:
        super().__init__(told)
        self.code = code


def as_speech(body: bytes) -> bytes:
    """The recording as MP3 with one channel, equally loud for each voice; SoundUnreadable."""
    return _as_mp3(*hear(body))


def hear(body: bytes) -> tuple["NDArray[Any]", int]:
    """The voice in one channel, equally loud for each, and its samples a second; SoundUnreadable."""
    # Only here: no page loads them, and a process that serves pages lets another one do this.
    import numpy as np  # noqa: PLC0415
    import soundfile  # noqa: PLC0415

    if len(body) > _MOST_BYTES:
        raise SoundUnreadable("too_large", "is larger than 64 MB; save it as MP3")
    try:
        with _as_file(body) as file, soundfile.SoundFile(file.fileno(), closefd=False) as opened:
            _refuse_strange(opened.format, opened.channels, opened.samplerate)
            rate = opened.samplerate
            # A header may lie about the length, so no more is read than may be there.
            heard = opened.read(LONGEST * rate + 1, dtype="float32", always_2d=True)
    except (soundfile.LibsndfileError, RuntimeError, ValueError) as unreadable:
        raise SoundUnreadable("unreadable", "cannot be read; save it as MP3, WAV, OGG or FLAC") from unreadable
    if len(heard) > LONGEST * rate:
        raise SoundUnreadable(
            "too_long", f"is longer than {LONGEST // 60} minutes; read the question and its answers only"
        )
    voice = heard.mean(axis=1)
    loudest = float(np.abs(voice).max(initial=0.0))
    if not math.isfinite(loudest) or loudest < _SILENCE:
        raise SoundUnreadable("silent", "is silent; record it again")
    return voice * (_LOUD / loudest), rate


def _as_mp3(voice: "NDArray[Any]", rate: int) -> bytes:
    import numpy as np  # noqa: PLC0415 - as above
    import soundfile  # noqa: PLC0415 - as above

    if rate != _RATE:
        # Takes a second to load, and what a browser records here does not need it.
        from scipy.signal import resample_poly  # noqa: PLC0415

        step = math.gcd(_RATE, rate)
        voice = resample_poly(voice, _RATE // step, rate // step)
    voice = np.clip(voice, -1.0, 1.0)
    squeezed = {"compression_level": _SQUEEZED, "bitrate_mode": "CONSTANT"}
    with _as_file() as made:
        soundfile.write(made.fileno(), voice, _RATE, format="MP3", subtype="MPEG_LAYER_III", closefd=False, **squeezed)
        made.seek(0)
        return made.read()


def _as_file(body: bytes = b"") -> IO[bytes]:
    """A file without a name: for memory alone a library would write code, which the service's unit forbids."""
    file = TemporaryFile()  # noqa: SIM115 - whoever asks closes it
    file.write(body)
    file.flush()
    file.seek(0)
    return file


def _refuse_strange(format_: str, channels: int, rate: int) -> None:
    if format_ not in _FORMATS or not 0 < channels <= _MOST_CHANNELS or not 0 < rate <= _HIGHEST_RATE:
        raise SoundUnreadable(
            "strange", "is no recording of a voice; save it as MP3, WAV, OGG or FLAC in mono or stereo"
        )


def _main() -> None:
    """For each recording behind its length (four bytes): a line "code seconds length", and that many bytes of speech.

    The code is "made", or says what is wrong. With a word behind the program's name nothing is made, only heard.
    """
    while length := sys.stdin.buffer.read(4):
        body = sys.stdin.buffer.read(int.from_bytes(length))
        try:
            voice, rate = hear(body)
        except SoundUnreadable as unreadable:
            sys.stdout.buffer.write(f"{unreadable.code} 0 0\n".encode())
        else:
            made = b"" if sys.argv[1:] else _as_mp3(voice, rate)
            seconds = math.ceil(len(voice) / rate)
            sys.stdout.buffer.write(f"made {seconds} {len(made)}\n".encode() + made)
        # Whoever waits still has this one when the next one breaks us.
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    _main()
