"""What dashboards add up, kept until something of it changes."""
