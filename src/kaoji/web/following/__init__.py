"""What follows an approval, in one place: rectifications, evaluations, re-checks, the whole."""
