"""The disability allowance: a monthly sum for holders of a disability card, certified by the municipality."""
