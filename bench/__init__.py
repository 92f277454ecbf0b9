"""Bench holds one program for each goal of speed, with the baseline it is measured against, for anybody to run again.

It promises ratios measured side by side in one run, and says plainly which goal is not met. Nothing here is a test:
machines drift, and a test that depends on the weather is not one."""
