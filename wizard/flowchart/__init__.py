"""The picture of the questionnaire."""
