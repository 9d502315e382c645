"""Tables. A promise that must always hold is a constraint here, under a name that says it."""

from feedback.models.approvals import Approval
from feedback.models.audit import AuditEntry, Chore
from feedback.models.base import Base
from feedback.models.book import KINDS, BookEntry, Evidence, PilotDocument, Ticket
from feedback.models.box import WITHDRAWN, Envelope, NameWord, Room, Slip, SlipRequest
from feedback.models.clips import Clip
from feedback.models.pictures import Picture
from feedback.models.pilot import Pilot
from feedback.models.reading import Decision, Part, Reader
from feedback.models.results import (
    Comment,
    Document,
    NextStep,
    Release,
    ReportRequest,
    ReviewQuality,
    ReviewStep,
    RollUp,
    Tally,
    Theme,
    Translations,
)
from feedback.models.staff import SignIn, StaffMember
from feedback.models.survey import InstrumentVersion, Round
from feedback.models.try_outs import TryOut, TryOutIdea, TryOutMark
from feedback.models.watch import Incident, IncidentNote, MonthReport, ProofRun
from feedback.models.workshop import CheckDecision, Draft, DraftStep, TextSignature, TranslatedText

__all__ = [
    "KINDS",
    "WITHDRAWN",
    "Approval",
    "AuditEntry",
    "Base",
    "BookEntry",
    "CheckDecision",
    "Chore",
    "Clip",
    "Comment",
    "Decision",
    "Document",
    "Draft",
    "DraftStep",
    "Envelope",
    "Evidence",
    "Incident",
    "IncidentNote",
    "InstrumentVersion",
    "MonthReport",
    "NameWord",
    "NextStep",
    "Part",
    "Picture",
    "Pilot",
    "PilotDocument",
    "ProofRun",
    "Reader",
    "Release",
    "ReportRequest",
    "ReviewQuality",
    "ReviewStep",
    "RollUp",
    "Room",
    "Round",
    "SignIn",
    "Slip",
    "SlipRequest",
    "StaffMember",
    "Tally",
    "TextSignature",
    "Theme",
    "Ticket",
    "TranslatedText",
    "Translations",
    "TryOut",
    "TryOutIdea",
    "TryOutMark",
]
