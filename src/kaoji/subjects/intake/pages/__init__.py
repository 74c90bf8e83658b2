"""Upload a document, settle its doubts beside the source text, save."""
