"""How much a program may take: limits, what is counted, what is foreseen, where chance comes from."""
