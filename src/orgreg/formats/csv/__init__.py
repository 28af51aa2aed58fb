"""CSV (RFC 4180): for spreadsheets, which take a cell for a formula where they can."""
