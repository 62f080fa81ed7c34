"""What programs of the corpus need of matplotlib, for plain Python: it draws nothing."""
