"""Ex-ante evaluation (事前绩效评估): why a new project should be paid for at all, before it is declared."""
