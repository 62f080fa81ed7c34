"""How much a program may take: limits, counters, sizes foreseen, and where chance comes from."""
