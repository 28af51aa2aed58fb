"""The grammar of the register's files as pydantic records: what may stand where, and the JSON Schema for editors."""

import re
from typing import Annotated, Any, ClassVar, Final, Literal, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    PlainValidator,
    StringConstraints,
    Tag,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from orgreg.model.day import Fault, Nature, parse
from orgreg.text.scan import Bare

FORMATS: Final = ("1",)
"""The formats of `registry.yaml` that this version reads."""

SLUG: Final = r"^[a-z0-9][a-z0-9-]*$"
_REFERENCE: Final = r"^(?:[a-z0-9][a-z0-9-]*/)?[a-z0-9][a-z0-9-]*(?:#[a-z0-9][a-z0-9-]*)?$"
_DAY_FORM: Final = (
    r"^(unknown|(\.\.|\.\./)?[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?[~?%]?"
    r"((\.\.|/)([0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?[~?%]?|\.\.)?)?)$"
)


def _text_of_day(value: object) -> str:
    if isinstance(value, Bare) and value.text:
        return value.text
    if isinstance(value, str):
        return value
    raise _misfit(value, "a day")


def _misfit(value: object, wanted: str) -> PydanticCustomError:
    if isinstance(value, Bare) and not value.text:
        return PydanticCustomError("empty_value", "")
    return PydanticCustomError("misfit", "{wanted}", {"wanted": wanted})


def _day(value: object) -> str:
    text = _text_of_day(value)
    read = parse(text)
    if isinstance(read, Fault):
        raise PydanticCustomError("no_day", "{reason}", {"reason": read.reason, "remedy": read.remedy})
    return text


def _first_day(value: object) -> str:
    text = _day(value)
    read = parse(text)
    if not isinstance(read, Fault) and read.nature is Nature.THROUGHOUT:
        reason = f"{text} is an interval, and what stands here is one day: the first"
        remedy = f"write {text.replace('/', '..')} for one day between, or the first day alone"
        raise PydanticCustomError("no_day", "{reason}", {"reason": reason, "remedy": remedy})
    return text


def _whole_number(value: object) -> int:
    if isinstance(value, Bare) and re.fullmatch("0|[1-9][0-9]{0,8}", value.text):
        return int(value.text)
    raise _misfit(value, "a whole number without quotes")


def _truth(value: object) -> bool:
    if isinstance(value, Bare) and value.text in {"true", "false"}:
        return value.text == "true"
    raise _misfit(value, "true or false, without quotes")


def _pattern(value: object) -> str:
    if not isinstance(value, str):
        raise _misfit(value, "a regular expression in quotes")
    try:
        re.compile(value)
    except (re.error, RecursionError, OverflowError) as error:
        raise PydanticCustomError("no_pattern", "{reason}", {"reason": f"{value} is no regular expression: {error}"}) from None
    return value


def _list_or_word(value: object) -> str:
    return "@list" if isinstance(value, list) else "@word"


def _mapping_or_word(value: object) -> str:
    return "@mapping" if isinstance(value, dict) else "@word"


def key(description: str) -> Any:  # noqa: ANN401 - stands in for the value of a key that need not be there
    """A key that may be left out."""
    return Field(default=None, description=description)


Text = Annotated[str, StringConstraints(min_length=1)]
Slug = Annotated[str, StringConstraints(pattern=SLUG)]
Reference = Annotated[str, StringConstraints(pattern=_REFERENCE)]
_DAY_SCHEMA: Final = {"type": ["string", "integer"], "pattern": _DAY_FORM}
Day = Annotated[str, PlainValidator(_day), WithJsonSchema(_DAY_SCHEMA)]
FirstDay = Annotated[str, PlainValidator(_first_day), WithJsonSchema(_DAY_SCHEMA)]
WholeNumber = Annotated[int, PlainValidator(_whole_number), WithJsonSchema({"type": "integer", "minimum": 0})]
Truth = Annotated[bool, PlainValidator(_truth), WithJsonSchema({"type": "boolean"})]
Pattern = Annotated[str, PlainValidator(_pattern), WithJsonSchema({"type": "string", "format": "regex"})]

_Word = Annotated[Literal["unknown", "none"], Tag("@word")]
Texts = Annotated[Annotated[list[Text], Field(min_length=1), Tag("@list")] | _Word, Discriminator(_list_or_word)]
References = Annotated[Annotated[list[Reference], Field(min_length=1), Tag("@list")] | _Word, Discriminator(_list_or_word)]
OneOrMore = Annotated[
    Annotated[list[Reference], Field(min_length=1), Tag("@list")] | Annotated[Reference, Tag("@word")],
    Discriminator(_list_or_word),
]
PatternOrMore = Annotated[
    Annotated[list[Pattern], Field(min_length=1), Tag("@list")] | Annotated[Pattern, Tag("@word")],
    Discriminator(_list_or_word),
]


class Record(BaseModel):
    """A mapping of the register's files. Unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", defer_build=True)
    called: ClassVar[str] = "mapping"


class SourceRecord(Record):
    """Who says so: a paper, its words, and the day of which they speak."""

    called = "a source"
    paper: Reference = key("The paper that says so; left out in the paper's own file.")
    quote: Text = key("Its words, word for word; white space does not matter. Write it as a >- block.")
    attests: Day = key("The day of which the paper speaks here, where it is not its own date.")
    note: Text = key("A remark on the source.")


Sources = Annotated[
    Annotated[list[SourceRecord], Field(min_length=1), Tag("@list")] | Annotated[Literal["none"], Tag("@word")],
    Discriminator(_list_or_word),
]


class AnnulledRecord(Record):
    """The withdrawal of a decided future."""

    called = "annulled"
    day: Day = Field(description="The day on which it was withdrawn.")
    by: Reference = key("The paper that withdrew it.")
    because: Text = key("Why.")


class CorrectionRecord(Record):
    """We were wrong before; the city did not change."""

    called = "a correction"
    day: Day = Field(description="The day on which the register was put right.")
    of: Text = Field(description="What was put right: a key, or the route to it.")
    was: Text = Field(description="The lines that stood there before, word for word.")
    because: Text = Field(description="Why it was wrong.")
    sources: Sources = Field(description="Who says so.")


class EntryRecord(Record):
    """What every entry of a timeline may say beside its values."""

    called = "an entry"
    since: FirstDay = Field(alias="from", description="The first day on which it is so; an end's is the first day without.")
    status: Literal["proposed", "planned", "not_created"] = key("Where it is not in force: it counts with --planned only, not_created never.")
    change: Slug = key("The word for a change that touches several units, the same in each of them.")
    wording: Text = key("The source's own words for the day or the value.")
    inferred: dict[str, Text] = key("Which keys (or from) are concluded and not said by a source, each with the reason.")
    decided_by: OneOrMore = key("The paper that decided it; unknown, or none where nobody decided.")
    because: Text = key("Why.")
    note: Text = key("A remark.")
    annulled: AnnulledRecord = key("Voids a decided future that was withdrawn.")
    sources: Sources = Field(description="Who says so; none where nobody does.")

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        stated = self.model_fields_set
        for named in self.inferred or ():
            if ("since" if named == "from" else named) not in stated or named in _REMARKS:
                raise PydanticCustomError("inferred_nothing", "{named}", {"named": named})
        if stated <= _NO_VALUES:
            raise PydanticCustomError("nothing_said", "")
        return self


_REMARKS: Final = frozenset(EntryRecord.model_fields) - {"since"}
_NO_VALUES: Final = frozenset(EntryRecord.model_fields) | {"also"}


class AlternativeRecord(Record):
    """What another source says instead."""

    called = "an entry of also"
    since: FirstDay = Field(default=None, alias="from", description="The day that the other source gives.")
    sources: Sources = Field(description="Who says so.")
    because: Text = key("Why the entry's own value is preferred.")

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.model_fields_set <= {"sources", "because"}:
            raise PydanticCustomError("nothing_said", "")
        return self


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
    Annotated[MembershipRecord, Tag("@mapping")] | Annotated[Reference, Tag("@word")], Discriminator(_mapping_or_word)
]
Members = Annotated[Annotated[list[Member], Field(min_length=1), Tag("@list")] | _Word, Discriminator(_list_or_word)]
Contact = Annotated[Annotated[ContactRecord, Tag("@mapping")] | _Word, Discriminator(_mapping_or_word)]


def _staff(value: object) -> object:
    return value if value == "unknown" else _whole_number(value)


Staff = Annotated[
    int | str, PlainValidator(_staff), WithJsonSchema({"anyOf": [{"type": "integer", "minimum": 0}, {"const": "unknown"}]})
]


class UnitValues(Record):
    """What may be said of a unit."""

    name: Text = key("Its name, without its code and, where the city does not write it, without its kind.")
    short_name: Text = key("Its official short name.")
    aka: Texts = key("Variants of the name that the sources use.")
    code: Text = key('The number that it bears, in quotes: "50.21". Codes are reused; a code is no identity.')
    kind: Text = key("Its kind, in the city's own word, as registry.yaml lists it.")
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
    ended: Literal["dissolved", "absorbed", "merged", "split", "replaced", "left", "unknown"] = key("How its life ended.")
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
    timeline: list[UnitEntry] = Field(description="What became different, on which day, and who says so. Empty for a unit that never was.")
    tasks: dict[Slug, list[TaskEntry]] = key("What it is responsible for: a timeline each.")
    posts: dict[Slug, list[PostEntry]] = key("The posts (Planstellen) in it: a timeline each.")
    formerly: list[Slug] = key("Slugs under which this file stood before.")
    same_as: list[Text] = key("URIs of the same unit elsewhere.")
    note: Text = key("A remark on the unit as a whole.")
    corrections: list[CorrectionRecord] = key("What was recorded wrongly and has been put right.")


class ConsultationRecord(Record):
    """One station of a paper (Beratungsfolge)."""

    called = "a consultation"
    body: Reference = Field(description="The body; none where it was sent and not discussed, unknown where it is not named.")
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


class PaperAlternative(PaperValues, AlternativeRecord):
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
    consultations: Annotated[list[ConsultationRecord], Field(min_length=1)] = key("Where it was discussed (Beratungsfolge).")
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


Due = Annotated[Annotated[DueRecord, Tag("@mapping")] | _Word, Discriminator(_mapping_or_word)]


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


class KindRecord(Record):
    """A kind of unit, in the city's own word."""

    called = "a kind"
    rank: WholeNumber = key("Its rank in the line; 1 is the highest, 0 the administration as a whole.")
    code: PatternOrMore = key("What its codes look like; a group named parent is the code of the unit above.")
    numbers: Literal["own"] = key("own: its codes are counted for themselves and may be borne by units of other kinds.")
    body: Truth = key("Whether it is a body (Gremium), outside the line.")
    outside: Truth = key("Whether its units stand outside the city.")
    line: Truth = key("false: beside the line, as a Stabsstelle.")


class EraRecord(Record):
    """How papers were numbered from a day on."""

    called = "an era of numbers"
    since: FirstDay = Field(alias="from", description="The first day of this grammar.")
    form: Pattern = Field(description="What a number looks like, as a regular expression.")
    year: Literal["first", "last"] = key("Where the two digits of the year stand.")


class MunicipalityRecord(Record):
    """One city with its own codes, kinds and paper numbers."""

    called = "a municipality"
    name: Text = Field(description="What the city calls itself.")
    land: Text = key("The Land, for its school holidays.")
    time_zone: Text = key("Its time zone: Europe/Berlin.")
    ags: Text = key('The official key of the municipality, in quotes: "03101000".')
    kinds: dict[Text, KindRecord] = Field(description="The kinds of units, in the city's own words.")
    numbers: list[EraRecord] = key("How its papers were numbered, era by era.")
    topics: dict[Text, list[Text]] = key("Topics, each with its synonyms.")
    states: dict[Text, Literal["open", "active", "done", "dropped"]] = key("The city's words for the state of a step.")
    same_as: list[Text] = key("URIs of the same city elsewhere.")


class RegistryFile(Record):
    """What the cities call things: data/registry.yaml."""

    called = "registry.yaml"
    format: Annotated[str, PlainValidator(_text_of_day), WithJsonSchema({"type": "integer", "const": 1})] = Field(
        description="The format of these files."
    )
    uri: Text = key("Where the register is at home.")
    municipalities: dict[Slug, MunicipalityRecord] = Field(description="The cities of the register.")
