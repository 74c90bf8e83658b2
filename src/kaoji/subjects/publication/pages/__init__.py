"""What everybody may see: the approved promises that were published, in plain words."""
