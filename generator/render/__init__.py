"""Render a letter: one walker per output, and the readers that prove each output says the same."""
