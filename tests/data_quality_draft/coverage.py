"""The phrases that domain.md part A quotes from the seeds, and which of them no quote in data/ covers.

    python tests/data_quality_draft/coverage.py DOMAIN_MD

A quote of the same document covers a phrase if one contains the other (white space folded), or if every clause of the phrase is
contained in some quote. Exit 1 if a phrase is left over without a reason in LEFT_OUT.
"""

import os
import re
import sys
from pathlib import Path

from quotes import SEEDS, fold, quotes

#: phrase (folded) -> why no quote in data/ rests on it
LEFT_OUT: dict[str, str] = {}

PAPER = {f"S{int(number)}": paper for paper, number in SEEDS.items()}


def phrases(text: str):
    """(S0..S4, phrase); a phrase runs from „ to the “ that closes it, nested ones included."""
    part = text[text.index("\n# A.") : text.index("\n# B.")]
    for start in re.finditer(r"\b(S[0-4]): „", part):
        depth, at = 1, start.end()
        while depth and part[at] not in "\n":
            depth += {"„": 1, "“": -1}.get(part[at], 0)
            at += 1
        yield start[1], fold(part[start.end() : at - 1].replace("\\|", "|"))


def covered(phrase: str, have: list[str]) -> bool:
    def inside(text: str) -> bool:
        return any(text in quote for quote in have)

    if inside(phrase) or any(quote in phrase for quote in have if len(quote) >= 12):
        return True
    return all(inside(clause) for clause in re.split(r"(?<=[,.;:]) ", phrase))


def main() -> int:
    domain = Path(sys.argv[1] if len(sys.argv) > 1 else os.environ.get("ORGREG_DOMAIN", "domain.md"))
    have: dict[str, list[str]] = {}
    for _, paper, quote in quotes():
        have.setdefault(paper, []).append(fold(quote))
    wanted = sorted(set(phrases(domain.read_text(encoding="utf-8"))))
    left = [(s, p) for s, p in wanted if not covered(p, have.get(PAPER[s], []))]
    for s, phrase in left:
        print(f"{s}: {phrase}\n    {LEFT_OUT.get(phrase, 'NO REASON')}")
    stale = set(LEFT_OUT) - {p for _, p in left}
    for phrase in stale:
        print(f"in the list but covered: {phrase}")
    print(f"{len(wanted)} phrases, {len(left)} not covered")
    return 1 if stale or any(p not in LEFT_OUT for _, p in left) else 0


if __name__ == "__main__":
    sys.exit(main())
