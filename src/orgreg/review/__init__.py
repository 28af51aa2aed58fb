"""What is found in a register, and where it stands: as it lies, again after an edit, beside what is merged."""
