"""A paper file."""

from typing import Annotated, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from orgreg.text.records.common import (
    CorrectionRecord,
    Day,
    InsteadRecord,
    Record,
    Reference,
    References,
    Slug,
    Sources,
    Text,
    Texts,
    key,
)


class ConsultationRecord(Record):
    """One station of a paper (Beratungsfolge)."""

    called = "a consultation"
    body: Reference = Field(
        description="The body; none where it was sent and not discussed, unknown where it is not named."
    )
    item: Text = key('The number on the agenda, in quotes: "5.1".')
    role: Text = key("The role of the body there: zur Kenntnis, Vorberatung, Entscheidung …")
    date: Day = key("The day of the meeting.")
    result: Text = key("What came of it, in the city's words.")
    wording: Text = key("The source's words for the body.")
    quote: Text = key("The source's words.")
    note: Text = key("A remark.")


class RelationsRecord(Record):
    """How a paper stands to others."""

    called = "relations"
    answers: References = key("Papers that it answers.")
    amends: References = key("Papers that it amends.")
    supplements: References = key("Papers that it adds to.")
    replaces: References = key("Papers that it takes the place of.")
    cites: References = key("Papers that it mentions.")


class EffectRecord(Record):
    """What a paper does: orders, encourages or informs."""

    called = "an effect"
    orders: Text = key("What it orders.")
    encourages: Text = key("What it encourages.")
    informs: Text = key("What it informs of.")
    quote: Text = key("Its words.")

    @model_validator(mode="after")
    def _one_verb(self) -> Self:
        if len(self.model_fields_set - {"quote"}) != 1:
            raise PydanticCustomError("one_verb", "")
        return self


class PaperValues(Record):
    """What may be said of a paper."""

    number: Text = key('Its DS number, in quotes: "25-25182-01"; unknown, or none where it has none.')
    kind: Text = key("Its kind, in the city's word: Mitteilung, Anfrage, Stellungnahme …")
    title: Text = key("Its title (Betreff), or unknown.")
    date: Day = key("The day that it bears, or unknown.")
    author: References = key("The units or bodies that wrote it, or unknown.")
    lead: References = key("The units in charge of it (federführend).")
    signed: Text = key("Who signed it, as it says.")


class PaperAlternative(PaperValues, InsteadRecord):
    """What another source says of a paper instead."""


class PaperFile(PaperValues):
    """One paper: data/decisions/<municipality>/<slug>.yaml."""

    called = "a paper file"
    number: Text = Field(description='Its DS number, in quotes: "25-25182-01"; unknown, or none where it has none.')
    kind: Text = Field(description="Its kind, in the city's word: Mitteilung, Anfrage, Stellungnahme …")
    title: Text = Field(description="Its title (Betreff), or unknown.")
    date: Day = Field(description="The day that it bears, or unknown.")
    author: References = Field(description="The units or bodies that wrote it, or unknown.")
    aka: Texts = key("Other titles.")
    wording: Text = key("The source's own words for its date.")
    consultations: Annotated[list[ConsultationRecord], Field(min_length=1)] = key(
        "Where it was discussed (Beratungsfolge)."
    )
    relations: RelationsRecord = key("How it stands to other papers.")
    effects: Annotated[list[EffectRecord], Field(min_length=1)] = key("What it orders, encourages or informs of.")
    links: list[Text] = key("Where it can be read.")
    inferred: dict[str, Text] = key("Which keys are concluded and not said by a source, each with the reason.")
    also: Annotated[list[PaperAlternative], Field(min_length=1)] = key("What other sources say instead.")
    note: Text = key("A remark.")
    formerly: list[Slug] = key("Slugs under which this file stood before.")
    same_as: list[Text] = key("URIs of the same paper elsewhere.")
    corrections: list[CorrectionRecord] = key("What was recorded wrongly and has been put right.")
    sources: Sources = Field(description="Who says so; without paper: the paper itself.")

    @model_validator(mode="after")
    def _infers_what_is_said(self) -> Self:
        for named in self.inferred or ():
            if named not in self.model_fields_set:
                raise PydanticCustomError("inferred_nothing", "{named}", {"named": named})
        return self
