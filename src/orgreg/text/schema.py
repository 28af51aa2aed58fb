"""JSON Schema of the files, made from the records, in the dialect that editors read (draft 07)."""

from __future__ import annotations

from typing import Any, Final

from orgreg.text.grammar import record

DIALECT: Final = "http://json-schema.org/draft-07/schema#"
_GLOB: Final = {
    "units": "data/units/*/*.yaml",
    "decisions": "data/decisions/*/*.yaml",
    "actionplans": "data/actionplans/*/*.yaml",
    "registry": "data/registry.yaml",
}


def schema(folder: str) -> dict[str, Any]:
    """The schema of one kind of file, by its folder; `registry` for registry.yaml.

    An editor reads YAML its own way: a day may come as text, or as a number where it is a year alone.
    """
    made: dict[str, Any] = _dialect(record(folder).model_json_schema(by_alias=True))
    kind = made.pop("title")
    return {
        "$schema": DIALECT,
        "title": f"orgreg {kind.removesuffix('File').lower()} ({_GLOB[folder]})",
        **made,
    }


def _dialect(node: Any) -> Any:  # noqa: ANN401 - any part of a schema
    """The same schema in draft 07: definitions, no keys beside a $ref, no default that only says „left out“."""
    if isinstance(node, list):
        return [_dialect(one) for one in node]
    if not isinstance(node, dict):
        return node
    made = {
        "definitions" if key == "$defs" else key: _dialect(value)
        for key, value in node.items()
        if not _only_repeats(key, value, node)
    }
    reference = made.get("$ref")
    if isinstance(reference, str):
        made["$ref"] = reference.replace("#/$defs/", "#/definitions/")
        if len(made) > 1:
            made["allOf"] = [{"$ref": made.pop("$ref")}]
    if "oneOf" in made:
        # The arms are told apart by their shape alone; anyOf says the same and gives editors better messages.
        made["anyOf"] = made.pop("oneOf")
    return made


def _only_repeats(key: str, value: object, node: dict[str, Any]) -> bool:
    """Whether it says nothing: a default of „left out“, or a title that pydantic made of the key."""
    return (key == "default" and value is None) or (
        key == "title" and isinstance(value, str) and "properties" not in node
    )
