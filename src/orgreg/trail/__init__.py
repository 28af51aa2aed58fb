"""The audit trail: which commit recorded what, state by state through the history, whatever the files were called."""
