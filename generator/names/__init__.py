"""Names in the grammatical cases of Russian: what the rules suggest, and putting it into a case file."""
