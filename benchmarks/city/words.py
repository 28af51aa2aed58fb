"""The words that made-up administrations are named with."""

from __future__ import annotations

from typing import Final

THEMES: Final = (
    "Soziales",
    "Jugend",
    "Familie",
    "Senioren",
    "Schule",
    "Bildung",
    "Kultur",
    "Sport",
    "Gesundheit",
    "Stadtplanung",
    "Bauordnung",
    "Denkmalpflege",
    "Hochbau",
    "Tiefbau",
    "Vermessung",
    "Umwelt",
    "Klimaschutz",
    "Grünflächen",
    "Friedhöfe",
    "Verkehr",
    "Straßen",
    "Finanzen",
    "Steuern",
    "Stadtkasse",
    "Personal",
    "Organisation",
    "Informationstechnik",
    "Recht",
    "Vergabe",
    "Ordnung",
    "Gewerbe",
    "Bürgerservice",
    "Wahlen",
    "Standesamt",
    "Feuerwehr",
    "Migration",
    "Integration",
    "Vielfalt",
    "Wohnen",
    "Wirtschaft",
    "Tourismus",
    "Statistik",
)
ASPECTS: Final = (
    "Planung",
    "Beratung",
    "Aufsicht",
    "Förderung",
    "Steuerung",
    "Verwaltung",
    "Koordination",
    "Prävention",
    "Genehmigung",
    "Abrechnung",
    "Grundsatz",
    "Service",
    "Bewilligung",
    "Controlling",
    "Vollzug",
    "Entwicklung",
    "Betreuung",
    "Betrieb",
)
PLACES: Final = (
    "Nord",
    "Süd",
    "West",
    "Ost",
    "Mitte",
    "Innenstadt",
    "Hafen",
    "Altstadt",
    "Bergviertel",
    "Neustadt",
    "Ringgebiet",
    "Vororte",
)
SYNONYMS: Final = {
    "migration": ("Migrationsfragen", "Zuwanderung"),
    "vielfalt": ("Diversität",),
    "wohnen": ("Wohnraum", "Unterbringung"),
    "klimaschutz": ("Klima",),
}
FIRST_NAMES: Final = ("Ada", "Bo", "Cem", "Dana", "Emil", "Fatma", "Georg", "Hilde", "Ines", "Jan", "Klara", "Levin")
LAST_NAMES: Final = ("Amt", "Beispiel", "Clausen", "Dorn", "Ehlers", "Fink", "Grote", "Heine", "Ihde", "Jacobs")
STEPS: Final = (
    "Bestandsaufnahme",
    "Benennung von Zielen",
    "Befragung der Einrichtungen",
    "Erarbeitung von Maßnahmen",
    "Beteiligung der Öffentlichkeit",
    "Beratung in den Gremien",
    "Umsetzung im Haushalt",
    "Evaluation",
)
STATES: Final = ("offen", "in Bearbeitung", "teilweise", "erledigt")

_LATIN: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "/": "-", ".": "-", " ": "-"})


def slug(text: str) -> str:
    """The text as the name of a file."""
    return text.lower().translate(_LATIN)
