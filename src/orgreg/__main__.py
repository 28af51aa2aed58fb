"""`python -m orgreg`."""

from orgreg.cli import main

main()
