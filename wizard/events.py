"""What happens that somebody may count. With nobody listening it costs next to nothing."""

from __future__ import annotations

from blinker import Signal

completed = Signal("A questionnaire was answered to the end.")
decided = Signal("A decision was made; `seconds` is how long that took.")
helped = Signal("Somebody said whether a result helped; `value` is yes or no.")
