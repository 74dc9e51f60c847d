"""Pages to read without answering anything; they show nobody's answers."""

from wizard.pages.reading import asked, countries, places, rules

__all__ = ["asked", "countries", "places", "rules"]
