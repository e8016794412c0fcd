"""Comparisons that others can make again without the articles, and check with them."""

from framing.validity.replication.exporting import export_replication
from framing.validity.replication.verifying import Verification, verify_replication

__all__ = ["Verification", "export_replication", "verify_replication"]
