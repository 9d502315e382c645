"""Schools as earlier versions left them, packed by `keep`."""

import tarfile
from pathlib import Path


def unpack(packed: Path, folder: Path) -> None:
    """Put a kept school into a folder."""
    with tarfile.open(packed) as kept:
        # Debian 12's Python (3.11.2) knows no filter yet; the files are our own.
        kept.extraction_filter = getattr(tarfile, "data_filter", lambda member, _path: member)
        kept.extractall(folder)  # noqa: S202 - see above
