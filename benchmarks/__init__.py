"""Measurements that take longer than a test should, or that compare with a baseline of the same run."""
