"""No character that is not seen comes out of a file, and no other is refused."""

from __future__ import annotations

from itertools import chain

from orgreg.model.finding import Place
from orgreg.text.scan import REFUSED_CHARACTER, decode

_BOM = b"\xef\xbb\xbf"


def test_every_character_that_is_not_seen_is_refused_and_no_other() -> None:
    for character in map(chr, chain(range(0xD800), range(0xE000, 0x11000))):
        text = f"name: Rat{character}haus\n"
        is_refused = character in "\r\t" or REFUSED_CHARACTER.search(character) is not None
        told, findings = decode(text.encode(), "rat.yaml")
        assert (told, bool(findings)) == (text, is_refused), f"U+{ord(character):04X}"


def test_a_byte_order_mark_is_taken_off_once() -> None:
    assert decode(_BOM + b"name: Rat\n", "rat.yaml") == ("name: Rat\n", [])
    text, (found,) = decode(_BOM + _BOM + b"name: Rat\n", "rat.yaml")
    assert text == "\ufeffname: Rat\n"
    assert found.message == "the character U+FEFF is one that is not seen"


def test_a_byte_that_is_no_text_is_found_where_it_stands_also_behind_a_byte_order_mark() -> None:
    written = "name: Rat\nkind: Büro\n".encode("latin-1")
    for before in (b"", _BOM):
        text, (found,) = decode(before + written, "rat.yaml")
        assert text is None
        assert found.place == Place(2, 8)
        assert found.message == "the byte fc is not UTF-8 (in Windows-1252 it is „ü“)"
