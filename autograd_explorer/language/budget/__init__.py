"""The limits of a program: how much it may use, what it has used, the sizes of results before they
are made, and random numbers."""
