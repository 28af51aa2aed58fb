"""The manual pages of the refusals: what is refused, why, what to do, an example of wrong and of right.

They read as the docstrings of check/rules do: a sentence, paragraphs, `Wrong:` and `Right:` with indented examples.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orgreg.text import refusals

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orgreg.model.finding import Rule

_PAGES: Final[Mapping[Rule, str]] = {
    refusals.UNREADABLE_FILE: """
A file of the register may not be read.

Nobody can say what stands in it, so every answer leaves it out, and a change that concerns it is refused.

Give yourself the right to read it, and find out who took it away.

Wrong:

    $ ls -l data/units/bs/rat.yaml
    ---------- 1 root root 512 data/units/bs/rat.yaml

Right:

    $ chmod u+rw,go+r data/units/bs/rat.yaml
    $ ls -l data/units/bs/rat.yaml
    -rw-r--r-- 1 root root 512 data/units/bs/rat.yaml
""",
    refusals.TOO_LARGE: """
A file of the register has more than 1,000,000 bytes.

No unit has that much history; such a file is something else under the wrong name, or was written by a program that
runs wild. Reading stops before it, so that nobody has to wait for it.

Take it out of data/, or split it into the units, papers or plans that it holds.

Wrong:

    $ ls -s --block-size=1 data/units/bs
    48234496 rat.yaml

Right:

    $ ls -s --block-size=1 data/units/bs
    4096 rat.yaml
""",
    refusals.LINK: """
A file of the register is a symbolic link.

The path is the identity: a link would be a second identity of the same bytes, and it may lead out of data/, to
something that git does not keep. The same would be read here and not on another machine.

Put the file itself here. For an old name of a unit that goes on, write `formerly:` in its file.

Wrong:

    $ ls -l data/units/bs
    rat-der-stadt.yaml -> rat.yaml

Right:

    # data/units/bs/rat.yaml
    formerly: [rat-der-stadt]
    timeline:
      - from: unknown
        name: Rat der Stadt
        kind: Amt
        parent: none
        sources: none
""",
    refusals.NOT_A_FILE: """
Something in data/ bears the name of a file and is none: a folder that cannot be listed, a pipe, a device.

Reading it would wait without end, or give something else each time.

Take it out of data/.

Wrong:

    $ mkfifo data/units/bs/rat.yaml

Right:

    $ rm data/units/bs/rat.yaml
""",
    refusals.MISPLACED_FILE: """
A file lies where the register reads none.

It reads data/registry.yaml, and data/units, data/decisions and data/actionplans, each with a folder for every
municipality and in that a file `<slug>.yaml` for each identity. A file beside them, one level too high or with another
ending would be forgotten without a word; therefore it is refused. Hidden files, and what does not end in .yaml or .yml
directly in data/, a README.md for instance, is left alone.

Move the file to where it belongs, give it the ending .yaml, or take it out of data/.

Wrong:

    data/units/rat.yaml
    data/units/bs/rat.yml

Right:

    data/units/bs/rat.yaml
""",
    refusals.NO_SLUG: """
The name of a file, of a folder, of a task, post or step is no slug.

A slug is a to z, 0 to 9 and hyphens, and begins with a letter or a digit: it is typed in shells, stands in addresses,
and must be the same on every computer. Therefore there are no capitals, no umlauts and no blanks.

Rename it: ä is ae, ß is ss, a blank is a hyphen. Take the name of the unit and not its code, for codes are reused.

Wrong:

    data/units/bs/Büro für Migrationsfragen.yaml

Right:

    data/units/bs/buero-fuer-migrationsfragen.yaml
""",
    refusals.DIFFERS_BY_CASE: """
Two files differ by upper and lower case only.

On Windows and macOS they are one file: whoever clones the register there gets one of the two, and git shows the other
one as changed for ever.

Rename one of them, or join the two into one.

Wrong:

    data/units/bs/Rat.yaml
    data/units/bs/rat.yaml

Right:

    data/units/bs/rat.yaml
""",
    refusals.NOT_UTF8: """
A file is not UTF-8.

An editor or a spreadsheet has saved it as Windows-1252 or UTF-16, so its umlauts are other bytes. Guessing would
change names without a word.

Open it in an editor that shows the umlauts correctly, and save it as UTF-8.

Wrong:

    $ file data/units/bs/buero.yaml
    data/units/bs/buero.yaml: ISO-8859 text

Right:

    $ iconv -f WINDOWS-1252 -t UTF-8 buero.yaml > new && mv new buero.yaml
    $ file data/units/bs/buero.yaml
    data/units/bs/buero.yaml: Unicode text, UTF-8 text
""",
    refusals.CONTROL_CHARACTER: r"""
A file holds a character that no editor shows.

It came along when text was copied from a PDF or a web page, or it was written as an escape. It makes a name that looks
right and is found by nobody; some of them steer the terminal, or turn the direction of what is read. A carriage return
without its line feed counts as well.

Delete it: the finding says which one it is and where it stands. Save the file with one kind of line end.

Wrong:

    # data/units/s/buero.yaml
    timeline:
      - from: unknown
        name: "B\u0007üro"
        kind: Amt
        parent: none
        sources: none

Right:

    # data/units/s/buero.yaml
    timeline:
      - from: unknown
        name: Büro
        kind: Amt
        parent: none
        sources: none
""",
    refusals.TAB: """
A file holds a tab.

YAML shows by blanks what belongs to what. A tab is as wide as each editor likes, so what looks like one level is
another; within a text it cannot be told from blanks.

Write blanks, two for each level; set your editor to do so for .yaml.

Wrong:

    timeline:
    →- from: unknown          (→ is a tab)

Right:

    timeline:
      - from: unknown
""",
    refusals.NO_YAML: """
A file is no YAML.

Mostly a quotation mark is not closed, a line stands too far left or right, or a plain text holds a colon followed by a
blank, which YAML takes for a key.

Look at the line named and at the one above it. Put a text with a colon in quotation marks, and a quote in a block that
begins with `>-`.

Wrong:

    # data/units/s/buero.yaml
    timeline:
      - from: unknown
        name: Büro: Migration
        kind: Amt
        parent: none
        sources: none

Right:

    # data/units/s/buero.yaml
    timeline:
      - from: unknown
        name: "Büro: Migration"
        kind: Amt
        parent: none
        sources: none
""",
    refusals.SEVERAL_DOCUMENTS: """
A file holds several YAML documents.

A line `---` begins a second one. The path is the identity, so a file is one unit, one paper or one plan; of several
documents most programs read the first and forget the rest.

Make a file of each, and delete the line.

Wrong:

    # data/units/s/buero.yaml
    timeline:
      - from: unknown
        name: Büro
        kind: Amt
        parent: none
        sources: none
    ---
    timeline: []

Right:

    # data/units/s/buero.yaml
    timeline:
      - from: unknown
        name: Büro
        kind: Amt
        parent: none
        sources: none
""",
    refusals.ANCHOR: """
A file uses an anchor (`&name`) or an alias (`*name`).

With them one line says something in many places, so nobody sees in a diff what a change changes, and a few lines can
be made to stand for gigabytes.

Write the value out in each place. A name that begins with & or * stands in quotation marks.

Wrong:

    # data/units/s/buero.yaml
    timeline:
      - from: unknown
        name: &name Büro
        short_name: *name
        kind: Amt
        parent: none
        sources: none

Right:

    # data/units/s/buero.yaml
    timeline:
      - from: unknown
        name: Büro
        short_name: Büro
        kind: Amt
        parent: none
        sources: none
""",
    refusals.TAG: """
A file uses a tag, such as `!!str`.

A tag tells a YAML program which type to make of a value; some make any object of it. Here the format says of every key
what it takes, so a tag says nothing.

Delete it. A value that is text and looks like a number is put in quotation marks.

Wrong:

    # data/units/s/buero.yaml
    timeline:
      - from: unknown
        name: Büro
        code: !!str 50.21
        kind: Amt
        parent: none
        sources: none

Right:

    # data/units/s/buero.yaml
    timeline:
      - from: unknown
        name: Büro
        code: "50.21"
        kind: Amt
        parent: none
        sources: none
""",
    refusals.DUPLICATE_KEY: """
A key stands twice in one mapping.

Of two equal keys most programs keep the last and say nothing, so one of the two statements would be lost unseen.

Keep one. What became different on another day is an entry of its own; what another source says belongs in `also:`.

Wrong:

    # data/units/s/buero.yaml
    timeline:
      - from: unknown
        name: Büro
        name: Büro für Migrationsfragen
        kind: Amt
        parent: none
        sources: none

Right:

    # data/units/s/buero.yaml
    timeline:
      - from: unknown
        name: Büro für Migrationsfragen
        aka: [Büro]
        kind: Amt
        parent: none
        sources: none
""",
    refusals.TOO_DEEP: """
Lists and mappings stand more than twelve deep in each other.

No file of the register needs so many levels; one that has them was made to break the program that reads it, or by a
program that is broken.

See docs/data-format.md for the shape of the file.

Wrong:

    # data/units/s/buero.yaml
    timeline: [[[[[[[[[[[[[[]]]]]]]]]]]]]]

Right:

    # data/units/s/buero.yaml
    timeline: []
""",
    refusals.EMPTY_FILE: """
A file says nothing.

It was emptied by mistake, or made and not written yet. Its path is an identity, so something would exist here of which
nothing is known.

Write it, or delete it. A unit that never was keeps its file, with an empty timeline and the correction.

Wrong:

    # data/units/s/buero.yaml

Right:

    # data/units/s/buero.yaml
    timeline: []
    corrections:
      - day: 2024-05-01
        of: timeline
        was: "name: Büro"
        because: there never was such a unit
        sources: none
""",
    refusals.NO_TEXT_KEY: """
A list or a mapping stands where a key belongs.

Every key of the register is a word. Mostly a bracket or a brace was meant as text.

Write a word before the colon; put text that begins with [ or { in quotation marks.

Wrong:

    # data/units/s/buero.yaml
    timeline:
      - from: unknown
        [name, short_name]: Büro
        kind: Amt
        parent: none
        sources: none

Right:

    # data/units/s/buero.yaml
    timeline:
      - from: unknown
        name: Büro
        short_name: Büro
        kind: Amt
        parent: none
        sources: none
""",
    refusals.DIRECTIVE: """
A file begins with a YAML directive, a line with %.

It would change how everything below it is read. The register's files are read in one way only.

Delete the line.

Wrong:

    # data/units/s/buero.yaml
    %YAML 1.1
    ---
    timeline: []

Right:

    # data/units/s/buero.yaml
    timeline: []
""",
    refusals.UNKNOWN_KEY: """
A key is none that the format has.

It is misspelt, or it stands one level too high or too low. If it were passed over, what it says would be lost without
a word.

Correct it: the finding names the nearest key. `orgreg schema` gives your editor the list, so that it offers them while
you type.

Wrong:

    # data/units/s/buero.yaml
    timeline:
      - from: unknown
        nmae: Büro
        name: Büro
        kind: Amt
        parent: none
        sources: none

Right:

    # data/units/s/buero.yaml
    timeline:
      - from: unknown
        name: Büro
        kind: Amt
        parent: none
        sources: none
""",
    refusals.MISSING_KEY: """
A key that must be there is missing.

Every entry has a `from` and `sources`, every paper a number, kind, title, date and author. What is not known is not
left out: `unknown` is a value, which is printed and can be asked for. Left out and not known cannot be told apart.

Add it; where no source says it, write `unknown`. Where no source says the whole statement, write `sources: none`.

Wrong:

    # data/units/s/buero.yaml
    timeline:
      - from: unknown
        name: Büro
        kind: Amt
        parent: none

Right:

    # data/units/s/buero.yaml
    timeline:
      - from: unknown
        name: Büro
        kind: Amt
        parent: none
        sources: none
""",
    refusals.QUOTE_IT: """
A text looks like a number, a day or true and false.

YAML takes 50.20 for a number and makes 50.2 of it, 0500 becomes 500 or 320, `no` becomes false. Another program would
read another code than you have written, and the difference is invisible.

Put it in quotation marks: the finding says how. `orgreg check --fix` does it for you.

Wrong:

    # data/units/s/buero.yaml
    timeline:
      - from: unknown
        name: Büro
        code: 50.20
        kind: Amt
        parent: none
        sources: none

Right:

    # data/units/s/buero.yaml
    timeline:
      - from: unknown
        name: Büro
        code: "50.20"
        kind: Amt
        parent: none
        sources: none
""",
    refusals.NO_DAY: """
A day does not exist, or is written in another way.

Days are written 2024-03-01. A month is 2024-03, a year 2024, the fourth quarter 2025-36; `~` says about; `a..b` is
some day between, `..b` by then, `a..` then or later, `a/b` throughout; `unknown` opens a timeline. 01.03.2024,
2024-3-1, a time of day and the 30th of February are refused, for everybody would guess differently.

Write the day as the finding says. What the source says in other words belongs in `wording:`.

Wrong:

    # data/units/s/buero.yaml
    timeline:
      - from: 1.3.2024
        name: Büro
        kind: Amt
        parent: none
        sources: none

Right:

    # data/units/s/buero.yaml
    timeline:
      - from: 2024-03-01
        wording: zum 1. März 2024
        name: Büro
        kind: Amt
        parent: none
        sources: none
""",
    refusals.WRONG_SHAPE: """
A value has another shape than its key takes: a list for a text, a text for a mapping, or the other way round.

Read as something it is not, it would lose a part of what it says.

Write it as the finding says: one value after the colon, several in brackets, a mapping as keys below.

Wrong:

    # data/units/s/buero.yaml
    timeline:
      - from: unknown
        name: Büro
        aka: Migrationsbüro
        kind: Amt
        parent: none
        sources: none

Right:

    # data/units/s/buero.yaml
    timeline:
      - from: unknown
        name: Büro
        aka: [Migrationsbüro]
        kind: Amt
        parent: none
        sources: none
""",
    refusals.NO_WORD_OF_THE_REGISTER: """
A key takes one of a few words, and this is none of them.

Programs act on these words: `status: planned` counts only when asked for, `ended: absorbed` has a successor. A word of
another kind would be passed over.

Write one of the words that the finding lists. What the source calls it belongs in `wording:`.

Wrong:

    # data/units/s/buero.yaml
    timeline:
      - from: 2024-03-01
        status: geplant
        name: Büro
        kind: Amt
        parent: none
        sources: none

Right:

    # data/units/s/buero.yaml
    timeline:
      - from: 2024-03-01
        status: planned
        wording: geplant
        name: Büro
        kind: Amt
        parent: none
        sources: none
""",
    refusals.NO_REFERENCE: """
A key that names a unit, a paper or a step holds something else.

A reference is the slug of a file: `sozialreferat`; of another city `bux/vhs`; of a post or task `unit#post`. A name or
a code leads to different units on different days, so neither is one.

Write the slug; `orgreg find NAME` shows it.

Wrong:

    # data/units/s/buero.yaml
    timeline:
      - from: unknown
        name: Büro
        kind: Amt
        parent: Das Amt (50)
        sources: none

Right:

    # data/units/s/buero.yaml
    timeline:
      - from: unknown
        name: Büro
        kind: Amt
        parent: amt
        sources: none
""",
    refusals.EMPTY_VALUE: """
A key has no value, or an empty list.

Nothing after the colon may mean not known, none, or not finished writing; each of them is something else to a reader.

Write the value; write `unknown` where no source says it and `none` where there is none; or delete the key.

Wrong:

    # data/units/s/buero.yaml
    timeline:
      - from: unknown
        name: Büro
        code:
        kind: Amt
        parent: none
        sources: none

Right:

    # data/units/s/buero.yaml
    timeline:
      - from: unknown
        name: Büro
        code: unknown
        kind: Amt
        parent: none
        sources: none
""",
    refusals.NOTHING_SAID: """
An entry says nothing, `inferred:` names a key that is not said there, or an effect does not say what it does.

An entry with a day and sources only states nothing that could be true. A reason without its statement is mostly a
misspelt key. An effect has one of orders, encourages and informs.

Say what became different, or delete it; name in `inferred:` a key that stands in the same entry.

Wrong:

    # data/units/s/buero.yaml
    timeline:
      - from: unknown
        name: Büro
        kind: Amt
        parent: none
        inferred:
          code: by analogy
        sources: none

Right:

    # data/units/s/buero.yaml
    timeline:
      - from: unknown
        name: Büro
        code: "50"
        kind: Amt
        parent: none
        inferred:
          code: by analogy
        sources: none
""",
    refusals.NO_PATTERN: """
A regular expression in registry.yaml is none, or has what patterns of a register do not have.

The patterns say what codes and paper numbers look like. With one that cannot be read, no code can be checked. They have
signs, classes, groups, `|`, `?`, `*`, `+` and counts, which mean the same to every reader of such expressions. There
are no look-arounds, references to groups, flags and lazy repetitions.

Correct it: every bracket is closed, and a backslash stands before what is meant as itself. Put it in single quotation
marks, in which YAML leaves the backslash alone.

Wrong:

    # data/registry.yaml
    format: 1
    municipalities:
      s:
        name: Stadt
        kinds:
          Amt: {rank: 1, code: '(\\d{2}'}

Right:

    # data/registry.yaml
    format: 1
    municipalities:
      s:
        name: Stadt
        kinds:
          Amt: {rank: 1, code: '\\d{2}'}
""",
    refusals.AMBIGUOUS_PATTERN: """
A pattern in registry.yaml may read one text in a great many ways.

Whether a code is of a pattern is found by trying one way to read it after the other. Of `(\\d+)+` there are twice as
many with each further digit, so that one long code would keep everybody waiting for ever, and a pull request could
stop the checks of all others. No beginning of a text may be read in more than 16 ways; mostly there is one.

Let each sign decide what comes next. What comes again and again begins or ends with a sign that its inside does not
have, `\\d+(-\\d+)*`; two parts of any length do not follow each other, unless a sign stands between them that the first
does not have. Where codes look different, write a list of patterns.

Wrong:

    # data/registry.yaml
    format: 1
    municipalities:
      s:
        name: Stadt
        kinds:
          Amt: {rank: 1, code: '(\\d+-?)+'}

Right:

    # data/registry.yaml
    format: 1
    municipalities:
      s:
        name: Stadt
        kinds:
          Amt: {rank: 1, code: '\\d+(-\\d+)*'}
""",
    refusals.OTHER_FORMAT: """
registry.yaml names a format that this orgreg does not read.

The register was written for another orgreg, mostly a newer one. What is read in the wrong format would be read wrongly,
so no file is read at all.

Install the orgreg that the README of the register names. Do not change the number.

Wrong:

    # data/registry.yaml
    format: 7
    municipalities:
      s:
        name: Stadt
        kinds:
          Amt: {rank: 1}

Right:

    # data/registry.yaml
    format: 1
    municipalities:
      s:
        name: Stadt
        kinds:
          Amt: {rank: 1}
""",
}

PAGES: Final[tuple[tuple[Rule, str], ...]] = tuple((rule, _PAGES[rule].strip()) for rule in refusals.REFUSALS)
"""Every refusal with its page, by code."""
