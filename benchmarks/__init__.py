"""What speed claims rest on: medians of one run, beside a peer in the same run, as ratios. `make bench` runs all."""
