"""Two registries in, what differs out: statements, changes of the city, corrections, and what became known."""
