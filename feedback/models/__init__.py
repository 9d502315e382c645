"""Tables. A promise that must always hold is a constraint here, under a name that says it."""

from feedback.models.approvals import Approval
from feedback.models.audit import AuditEntry, Chore
from feedback.models.base import Base
from feedback.models.book import KINDS, BookEntry, Evidence, PilotDocument, Ticket
from feedback.models.box import WITHDRAWN, Envelope, NameWord, Room, Slip, SlipRequest
from feedback.models.clips import Clip
from feedback.models.door import OneTimeLink, Passkey, RecoveryCode
from feedback.models.pictures import Picture
from feedback.models.pilot import Pilot
from feedback.models.reading import Decision, Part, Reader
from feedback.models.registers import AuditPack, RegisterFact, SignOff
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
from feedback.models.retention import Certificate, Hold
from feedback.models.rules import FamilyNotice, FormApproval, Participation, PrivacyRules, SchoolLetter
from feedback.models.schools import DistrictSchool
from feedback.models.scope import BELONGS, ChooseSchool, OtherSchool
from feedback.models.staff import SignIn, StaffMember
from feedback.models.survey import InstrumentVersion, Round
from feedback.models.try_outs import TryOut, TryOutIdea, TryOutMark
from feedback.models.watch import Incident, IncidentNote, MonthReport, ProofRun
from feedback.models.workshop import CheckDecision, Draft, DraftStep, TextSignature, TranslatedText

__all__ = [
    "BELONGS",
    "KINDS",
    "WITHDRAWN",
    "Approval",
    "AuditEntry",
    "AuditPack",
    "Base",
    "BookEntry",
    "Certificate",
    "CheckDecision",
    "ChooseSchool",
    "Chore",
    "Clip",
    "Comment",
    "Decision",
    "DistrictSchool",
    "Document",
    "Draft",
    "DraftStep",
    "Envelope",
    "Evidence",
    "FamilyNotice",
    "FormApproval",
    "Hold",
    "Incident",
    "IncidentNote",
    "InstrumentVersion",
    "MonthReport",
    "NameWord",
    "NextStep",
    "OneTimeLink",
    "OtherSchool",
    "Part",
    "Participation",
    "Passkey",
    "Picture",
    "Pilot",
    "PilotDocument",
    "PrivacyRules",
    "ProofRun",
    "Reader",
    "RecoveryCode",
    "RegisterFact",
    "Release",
    "ReportRequest",
    "ReviewQuality",
    "ReviewStep",
    "RollUp",
    "Room",
    "Round",
    "SchoolLetter",
    "SignIn",
    "SignOff",
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
