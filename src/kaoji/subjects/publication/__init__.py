"""What everybody may see of the promises."""
