"""The nouns: money, periods, targets, indicators, declarations, findings. Nothing else."""
