"""Tests of the questionnaire."""
