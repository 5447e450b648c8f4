"""Arznoma: case facts in, legal letters out."""

__version__ = "0.1.0"
