"""A file of changes for `apply`."""

from typing import Annotated

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from orgreg.text.records.common import Day, Record, Slug, Text, key

Words = Annotated[list[Text], Field(min_length=1)]


class StanceRecord(Record):
    """What an order stands on."""

    date: Day = key("The day of the change.")
    by: Text = key("The paper that decided it; unknown or none.")
    source: Text = key("The paper that says so.")
    quote: Text = key("Its words.")
    because: Text = key("Why.")
    change: Slug = key("The word for what belongs together.")


class OrderRecord(StanceRecord):
    """One change: a verb with its words."""

    called = "a change"
    create: Words = key("KIND REF: unit, paper, plan, task, post or step, and its slug.")
    given: dict[Text, Text] = key("create: what is known of it, by its keys.", alias="with")
    set: Words = key("REF ATTRIBUTE VALUE.")
    correct: Words = key("REF ATTRIBUTE VALUE.")
    modality: Text = key("set, correct: how firmly a due day is meant: fixed, target or expected.")
    move: Words = key("UNIT TARGET.")
    under: Text = key("move: the unit to stand under.")
    into: Text = key("move: the unit to go into.")
    merge: Words = key("UNIT … INTO.")
    split: Words = key("UNIT INTO ….")
    dissolve: Words = key("UNIT.")
    children_to: Text = key("move, merge, split, dissolve: where the units below it go.", alias="children-to")
    tasks_to: Text = key("split, dissolve: where its tasks go; none for their end.", alias="tasks-to")
    posts_to: Text = key("split, dissolve: where its posts go; none for their end.", alias="posts-to")
    transfer: Words = key("UNIT#PART TARGET.")

    @model_validator(mode="after")
    def _one_verb(self) -> "OrderRecord":
        verbs = {"create", "set", "correct", "move", "merge", "split", "dissolve", "transfer"}
        if len(verbs & self.model_fields_set) != 1:
            raise PydanticCustomError("one_order", "")
        return self


class OrdersFile(StanceRecord):
    """Several changes of one reorganisation. What stands here holds for each that does not say otherwise."""

    called = "a file of changes"
    changes: Annotated[list[OrderRecord], Field(min_length=1)] = Field(description="The changes, in their order.")
