"""A made-up city: its files, and what is entered in them step by step, always without errors."""
