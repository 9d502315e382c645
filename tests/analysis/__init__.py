"""Tests of the pure analysis package: no fixtures, no files but the sample comments."""

from hypothesis import settings

# The same examples every time, without a folder of its own, and without a stopwatch on a shared machine.
settings.register_profile("voicebox", database=None, deadline=None, derandomize=True)
settings.load_profile("voicebox")
