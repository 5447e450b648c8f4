"""Law as dated, graded data."""
