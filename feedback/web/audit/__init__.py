"""The privacy officer's desk: what staff did, retention, registers, letters, proofs, rules."""

from feedback.web.audit import (
    backups,
    boxes,
    certificates,
    incidents,
    letters,
    listed,
    months,
    pages,
    privacy_rules,
    proof_names,
    proof_runs,
    proofs,
    registers,
    retention,
    two_people,
)

VIEWS = (
    backups.bp,
    boxes.bp,
    certificates.bp,
    incidents.bp,
    letters.bp,
    listed.bp,
    months.bp,
    pages.bp,
    privacy_rules.bp,
    proof_names.bp,
    proof_runs.bp,
    proofs.bp,
    registers.bp,
    retention.bp,
    two_people.bp,
)
