"""Which dates run from the events and filings of a case."""
