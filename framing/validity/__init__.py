"""Is it true of this corpus? Hand coding, agreement, accuracy, and correction for the machine's mistakes."""

from framing.validity.agreement import agreement, confusion, disagreements
from framing.validity.calibrating import calibration
from framing.validity.coding_files import read_coding_sample, write_coding_sample
from framing.validity.codings import codings_of
from framing.validity.correcting import correct
from framing.validity.describing import describe_agreement_of_coders, describe_validation
from framing.validity.describing_correction import describe_correction
from framing.validity.evaluating import describe_evaluation, evaluate, list_evaluations
from framing.validity.frames import FrameModel, add_frames, load_frames, save_frames, train_frames
from framing.validity.movement import AnalysisChanges, compare_analyses, describe_analysis_changes
from framing.validity.reading_codings import read_codings
from framing.validity.replication import Verification, export_replication, verify_replication
from framing.validity.sampling import CodingSample, sample_for_coding
from framing.validity.span_agreement import agreement_of_spans
from framing.validity.validating import list_mistakes, validate

__all__ = [
    "AnalysisChanges",
    "CodingSample",
    "FrameModel",
    "Verification",
    "add_frames",
    "agreement",
    "agreement_of_spans",
    "calibration",
    "codings_of",
    "compare_analyses",
    "confusion",
    "correct",
    "describe_agreement_of_coders",
    "describe_analysis_changes",
    "describe_correction",
    "describe_evaluation",
    "describe_validation",
    "disagreements",
    "evaluate",
    "export_replication",
    "list_evaluations",
    "list_mistakes",
    "load_frames",
    "read_coding_sample",
    "read_codings",
    "sample_for_coding",
    "save_frames",
    "train_frames",
    "validate",
    "verify_replication",
    "write_coding_sample",
]
