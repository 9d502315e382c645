"""R1 to R10 of the promise "when you see the tick, it is stored": real processes, killed, starved and cut off.

`service.py` runs the shipped server, `posters.py` are the respondents, `audit.py` compares what was acknowledged with
what is in the box and in the count; `failing_disk.py`, `recorder.c` and `replay.py` are a disk that fails. The storms
are in `kills.py`, `cuts.py` and `troubles.py`, once: small from pytest, whole from `make soak` (`__main__.py`).
"""
