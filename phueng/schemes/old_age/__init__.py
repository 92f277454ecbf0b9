"""The old-age allowance: a monthly sum by age, registered and certified by the municipality."""
