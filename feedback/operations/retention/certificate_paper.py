"""A deletion certificate on paper: PDFs are made by a job, once for each language, and lie beside the database."""

from pathlib import Path

from feedback.operations.errors import NotFound
from feedback.operations.retention.certificates import CertificateSeen, find_certificate
from feedback.operations.school import School


def paper_of(school: School, seen: CertificateSeen, language: str) -> Path:
    """Where the PDF of a signed certificate lies, made or not; a recheck gives it another name. NotFound unsigned."""
    if seen.facts is None:
        raise NotFound(seen.id)
    checked = "-checked" if seen.recheck else ""
    return school.settings.instance / "certificates" / f"{seen.id}{checked}-{language}.pdf"


def certificate_to_print(school: School, certificate_id: str) -> CertificateSeen:
    """A signed certificate, for the command that prints it. NotFound."""
    seen = find_certificate(school, certificate_id)
    if seen.facts is None:
        raise NotFound(certificate_id)
    return seen


def keep_paper(school: School, seen: CertificateSeen, language: str, body: bytes) -> None:
    """Put a PDF where `paper_of` says."""
    path = paper_of(school, seen, language)
    path.parent.mkdir(mode=0o750, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_bytes(body)
    part.replace(path)
