"""`make sbom`: writes dist/sbom.cdx.json."""

from tests.sbom.parts import ROOT
from tests.sbom.write import sbom


def main() -> None:
    """Write the list and say where it is."""
    path = ROOT / "dist" / "sbom.cdx.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(sbom(), encoding="utf-8")
    print(f"Written: {path}")  # noqa: T201 - this is a command line


if __name__ == "__main__":
    main()
