"""Properties of the kernel, each able to fail."""
