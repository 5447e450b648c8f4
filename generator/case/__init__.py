"""Facts: what a case file may say, how it is read, and what may be told of it."""
