"""Speed, as ratios: each benchmark runs orgreg and another program in turn, so that a slow machine is slow for both."""
