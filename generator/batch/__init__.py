"""Many cases in one run: where they come from, who makes their letters, and what became of each."""
