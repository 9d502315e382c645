"""The public parts that an auditor needs."""

from dataclasses import dataclass

from feedback.operations.school import School
from feedback.privacy.evidence import evidence_key, evidence_pem
from feedback.privacy.signing import fingerprint


@dataclass(frozen=True, slots=True)
class PublicKey:
    """The school's evidence key: in hex, as people compare it aloud, and as OpenSSL reads it."""

    hex: str
    fingerprint: str
    pem: str


def public_key_of(school: School) -> PublicKey:
    """The public half of the key that signs certificates and heads."""
    key = evidence_key(school.keystore)
    return PublicKey(key.hex(), fingerprint(key), evidence_pem(key))
