"""Tables. A promise that must always hold is a constraint here, under a name that says it."""

from feedback.models.audit import AuditEntry, Chore
from feedback.models.base import Base
from feedback.models.box import WITHDRAWN, Envelope, NameWord, Room, Slip, SlipRequest
from feedback.models.pilot import Pilot
from feedback.models.results import Comment, Document, NextStep, Release, ReportRequest, Tally, Theme
from feedback.models.staff import SignIn, StaffMember
from feedback.models.survey import InstrumentVersion, Round

__all__ = [
    "WITHDRAWN",
    "AuditEntry",
    "Base",
    "Chore",
    "Comment",
    "Document",
    "Envelope",
    "InstrumentVersion",
    "NameWord",
    "NextStep",
    "Pilot",
    "Release",
    "ReportRequest",
    "Room",
    "Round",
    "SignIn",
    "Slip",
    "SlipRequest",
    "StaffMember",
    "Tally",
    "Theme",
]
