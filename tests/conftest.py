"""What holds for every test: the same examples in every run, and a git that knows nothing of the user's."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

from hypothesis import settings

settings.register_profile("orgreg", derandomize=True, deadline=None, print_blob=True)
settings.load_profile("orgreg")

for name in [name for name in os.environ if name.startswith("GIT_")]:
    del os.environ[name]  # inside a hook git sets GIT_DIR, and every other repository would be that one
os.environ |= {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "Test",
    "GIT_AUTHOR_EMAIL": "test@example.org",
    "GIT_COMMITTER_NAME": "Test",
    "GIT_COMMITTER_EMAIL": "test@example.org",
}

# A cache of its own for each run, begun empty: the user's is neither read nor filled.
os.environ["XDG_CACHE_HOME"] = tempfile.mkdtemp(prefix="orgreg-tests-")
atexit.register(shutil.rmtree, os.environ["XDG_CACHE_HOME"], ignore_errors=True)
