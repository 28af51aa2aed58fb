"""Every quote resting on a seed document stands in it word for word (white space folded); only known keys; references resolve.

    python tests/data_quality_draft/quotes.py [SEEDS]

SEEDS defaults to the environment variable ORGREG_SEEDS. Exit 1 if anything is false.
"""

import os
import re
import sys
from pathlib import Path

import yaml

DATA = Path(__file__).resolve().parents[2] / "data"
SEEDS = {
    "pressemitteilung-2024-04-08": "000",
    "mitteilung-2024-04-02": "001",
    "25-25182-01": "002",
    "webseite-integrationskonzept": "003",
    "wortprotokoll-2019-06-03": "004",
}
ENTRY = set(
    "from status change wording inferred also decided_by because note annulled sources".split()
)
UNIT = ENTRY | set(
    "name short_name aka code kind parent staff_of secretariat members coordinates steers involves advises "
    "agrees_with contact staff ended into out_of".split()
)
TASK = ENTRY | set("text topics ended into out_of".split())
POST = ENTRY | set("title head holder ended into out_of".split())
PLAN = ENTRY | set("title aka mandate responsible goals".split())
DIMENSION = ENTRY | set("values state by".split())
STEP = ENTRY | set("title kind horizon due responsible depends_on state".split())
SOURCE = set("paper quote attests note".split())
PAPER = set(
    "number kind title date author lead signed consultations relations effects links sources aka inferred also "
    "wording note formerly same_as corrections".split()
)
CONSULTATION = set("body item role date result wording note quote".split())
EFFECT = set("orders encourages informs quote".split())
RELATIONS = set("answers amends supplements replaces cites".split())
CONTACT = set("visit post phone fax email web hours".split())
STATES = set(
    "offen|in Bearbeitung|erledigt|teilweise|fortlaufend|zurückgestellt|nicht umsetzbar|unknown".split("|")
)
ORDER = (
    ["from", "status", "change", "annulled"],
    ["inferred"],
    ["also"],
    ["decided_by"],
    ["because", "note"],
    ["sources"],
)


class Unique(yaml.BaseLoader):
    """BaseLoader that refuses duplicate keys."""

    def construct_mapping(self, node, deep=False):
        keys = [self.construct_object(k, deep=deep) for k, _ in node.value]
        twice = {k for k in keys if keys.count(k) > 1}
        if twice:
            raise yaml.YAMLError(f"duplicate keys {sorted(twice)} at line {node.start_mark.line + 1}")
        return super().construct_mapping(node, deep)


def fold(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def read(path: Path):
    return yaml.load(path.read_text(encoding="utf-8"), Unique)


def seed_texts(folder: Path) -> dict[str, str]:
    return {
        paper: fold(next(folder.glob(f"{prefix}_*.txt")).read_text(encoding="utf-8"))
        for paper, prefix in SEEDS.items()
    }


def files():
    for path in sorted(DATA.glob("*/*/*.yaml")):
        yield path, path.relative_to(DATA).parts[0], path.parent.name, path.stem


def quotes():
    """(path, paper that the quote rests on, quote)."""

    def walk(value, own):
        if isinstance(value, dict):
            if "quote" in value:
                yield value.get("paper", own), value["quote"]
            for child in value.values():
                yield from walk(child, own)
        elif isinstance(value, list):
            for child in value:
                yield from walk(child, own)

    for path, _, _, stem in files():
        own = stem if "decisions" in path.parts else None
        for paper, quote in walk(read(path), own):
            yield path, paper, quote


def check(seeds: Path) -> list[str]:
    bad: list[str] = []
    texts = seed_texts(seeds)
    found = {(kind, city, stem): read(path) for path, kind, city, stem in files()}
    checked = 0

    def wrong(where, text):
        bad.append(f"{where}: {text}")

    for path, paper, quote in quotes():
        if paper in texts:
            checked += 1
            if fold(quote) not in texts[paper]:
                wrong(path.relative_to(DATA), f"not in {paper}: {fold(quote)}")

    def as_list(value):
        return value if isinstance(value, list) else [value]

    def exists(kind, city, slug, where):
        unit, _, part = slug.partition("#")
        if slug in ("unknown", "none"):
            return
        item = found.get((kind, city, unit))
        if item is None:
            wrong(where, f"no {kind} {slug}")
        elif part and part not in item.get("posts", {}):
            wrong(where, f"no post {slug}")

    def sources(value, city, where, own=False):
        if value == "none":
            return
        if not isinstance(value, list) or not value:
            return wrong(where, "no sources")
        for source in value:
            if extra := set(source) - SOURCE:
                wrong(where, f"source keys {extra}")
            if "paper" in source:
                exists("decisions", city, source["paper"], where)
            elif not own:
                wrong(where, "source without paper")

    def entry(item, keys, city, where, own=False):
        values = keys - ENTRY
        if extra := set(item) - keys:
            wrong(where, f"keys {extra}")
        if "from" not in item:
            wrong(where, "no from")
        if not set(item) & values:
            wrong(where, "no value")
        sources(item.get("sources"), city, where, own)
        for key in item.get("inferred", {}):
            if key not in item:
                wrong(where, f"inferred of absent {key}")
        for other in item.get("also", []):
            if extra := set(other) - values - {"from", "sources", "because"}:
                wrong(where, f"also keys {extra}")
            for key in set(other) - {"sources", "because", "from"}:
                if key not in item:
                    wrong(where, f"also of absent {key}")
            sources(other.get("sources"), city, where, own)
        for slug in as_list(item.get("decided_by", [])):
            exists("decisions", city, slug, where)
        for key in "parent staff_of secretariat into out_of coordinates steers involves advises agrees_with by responsible".split():
            if key in values:
                for value in [item] + item.get("also", []):
                    for slug in as_list(value.get(key, [])):
                        exists("units", city, slug, where)
        for slug in as_list(item.get("mandate", [])):
            exists("decisions", city, slug, where)
        if isinstance(item.get("contact"), dict) and (extra := set(item["contact"]) - CONTACT):
            wrong(where, f"contact {extra}")
        names = list(item)
        rank = {k: i for i, group in enumerate(ORDER, start=0) for k in group}
        places = [rank.get(k, 0.5) for k in names]
        if names[0] != "from" or places != sorted(places):
            wrong(where, f"order of keys {names}")

    def timeline(items, keys, city, where, opens=()):
        seen = set()
        first = set()
        for number, item in enumerate(items):
            at = f"{where}[{number}]"
            entry(item, keys, city, at)
            for key in set(item) & (keys - ENTRY):
                if (item["from"], key) in seen:
                    wrong(at, f"{key} twice in {item['from']}")
                seen.add((item["from"], key))
            if item["from"] == items[0]["from"]:
                first |= set(item)
        if missing := set(opens) - first:
            wrong(where, f"life begins without {missing}")

    registry = read(DATA / "registry.yaml")
    topics = {c: set(m.get("topics", {})) for c, m in registry["municipalities"].items()}
    kinds = {c: set(m["kinds"]) for c, m in registry["municipalities"].items()}
    for (kind, city, stem), item in found.items():
        where = f"{kind}/{city}/{stem}"
        if kind == "units":
            if extra := set(item) - set("timeline tasks posts formerly same_as note corrections".split()):
                wrong(where, f"keys {extra}")
            timeline(item["timeline"], UNIT, city, where, ("name", "kind", "parent"))
            for e in item["timeline"]:
                if "kind" in e and e["kind"] not in kinds[city]:
                    wrong(where, f"kind {e['kind']}")
            for slug, items in item.get("tasks", {}).items():
                timeline(items, TASK, city, f"{where}#{slug}", ("text",))
                for e in items:
                    if extra := set(e.get("topics", [])) - topics[city]:
                        wrong(where, f"topics {extra}")
            for slug, items in item.get("posts", {}).items():
                timeline(items, POST, city, f"{where}#{slug}", ("title",))
        elif kind == "actionplans":
            if extra := set(item) - set("timeline dimensions steps formerly same_as note corrections".split()):
                wrong(where, f"keys {extra}")
            timeline(item["timeline"], PLAN, city, where, ("title",))
            for slug, items in item.get("dimensions", {}).items():
                timeline(items, DIMENSION, city, f"{where}#{slug}")
            for slug, items in item.get("steps", {}).items():
                timeline(items, STEP, city, f"{where}#{slug}", ("title", "kind"))
                for e in items:
                    if e.get("state", "unknown") not in STATES:
                        wrong(where, f"state {e['state']}")
                    for other in as_list(e.get("depends_on", [])):
                        if other not in item["steps"]:
                            wrong(where, f"no step {other}")
        else:
            if extra := set(item) - PAPER:
                wrong(where, f"keys {extra}")
            for key in ("number", "kind", "title", "date", "author", "sources"):
                if key not in item:
                    wrong(where, f"no {key}")
            sources(item["sources"], city, where, own=True)
            for source in item["sources"]:
                if source.get("paper") == stem:
                    wrong(where, "paper: of itself")
            for key in item.get("inferred", {}):
                if key not in item:
                    wrong(where, f"inferred of absent {key}")
            for other in item.get("also", []):
                sources(other.get("sources"), city, where, own=True)
            for slug in as_list(item["author"]) + as_list(item.get("lead", [])):
                exists("units", city, slug, where)
            for row in item.get("consultations", []):
                if extra := set(row) - CONSULTATION:
                    wrong(where, f"consultation {extra}")
                exists("units", city, row["body"], where)
            for name, slugs in item.get("relations", {}).items():
                if name not in RELATIONS:
                    wrong(where, f"relation {name}")
                for slug in slugs:
                    exists("decisions", city, slug, where)
            for effect in item.get("effects", []):
                if set(effect) - EFFECT or len(set(effect) - {"quote"}) != 1:
                    wrong(where, f"effect {set(effect)}")
    print(f"{checked} quotes of seed documents, {len(found)} files")
    return bad


def main() -> int:
    bad = check(Path(sys.argv[1] if len(sys.argv) > 1 else os.environ.get("ORGREG_SEEDS", "seeds")))
    print("\n".join(bad) or "all in order")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
