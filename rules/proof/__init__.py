"""Proves the policy: for all answers, not for a sample."""

from rules.proof.prove import Problem, Report, prove

__all__ = ["Problem", "Report", "prove"]
