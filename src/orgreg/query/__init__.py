"""Questions: a registry goes in, values come out. No text of a file, no colour, no clock."""
