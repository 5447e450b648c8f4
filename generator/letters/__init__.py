"""Letter texts: their catalogue, how they are filled, parsed, numbered and worded."""
