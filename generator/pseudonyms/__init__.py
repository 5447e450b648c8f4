"""Put invented names and neutral marks in the place of all that tells who somebody is, in the facts themselves."""
