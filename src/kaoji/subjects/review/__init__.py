"""What reviewers say of a form, and which of its revisions was approved."""
