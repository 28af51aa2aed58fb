"""The pages of docs/rules, from where each rule is defined. `python -m tests.docs.rules` writes them anew."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from orgreg.check.manual import pages
from orgreg.formats.markdown import manual

FOLDER: Final = Path(__file__).parents[2] / "docs" / "rules"


def made() -> dict[str, str]:
    """Every page by the name of its file."""
    told = {page.file_name: manual.page(page) for page in pages()}
    return {
        name: "".join(f"{line}\n" for line in lines)
        for name, lines in {"index.md": manual.index(pages()), **told}.items()
    }


def written() -> dict[str, str]:
    """Every page that lies there."""
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*"))}


def main() -> None:
    """Write what is new and delete what is of no rule."""
    FOLDER.mkdir(exist_ok=True)
    wanted = made()
    for name in written().keys() - wanted.keys():
        (FOLDER / name).unlink()
    for name, text in wanted.items():
        (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
