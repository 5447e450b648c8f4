"""A mutation fuzzer: valid inputs, changed at random in ways that happen or are meant to hurt, and what must hold."""
