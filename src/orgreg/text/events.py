"""From libyaml's events to plain keys, texts and lists; what is no YAML, or none that is read here, gets a sentence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import yaml

from orgreg.model.finding import Finding, Place, Route, Rule
from orgreg.text import refusals
from orgreg.text.bare import Bare, unquoted
from orgreg.text.plain import MAX_DEPTH
from orgreg.text.scan import REFUSED_CHARACTER, Scanned

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_PARSER: Final = getattr(yaml, "CLoader", yaml.Loader)


def events(text: str) -> Iterator[yaml.Event]:
    """The events of the text, from libyaml where PyYAML has it."""
    return iter(_PARSER(text).get_event, None)


def start(event: yaml.Event) -> tuple[int, int]:
    """The line and column where an event begins, both from 1."""
    mark = event.start_mark
    return (1, 1) if mark is None else (mark.line + 1, mark.column + 1)


def build(text: str, path: str) -> Scanned:
    """The tree of a file's text, or every fault that can be told apart from its follow-ups."""
    return _Builder(text, path).build()


class _Builder:
    """Builds the tree from events, remembering where it stands; stops at what makes the rest meaningless."""

    def __init__(self, text: str, path: str) -> None:
        self.path = path
        self.text = text
        self.findings: list[Finding] = []
        self.stack: list[dict[str, object] | list[object]] = []
        self.keys: list[str | None] = []
        self.tree: object = None
        self.documents = 0

    def build(self) -> Scanned:
        steps: dict[type[yaml.Event], Callable[..., None]] = {
            yaml.ScalarEvent: self._scalar,
            yaml.MappingStartEvent: self._mapping,
            yaml.SequenceStartEvent: self._sequence,
            yaml.MappingEndEvent: self._end,
            yaml.SequenceEndEvent: self._end,
            yaml.AliasEvent: self._alias,
            yaml.DocumentStartEvent: self._document,
        }
        nothing = _nothing
        try:
            for event in events(self.text):
                steps.get(type(event), nothing)(event)
        except _Stop:
            pass
        except yaml.MarkedYAMLError as error:
            self.findings.append(_no_yaml(error, self.text, self.path))
        except (yaml.YAMLError, UnicodeDecodeError) as error:  # the latter from a tag with a %-escape that is no text
            self.findings.append(
                Finding(refusals.NO_YAML, self.path, f"the file is no YAML: {error}", _LOOK, place=Place(1, 1))
            )
        if not self.findings and (self.documents == 0 or (isinstance(self.tree, Bare) and not self.tree.text)):
            self.findings.append(
                Finding(
                    refusals.EMPTY_FILE, self.path, "the file says nothing", "write it, or delete it", place=Place(1, 1)
                )
            )
        return Scanned(None if self.findings else self.tree, self.findings)

    def _find(self, rule: Rule, event: yaml.Event, message: str, hint: str, width: int = 1) -> None:
        route: Route = tuple(key for key in self._route() if key is not None)
        line, column = start(event)
        place = Place(line, column, max(1, width))
        self.findings.append(Finding(rule, self.path, message, hint, route=route, place=place))

    def _route(self) -> Iterator[str | int | None]:
        for container, key in zip(self.stack, self.keys, strict=True):
            yield key if isinstance(container, dict) else len(container)

    def _document(self, event: yaml.DocumentStartEvent) -> None:
        self.documents += 1
        if self.documents > 1:
            self._find(
                refusals.SEVERAL_DOCUMENTS,
                event,
                "a second document begins here",
                "keep one document a file: delete the line ---",
                3,
            )
            raise _Stop
        if event.version or event.tags:
            self._find(
                refusals.DIRECTIVE,
                event,
                "the file has a YAML directive",
                "delete the line that begins with %",
            )

    def _alias(self, event: yaml.AliasEvent) -> None:
        self._find(
            refusals.ANCHOR,
            event,
            f"*{event.anchor} is an alias",
            "write the value out in each place",
            len(str(event.anchor)) + 1,
        )
        self._put("", event)

    def _decorated(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        if event.anchor is not None:
            self._find(
                refusals.ANCHOR,
                event,
                f"&{event.anchor} is an anchor",
                "write the value out in each place",
                len(str(event.anchor)) + 1,
            )
        if event.tag is not None:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self._find(refusals.TAG, event, f"{tag} is a tag", "delete it; quote the value if it is text", len(tag))

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        if event.anchor is not None or event.tag is not None:
            self._decorated(event)
        text = event.value
        if event.style == '"' and (found := REFUSED_CHARACTER.search(text)):
            message = f"an escape stands for U+{ord(found[0]):04X}, a character that is not seen"
            self._find(refusals.CONTROL_CHARACTER, event, message, "delete it")
        self._put(text if event.style else unquoted(text), event)

    def _put(self, value: object, event: yaml.Event) -> None:
        if not self.stack:
            self.tree = value
            return
        container = self.stack[-1]
        if isinstance(container, list):
            container.append(value)
            return
        key = self.keys[-1]
        if key is None:
            self._key(value, event)
            return
        container[key] = value
        self.keys[-1] = None

    def _key(self, value: object, event: yaml.Event) -> None:
        container = self.stack[-1]
        if not isinstance(value, str | Bare):
            self._find(
                refusals.NO_TEXT_KEY,
                event,
                "a list or a mapping stands where a key belongs",
                "write a word before the colon",
            )
            raise _Stop
        key = str(value)
        if isinstance(container, dict) and key in container:
            self._find(
                refusals.DUPLICATE_KEY,
                event,
                f"{key} stands twice in one mapping",
                "keep one of the two",
                len(key),
            )
        self.keys[-1] = key

    def _mapping(self, event: yaml.MappingStartEvent) -> None:
        self._open({}, event)

    def _sequence(self, event: yaml.SequenceStartEvent) -> None:
        self._open([], event)

    def _open(self, container: dict[str, object] | list[object], event: yaml.CollectionStartEvent) -> None:
        if event.anchor is not None or event.tag is not None:
            self._decorated(event)
        if len(self.stack) >= MAX_DEPTH:
            self._find(
                refusals.TOO_DEEP,
                event,
                f"lists and mappings stand more than {MAX_DEPTH} deep in each other",
                "see docs/data-format.md for the shape of the file",
            )
            raise _Stop
        self._put(container, event)
        self.stack.append(container)
        self.keys.append(None)

    def _end(self, _event: yaml.Event) -> None:
        self.stack.pop()
        self.keys.pop()


class _Stop(Exception):  # noqa: N818 - ends the scan of one file, never leaves this module
    """What follows in the file can no longer be told apart from its fault."""


def _nothing(_event: yaml.Event) -> None:
    """Events that carry nothing."""


_LOOK: Final = "look at this line and the one before it: indentation, colons, quotes"
_IN_OUR_WORDS: Final = (
    (
        re.compile("could not find expected ':'"),
        "a key without its colon, or text that its quotes do not hold",
        "write `key: value`, text of several lines as a >- block",
    ),
    (
        re.compile("mapping values are not allowed"),
        "a second colon stands in the line",
        "put the text in quotes or in a >- block",
    ),
    (
        re.compile("did not find expected key|did not find expected '-' indicator|expected <block end>"),
        "the indentation fits no line above",
        "indent with two spaces a level, keys of one mapping alike",
    ),
    (
        re.compile("found unexpected end of stream|unexpected end of stream"),
        "a quote is opened and never closed",
        "close the quote",
    ),
    (
        re.compile("did not find expected ',' or"),
        "a list or mapping in brackets is not closed, or a comma is missing",
        "close the bracket, put commas between",
    ),
    (
        re.compile("found character .* that cannot start any token|cannot start any token"),
        "a value begins with a character that YAML keeps for itself",
        "put the value in quotes",
    ),
    (
        re.compile("found undefined tag handle|undefined tag|expected tag URI"),
        "a value begins with „!“, which YAML takes for a tag",
        "put the value in quotes",
    ),
    (
        re.compile("did not find expected alphabetic or numeric"),
        "a value begins with „*“ or „&“, which YAML takes for an alias",
        "put the value in quotes",
    ),
    (
        re.compile("unknown escape|escape character|expected hexdecimal number"),
        "a backslash in double quotes begins an escape that YAML does not know",
        "use single quotes",
    ),
    (
        re.compile("block (sequence|collections?) entries are not allowed"),
        "a list begins in the middle of a line",
        "begin the list on a line of its own",
    ),
)


def _no_yaml(error: yaml.MarkedYAMLError, text: str, path: str) -> Finding:
    problem = error.problem or str(error.context or "it cannot be parsed")
    what, remedy = next(
        ((ours, hint) for pattern, ours, hint in _IN_OUR_WORDS if pattern.search(problem)),
        (f"the file is no YAML: {problem}", _LOOK),
    )
    mark = error.problem_mark or error.context_mark
    if mark is None:
        return Finding(refusals.NO_YAML, path, what, remedy, place=Place(1, 1))
    opened = error.context_mark
    if "end of stream" in problem and opened is not None:
        mark = opened
    lines = max(1, text.count("\n") + (not text.endswith("\n")))
    return Finding(refusals.NO_YAML, path, what, remedy, place=Place(min(mark.line, lines - 1) + 1, mark.column + 1))
