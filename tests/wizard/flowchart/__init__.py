"""The picture of the questionnaire shows what the questionnaire does."""
