"""A plan file."""

from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag

from orgreg.text.records.common import (
    AlternativeRecord,
    CorrectionRecord,
    Day,
    EntryRecord,
    Record,
    Reference,
    References,
    Slug,
    Text,
    Texts,
    Word,
    key,
    mapping_or_word,
)


class PlanValues(Record):
    """What may be said of a plan."""

    title: Text = key("What the plan is called.")
    aka: Texts = key("Other titles.")
    mandate: References = key("The papers that ask for it.")
    responsible: References = key("The units that carry it.")
    goals: Texts = key("What it is to reach.")


class PlanAlternative(PlanValues, AlternativeRecord):
    """What another source says of a plan instead."""


class PlanEntry(PlanValues, EntryRecord):
    """What became different of a plan on a day."""

    also: Annotated[list[PlanAlternative], Field(min_length=1)] = key("What other sources say instead.")


class DimensionValues(Record):
    """What may be said of a dimension."""

    values: Texts = key("What it distinguishes.")
    state: Literal["proposed", "objected", "agreed"] = key("How it stands.")
    by: Reference = key("Who proposed, objected or agreed.")


class DimensionAlternative(DimensionValues, AlternativeRecord):
    """What another source says of a dimension instead."""


class DimensionEntry(DimensionValues, EntryRecord):
    """What became different of a dimension on a day."""

    also: Annotated[list[DimensionAlternative], Field(min_length=1)] = key("What other sources say instead.")


class DueRecord(Record):
    """When a step is due, and how firmly that is meant."""

    called = "due"
    day: Day = Field(description="The day: 2025-03-15, by a day ..2025-08-13, a quarter 2025-36, throughout a/b.")
    wording: Text = key("The source's words for it.")
    modality: Literal["fixed", "target", "expected"] = Field(description="How firmly it is meant.")


Due = Annotated[Annotated[DueRecord, Tag("@mapping")] | Word, Discriminator(mapping_or_word)]


class StepValues(Record):
    """What may be said of a step."""

    title: Text = key("What is to be done.")
    kind: Literal["step", "milestone", "event", "measure"] = key("What it is.")
    horizon: Text = key("For how long it is meant, in words.")
    due: Due = key("When it is due; none, or unknown.")
    responsible: References = key("Who is to do it: units or posts.")
    depends_on: References = key("Steps that come before it.")
    state: Text = key("What is known of its state, in the city's word: offen, in Bearbeitung, erledigt …")


class StepAlternative(StepValues, AlternativeRecord):
    """What another source says of a step instead."""


class StepEntry(StepValues, EntryRecord):
    """What became different of a step on a day; a report is such an entry."""

    also: Annotated[list[StepAlternative], Field(min_length=1)] = key("What other sources say instead.")


class PlanFile(Record):
    """One action plan: data/actionplans/<municipality>/<slug>.yaml."""

    called = "a plan file"
    timeline: list[PlanEntry] = Field(description="What became different of the plan as a whole.")
    dimensions: dict[Slug, list[DimensionEntry]] = key("What the plan looks at, beside its steps: a timeline each.")
    steps: dict[Slug, list[StepEntry]] = key("What is to be done: a timeline each.")
    formerly: list[Slug] = key("Slugs under which this file stood before.")
    same_as: list[Text] = key("URIs of the same plan elsewhere.")
    note: Text = key("A remark on the plan as a whole.")
    corrections: list[CorrectionRecord] = key("What was recorded wrongly and has been put right.")
