"""Recording in git what was written: one commit with the touched files alone, made by the user's `git commit`."""

from __future__ import annotations

import os
import re
import subprocess
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from orgreg.store import Missing
from orgreg.store.git import NoRepository, Repository, has_git, of_the_user
from orgreg.store.journal import words
from orgreg.store.publishing import Write
from orgreg.store.working_tree import DATA, REGISTRY

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from pathlib import Path

    from git import Commit, Repo

_WITHOUT: Final = "or leave it unrecorded: --no-commit"
_UNDER_WAY: Final = {
    "MERGE_HEAD": ("a merge", "git merge --continue or --abort"),
    "rebase-merge": ("a rebase", "git rebase --continue or --abort"),
    "rebase-apply": ("a rebase", "git rebase --continue or --abort"),
    "CHERRY_PICK_HEAD": ("a cherry-pick", "git cherry-pick --continue or --abort"),
    "REVERT_HEAD": ("a revert", "git revert --continue or --abort"),
    "sequencer": ("a cherry-pick or revert", "git cherry-pick or git revert, --continue or --abort"),
    "BISECT_LOG": ("a bisect", "git bisect reset"),
}
_TRAILERS: Final = re.compile(r"(?:[A-Za-z0-9-]+: .*(?:\n[ \t].*)*(?:\n|\Z))+")
_EFFECTIVE: Final = re.compile(r"^Effective: (.*)$", re.MULTILINE)
_FILES: Final = frozenset({"000000", "100644", "100755"})
_MAIN: Final = frozenset({"main", "master"})


def ready(root: Path, keys: Sequence[str]) -> str | None:
    """Why a change of these files could not be recorded, with a way out; None where nothing is known to hinder it."""
    try:
        repository = Repository(root / DATA)
    except NoRepository:
        return f"{root} lies in no git repository; begin one with git init and commit data/, {_WITHOUT}"
    except Missing as error:
        return f"{error} Or leave it unrecorded: --no-commit"
    if repository.is_bare:
        return f"the repository of {root} is bare and records no working files; go to a clone of it, {_WITHOUT}"
    with _opened(repository) as repo:
        return _hindrance(repo) or _nobody(repository) or _unrecorded(repository, keys) or _ignored(repository, keys)


def record(root: Path, keys: Sequence[str], subject: str, trailers: Sequence[tuple[str, str]], body: str = "") -> str:
    """Make one commit of these files as they lie there, whatever else is staged or not. The commit's name."""
    repository = Repository(root / DATA)
    message = _message(subject, body, trailers)
    before = _head(repository)
    tracked = repository.run("ls-files", "-z", "--full-name", "--", *_specs(keys)).stdout.split(b"\0")
    new = [
        key
        for key in keys
        if os.fsencode(_top(repository, key)) not in tracked and os.path.lexists(root / key)
    ]  # fmt: skip
    recorded = False
    try:
        if new:
            # git commit --only takes no file that it has not heard of.
            told = _do(repository, "add", "--intent-to-add", "--", *_specs(new))
            if told.returncode != 0:
                raise Missing(f"git did not record the change: {_said(told)}")
        told = _do(
            repository,
            *("-c", "i18n.commitEncoding=UTF-8", "commit", "--only", "--cleanup=whitespace", "--file=-"),
            *("--", *_specs(keys)),
            given=message.encode(),
        )
        after = _head(repository)
        # It may have recorded the change and failed later: what counts is what is recorded.
        recorded = told.returncode == 0 or (after != before and _is_recorded(repository, keys))
    finally:
        if new and not recorded:
            gone = b"".join(os.fsencode(_relative(key)) + b"\0" for key in new)
            _do(repository, "update-index", "--force-remove", "-z", "--stdin", given=gone)
    if not recorded:
        raise Missing(f"git did not record the change: {_said(told)}")
    return after


def writes_before(root: Path, commit: str | None) -> Sequence[Write] | str:
    """What gives back the bytes before a recorded change, the newest or the given; or why that is refused."""
    repository = Repository(root / DATA)
    with _opened(repository) as repo:
        found = _newest(repository, repo) if commit is None else _given(repository, repo, commit)
        if isinstance(found, str):
            return found
        return _unfit(repository, found) or _way_back(root, repository, repo, found)


def told_by(root: Path, commit: str | None) -> tuple[str, str, tuple[str, ...]] | str:
    """The name and sentence of the change that `writes_before` takes back, and the days on which it took effect."""
    repository = Repository(root / DATA)
    with _opened(repository) as repo:
        found = _newest(repository, repo) if commit is None else _given(repository, repo, commit)
        if isinstance(found, str):
            return found
        return found.hexsha, _text(found.summary), tuple(_EFFECTIVE.findall(_text(found.message)))


def also_on(root: Path, commit: str) -> str | None:
    """Another branch that has the commit, main before others: there it is merged. None where only this one has it."""
    repository = Repository(root / DATA)
    here = _run(repository, "rev-parse", "--abbrev-ref", "HEAD").decode("utf-8", errors="replace").strip()
    listed = _run(
        repository, "for-each-ref", f"--contains={commit}", "--format=%(refname)", "refs/heads", "refs/remotes"
    )
    names = listed.decode("utf-8", errors="replace").split()
    others = [name.removeprefix("refs/heads/") for name in names if name.startswith("refs/heads/")]
    others = [name for name in others if name != here]
    # Of this branch as a remote has it nothing is known: it may be no more than proposed.
    remote = [name.removeprefix("refs/remotes/") for name in names if name.startswith("refs/remotes/")]
    others += [name for name in remote if name.partition("/")[2] not in {here, "HEAD"}]
    return min(others, key=lambda name: (name.rpartition("/")[2] not in _MAIN, name), default=None)


def _newest(repository: Repository, repo: Repo) -> Commit | str:
    listed = repository.run("rev-list", "--max-count=50", "--basic-regexp", "--grep=^Effective: ", "HEAD", "--", ".")
    candidates = (repo.commit(name) for name in listed.stdout.decode("ascii").split())
    found = next((one for one in candidates if _is_ours(one)), None)
    return found or "no change that orgreg recorded is there to be undone; orgreg log shows what was recorded"


def _given(repository: Repository, repo: Repo, revision: str) -> Commit:
    found = repository.commit(revision)
    if found is None:
        raise Missing(f"git knows no commit {revision!r} here. Name one that git log shows.")
    return repo.commit(found.commit)


def _unfit(repository: Repository, commit: Commit) -> str | None:
    name = _named(commit)
    if len(commit.parents) > 1:
        return f"{name} is a merge; undo a change that it brought, by that one's own commit"
    if not _is_ours(commit):
        if _begins(repository, commit):
            return f"{name} began the register, and without it there is none; git revert takes back any commit"
        return f"{name} was not recorded as a change by orgreg; git revert takes back any commit"
    if repository.is_cut_off(commit.hexsha):
        raise Missing(
            f"the clone is shallow and does not have what was before {name}; git fetch --unshallow brings it."
        )
    if repository.run("merge-base", "--is-ancestor", commit.hexsha, "HEAD").returncode != 0:
        return f"{name} is no part of the branch that is checked out; go to the one that has it"
    return None


def _way_back(root: Path, repository: Repository, repo: Repo, commit: Commit) -> Sequence[Write] | str:
    listed = _run(repository, "diff-tree", "-r", "-z", "--no-renames", "--no-relative", "--no-commit-id", "--root",
                  commit.hexsha).split(b"\0")  # fmt: skip
    told = {
        os.fsdecode(path): what.decode("ascii").split() for what, path in zip(listed[::2], listed[1::2], strict=False)
    }
    below = repository.prefix.removesuffix(f"{DATA}/")
    home = "" if repository.prefix.endswith(f"{DATA}/") else f"{DATA}/"
    touched = {home + path.removeprefix(below): path for path in told if path.startswith(below)}
    if not touched:
        return f"{_named(commit)} touches no file of this register"
    odd = next((key for key, path in touched.items() if not {told[path][0][1:], told[path][1]} <= _FILES), None)
    if odd is not None:
        return f"{odd} is no ordinary file in {_named(commit)}; git revert takes back any commit"
    later = _later(repository, repo, commit, touched.values()) or _unrecorded(repository, list(touched))
    if later is not None:
        return later
    writes = []
    for key, path in touched.items():
        is_new = told[path][0] == ":000000"
        after = None if is_new else _run(repository, "cat-file", "--filters", f"{commit.hexsha}^:{path}")
        writes.append(Write(key, _bytes(root / key), after))
    return tuple(writes)


def _later(repository: Repository, repo: Repo, commit: Commit, paths: Collection[str]) -> str | None:
    """The commits that have made these files others since."""
    specs = [f":(top,literal){path}" for path in paths]
    if not _run(repository, "diff-tree", "-r", "-z", "--no-renames", commit.hexsha, "HEAD", "--", *specs):
        return None
    names = _run(repository, "rev-list", f"{commit.hexsha}..HEAD", "--", *specs).decode("ascii").split()
    told = "; ".join(_named(repo.commit(name)) for name in names[:3])
    more = f"; and {len(names) - 3} more" * (len(names) > 3)  # noqa: PLR2004 - three are enough to see
    return f"later changes build on {_named(commit)}: {told}{more}. Undo them first, the newest first"


def _begins(repository: Repository, commit: Commit) -> bool:
    """Whether the register was not there before it, neither here nor elsewhere in the repository."""
    of_it = ("-r", "-z", "--find-renames", "--no-relative", "--no-commit-id", "--root", "--diff-filter=A")
    new = _run(repository, "diff-tree", *of_it, "--name-only", commit.hexsha).split(b"\0")
    return os.fsencode(_top(repository, REGISTRY)) in new and not repository.is_cut_off(commit.hexsha)


def _is_ours(commit: Commit) -> bool:
    last = _text(commit.message).strip().rpartition("\n\n")[2]
    return _TRAILERS.fullmatch(last) is not None and _EFFECTIVE.search(last) is not None


def _named(commit: Commit) -> str:
    return f"{commit.hexsha[:10]} ({_text(commit.summary)})"


def _text(told: str | bytes) -> str:
    return told if isinstance(told, str) else told.decode("utf-8", errors="replace")


def _hindrance(repo: Repo) -> str | None:
    from pathlib import Path

    mine, common = Path(repo.git_dir), Path(repo.common_dir)
    for name, (what, end) in _UNDER_WAY.items():
        if (mine / name).exists():
            return f"{what} is under way; end it with {end}, {_WITHOUT}"
    if repo.head.is_detached:
        return f"HEAD is detached, and what is recorded there gets lost; go to a branch with git switch, {_WITHOUT}"
    if (mine / "index.lock").exists():
        return f"another git is at work: wait for it; if there is none, delete {mine / 'index.lock'}"
    for folder in (mine, common, common / "objects", common / "refs"):
        if not os.access(folder, os.W_OK | os.X_OK):
            return f"git cannot record, since {folder} is read-only; give yourself the right to write there, {_WITHOUT}"
    return None


def _nobody(repository: Repository) -> str | None:
    asked = (repository.run("var", name) for name in ("GIT_AUTHOR_IDENT", "GIT_COMMITTER_IDENT"))
    if all(told.returncode == 0 for told in asked):
        return None
    return f"git does not know who you are; tell it with git config user.name and git config user.email, {_WITHOUT}"


def _unrecorded(repository: Repository, keys: Sequence[str]) -> str | None:
    """The first of these files that is not as it is recorded."""
    options = ("--porcelain=v1", "-z", "--untracked-files=all", "--ignored=matching", "--no-renames")
    listed = _run(repository, "status", *options, "--", *_specs(keys)).split(b"\0")
    dirty = {os.fsdecode(line[3:]): line[:2] for line in listed if line}
    for key in keys:
        state = dirty.get(_top(repository, key))
        if state is not None:
            what = "is not in git yet" if state in {b"??", b"!!"} else "has changes that are not recorded"
            return f"{key} {what}; record them first with git add and git commit, or put it as it was with git restore"
    return None


def _ignored(repository: Repository, keys: Sequence[str]) -> str | None:
    def leaves_out(some: Sequence[str]) -> bool:
        return repository.run("check-ignore", "--", *map(_relative, some)).returncode == 0

    if not leaves_out(keys):
        return None
    key = next(key for key in keys if leaves_out([key]))
    return f"{key} is left out of git by a .gitignore; change that, {_WITHOUT}"


def _is_recorded(repository: Repository, keys: Sequence[str]) -> bool:
    return repository.run("diff", "--quiet", "--no-ext-diff", "HEAD", "--", *_specs(keys)).returncode == 0


def _message(subject: str, body: str, trailers: Sequence[tuple[str, str]]) -> str:
    ending = "\n".join(f"{key}: {' '.join(value.split())}" for key, value in trailers)
    return "\n\n".join(part for part in (" ".join(subject.split()), body.strip(), ending) if part) + "\n"


def _head(repository: Repository) -> str:
    return repository.run("rev-parse", "--verify", "--quiet", "HEAD").stdout.decode("ascii").strip()


def _relative(key: str) -> str:
    """The path from `data/`, where git is asked, since it may be a repository of its own."""
    return key.removeprefix(f"{DATA}/") if key.startswith(f"{DATA}/") else f"../{key}"


def _top(repository: Repository, key: str) -> str:
    """The path from the top of the repository."""
    return os.path.normpath(repository.prefix + _relative(key)).replace(os.sep, "/")


def _specs(keys: Sequence[str]) -> list[str]:
    return [f":(literal){_relative(key)}" for key in keys]


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise Missing(f"{path} cannot be read: {words(error)}") from None


def _run(repository: Repository, *arguments: str) -> bytes:
    """What git answers, where it has to have an answer."""
    told = repository.run(*arguments)
    if told.returncode != 0:
        raise Missing(f"git {arguments[0]} failed: {_said(told)}")
    return told.stdout


def _do(repository: Repository, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run git as the user would: with all settings, hooks and signing."""
    with has_git(repository.folder):
        return subprocess.run(
            ["git", *arguments],
            cwd=repository.folder,
            env=of_the_user(),
            input=given,
            capture_output=True,
            check=False,
        )


def _said(told: subprocess.CompletedProcess[bytes]) -> str:
    said = b"\n".join(part.strip() for part in (told.stderr, told.stdout) if part.strip())
    return (
        said.decode("utf-8", errors="replace") or f"it ended with {told.returncode} and said nothing; a hook may have"
    )


@contextmanager
def _opened(repository: Repository) -> Iterator[Repo]:
    from git import GitError, Repo

    try:
        with Repo(repository.folder.resolve(), search_parent_directories=True) as repo:
            yield repo
    except (GitError, ValueError, OSError) as error:
        raise Missing(f"the repository of {repository.folder} cannot be read: {error}") from None
