"""One formula a file: what it says, worked examples that run, where it comes from."""
