"""A unit file."""

from typing import Annotated, Literal

from pydantic import Discriminator, Field, PlainValidator, Tag, WithJsonSchema

from orgreg.text.records.common import (
    AlternativeRecord,
    CorrectionRecord,
    EntryRecord,
    Record,
    Reference,
    References,
    Slug,
    Text,
    Texts,
    Truth,
    Word,
    key,
    list_or_word,
    mapping_or_word,
    whole_number,
)


class MembershipRecord(Record):
    """Members given by a rule in words."""

    called = "a member"
    rule: Text = Field(description="Who belongs to it, in the source's words.")


class ContactRecord(Record):
    """How a unit is reached."""

    called = "a contact"
    visit: Text = key("Where visitors go.")
    post: Text = key("Where letters go.")
    phone: Text = key("Telephone, quoted.")
    fax: Text = key("Fax, quoted.")
    email: Text = key("E-mail.")
    web: Text = key("Web page.")
    hours: Text = key("When it is open.")


Member = Annotated[
    Annotated[MembershipRecord, Tag("@mapping")] | Annotated[Reference, Tag("@word")], Discriminator(mapping_or_word)
]
Members = Annotated[Annotated[list[Member], Field(min_length=1), Tag("@list")] | Word, Discriminator(list_or_word)]
Contact = Annotated[Annotated[ContactRecord, Tag("@mapping")] | Word, Discriminator(mapping_or_word)]


def _staff(value: object) -> object:
    return value if value == "unknown" else whole_number(value)


Staff = Annotated[
    int | str,
    PlainValidator(_staff),
    WithJsonSchema({"anyOf": [{"type": "integer", "minimum": 0}, {"const": "unknown"}]}),
]


class UnitValues(Record):
    """What may be said of a unit."""

    name: Text = key("Its name, without its code and, where the city does not write it, without its kind.")
    short_name: Text = key("Its official short name.")
    aka: Texts = key("Variants of the name that the sources use.")
    kind: Text = key("Its kind, in the city's own word, as registry.yaml lists it.")
    code: Text = key('The number that it bears, in quotes: "50.21". Codes are reused; a code is no identity.')
    parent: Reference = key("The unit above it; none for a root, unknown where no source says.")
    staff_of: Reference = key("The unit that it stands beside, outside the line; in place of parent.")
    secretariat: Reference = key("Of a body: the unit that runs its business (Geschäftsführung).")
    members: Members = key("Units that belong to it, or a rule in words.")
    coordinates: References = key("Whom it coordinates, beside the line.")
    steers: References = key("Whom it steers, beside the line.")
    involves: References = key("Whom it involves, beside the line.")
    advises: References = key("Whom it advises.")
    agrees_with: References = key("With whom it has to agree.")
    contact: Contact = key("How it is reached.")
    staff: Staff = key("How many people work there, as the source counts them.")
    ended: Literal["dissolved", "absorbed", "merged", "split", "replaced", "left", "unknown"] = key(
        "How its life ended."
    )
    into: References = key("Its successors. A succession is written once, here or as out_of there.")
    out_of: References = key("The units, living on, from which it began or got a part.")


class UnitAlternative(UnitValues, AlternativeRecord):
    """What another source says of a unit instead."""


class UnitEntry(UnitValues, EntryRecord):
    """What became different of a unit on a day."""

    also: Annotated[list[UnitAlternative], Field(min_length=1)] = key("What other sources say instead.")


class TaskValues(Record):
    """What may be said of a task."""

    text: Text = key("What the unit is responsible for.")
    topics: Texts = key("Words under which it is found; registry.yaml gives their synonyms.")
    ended: Literal["transferred", "dissolved", "absorbed", "unknown"] = key("How it ended here.")
    into: References = key("Where it went.")
    out_of: References = key("Where it came from.")


class TaskAlternative(TaskValues, AlternativeRecord):
    """What another source says of a task instead."""


class TaskEntry(TaskValues, EntryRecord):
    """What became different of a task on a day."""

    also: Annotated[list[TaskAlternative], Field(min_length=1)] = key("What other sources say instead.")


class PostValues(Record):
    """What may be said of a post."""

    title: Text = key("What the post is called.")
    head: Truth = key("Whether its holder heads the unit.")
    holder: Text = key("Who holds it, as public papers name them; vacant, or unknown.")
    ended: Literal["transferred", "dissolved", "absorbed", "unknown"] = key("How it ended here.")
    into: References = key("Where it went.")
    out_of: References = key("Where it came from.")


class PostAlternative(PostValues, AlternativeRecord):
    """What another source says of a post instead."""


class PostEntry(PostValues, EntryRecord):
    """What became different of a post on a day."""

    also: Annotated[list[PostAlternative], Field(min_length=1)] = key("What other sources say instead.")


class UnitFile(Record):
    """One unit of a city: data/units/<municipality>/<slug>.yaml."""

    called = "a unit file"
    timeline: list[UnitEntry] = Field(
        description="What became different, on which day, and who says so. Empty for a unit that never was."
    )
    tasks: dict[Slug, list[TaskEntry]] = key("What it is responsible for: a timeline each.")
    posts: dict[Slug, list[PostEntry]] = key("The posts (Planstellen) in it: a timeline each.")
    formerly: list[Slug] = key("Slugs under which this file stood before.")
    same_as: list[Text] = key("URIs of the same unit elsewhere.")
    note: Text = key("A remark on the unit as a whole.")
    corrections: list[CorrectionRecord] = key("What was recorded wrongly and has been put right.")
