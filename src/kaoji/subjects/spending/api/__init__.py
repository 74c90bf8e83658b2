"""What other systems may ask and send."""
