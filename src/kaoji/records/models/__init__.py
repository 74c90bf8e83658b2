"""The tables: what is kept (documents, forms, events), judged, learned and reviewed."""

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
from kaoji.records.models.reviewed import Opinion

__all__ = [
    "Declaration",
    "Document",
    "Event",
    "FindingRow",
    "IndicatorRow",
    "IndicatorSheet",
    "Intake",
    "LibraryEntry",
    "LibraryPair",
    "LogHead",
    "Observation",
    "Opinion",
    "Override",
    "Revision",
    "Waiver",
]
