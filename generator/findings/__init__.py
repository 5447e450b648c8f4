"""What the facts show under the law of a country."""
