"""Workflow commands of GitHub Actions: findings as annotations of a pull request."""
