"""Everything that leaves the house: a folder per format, a file per answer. Text from files is printed as text."""
