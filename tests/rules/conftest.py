"""Settings for the tests of this folder."""

from __future__ import annotations

from hypothesis import settings

# A deadline measures how busy the machine is, not the code.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
