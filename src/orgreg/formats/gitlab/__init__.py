"""GitLab: a report of code quality, which a merge request shows beside its lines."""
