"""Recordings as a school brings them along: a tone in place of a voice."""

import io
from pathlib import Path

import numpy as np
import soundfile

#: What a telephone writes into its recordings.
NEEDLE = "needle-55b0 recorded at home"
PLACE = "+47.6205-122.3493/"


def a_recording(seconds: float = 1.0, *, rate: int = 44_100, kind: str = "WAV", loudness: float = 0.2) -> bytes:
    """A tone in stereo, with the name of whoever recorded it, and where; "OPUS" is what browsers send."""
    moments = np.arange(int(seconds * rate)) / rate
    tone = loudness * np.sin(2 * np.pi * 440 * moments)
    body = io.BytesIO()
    is_opus = kind == "OPUS"
    with soundfile.SoundFile(
        body, "w", rate, 2, "OPUS" if is_opus else None, format="OGG" if is_opus else kind
    ) as file:
        file.artist, file.title = NEEDLE, PLACE
        file.write(np.stack([tone, tone], axis=1))
    return body.getvalue()


def a_folder(folder: Path, *names: str, **sounds: bytes) -> Path:
    """A folder with a recording of each name, `again.wav`, and these besides."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / name).write_bytes(a_recording(kind=name.rpartition(".")[2].upper()))
    for stem, body in sounds.items():
        (folder / f"{stem}.wav").write_bytes(body)
    return folder
