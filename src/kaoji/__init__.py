"""kaoji 考绩: declare, check and follow what public money promises to achieve."""

__version__ = "0.1.0"
