"""The tables: what is kept, judged, learned, reviewed; who is where, what is due, what was approved."""

from kaoji.records.models.approved import ApprovalLetter, ApprovedForm
from kaoji.records.models.judged import Override, Waiver
from kaoji.records.models.kept import (
    Declaration,
    Document,
    Event,
    FindingRow,
    IndicatorRow,
    Intake,
    LogHead,
    Revision,
)
from kaoji.records.models.learned import (
    IndicatorSheet,
    LibraryEntry,
    LibraryPair,
    Observation,
)
from kaoji.records.models.measured import Actual, SelfEvaluation, Spending
from kaoji.records.models.organised import Appointment, Organisation
from kaoji.records.models.reviewed import Opinion, Presence, Review
from kaoji.records.models.scheduled import Extension, Notice, Window

__all__ = [
    "Actual",
    "Appointment",
    "ApprovalLetter",
    "ApprovedForm",
    "Declaration",
    "Document",
    "Event",
    "Extension",
    "FindingRow",
    "IndicatorRow",
    "IndicatorSheet",
    "Intake",
    "LibraryEntry",
    "LibraryPair",
    "LogHead",
    "Notice",
    "Observation",
    "Opinion",
    "Organisation",
    "Override",
    "Presence",
    "Review",
    "Revision",
    "SelfEvaluation",
    "Spending",
    "Waiver",
    "Window",
]
