"""Which texts an encoder works on at once: always the same ones together, because its last digits depend on that."""

from collections.abc import Iterator, Sequence

#: Pieces that are worked on at once, empty ones included: a few texts of many pieces, or many of a few.
AT_ONCE = 1024


def batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Places of texts of about the same length (in pieces), together; the same for the same lengths."""
    batch: list[int] = []
    for i in sorted(range(len(lengths)), key=lambda i: (lengths[i], i)):
        if batch and (len(batch) + 1) * lengths[i] > AT_ONCE:
            yield batch
            batch = []
        batch.append(i)
    if batch:
        yield batch
