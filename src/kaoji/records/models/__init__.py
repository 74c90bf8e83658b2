"""The tables: what is kept, judged, learned, reviewed; who is where, what is due, what became of it."""

from kaoji.records.models.approved import ApprovalLetter, ApprovedForm
from kaoji.records.models.evaluated import (
    Evaluation,
    EvaluationReply,
    EvaluationReport,
    ExpertSheet,
    Recheck,
    RecheckSample,
)
from kaoji.records.models.evidenced import (
    Batch,
    Measure,
    ServiceRecord,
    Survey,
    SurveyAnswer,
    SurveyCode,
    SurveyLook,
)
from kaoji.records.models.judged import Override, Waiver
from kaoji.records.models.kept import (
    Declaration,
    Document,
    Event,
    FindingRow,
    IndicatorRow,
    Intake,
    LogHead,
    PagePicture,
    Revision,
)
from kaoji.records.models.keyed import AccessKey
from kaoji.records.models.learned import (
    IndicatorSheet,
    LibraryBacklog,
    LibraryEntry,
    LibraryPair,
    Observation,
)
from kaoji.records.models.measured import Actual, SelfEvaluation, Spending
from kaoji.records.models.monitored import (
    MonitoringPeriod,
    MonitoringReport,
    MonitoringReview,
)
from kaoji.records.models.organised import Appointment, Organisation
from kaoji.records.models.rectified import Rectification, RectificationStep
from kaoji.records.models.reviewed import Opinion, Presence, Review
from kaoji.records.models.scheduled import Extension, Notice, Window
from kaoji.records.models.signed_in import EmergencyCode, GivenPassword, SecondFactor, SignIn
from kaoji.records.models.summed import PlaceYear, Standing
from kaoji.records.models.uploaded import Confirmation, Upload
from kaoji.records.models.whole import WholeDecision, WholeEvaluation, WholePlan

__all__ = [
    "AccessKey",
    "Actual",
    "Appointment",
    "ApprovalLetter",
    "ApprovedForm",
    "Batch",
    "Confirmation",
    "Declaration",
    "Document",
    "EmergencyCode",
    "Evaluation",
    "EvaluationReply",
    "EvaluationReport",
    "Event",
    "ExpertSheet",
    "Extension",
    "FindingRow",
    "GivenPassword",
    "IndicatorRow",
    "IndicatorSheet",
    "Intake",
    "LibraryBacklog",
    "LibraryEntry",
    "LibraryPair",
    "LogHead",
    "Measure",
    "MonitoringPeriod",
    "MonitoringReport",
    "MonitoringReview",
    "Notice",
    "Observation",
    "Opinion",
    "Organisation",
    "Override",
    "PagePicture",
    "PlaceYear",
    "Presence",
    "Recheck",
    "RecheckSample",
    "Rectification",
    "RectificationStep",
    "Review",
    "Revision",
    "SecondFactor",
    "SelfEvaluation",
    "ServiceRecord",
    "SignIn",
    "Spending",
    "Standing",
    "Survey",
    "SurveyAnswer",
    "SurveyCode",
    "SurveyLook",
    "Upload",
    "Waiver",
    "WholeDecision",
    "WholeEvaluation",
    "WholePlan",
    "Window",
]
