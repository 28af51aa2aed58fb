"""orgreg: a register of how a city administration is organised, over plain files."""
