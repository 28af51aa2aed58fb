"""The words of the register: days, timelines, units, papers, plans, findings. Standard library only."""
