"""Tables. A promise that must always hold is a constraint here, under a name that says it."""

from feedback.models.audit import AuditEntry
from feedback.models.base import Base
from feedback.models.box import Envelope
from feedback.models.pilot import Pilot
from feedback.models.results import Comment, Document, NextStep, Release, Tally, Theme
from feedback.models.staff import SignIn, StaffMember
from feedback.models.survey import InstrumentVersion, Round

__all__ = [
    "AuditEntry",
    "Base",
    "Comment",
    "Document",
    "Envelope",
    "InstrumentVersion",
    "NextStep",
    "Pilot",
    "Release",
    "Round",
    "SignIn",
    "StaffMember",
    "Tally",
    "Theme",
]
