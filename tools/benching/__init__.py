"""What `tools/bench.py` measures with: invented clients, peers of our program, a clock for whole processes."""
