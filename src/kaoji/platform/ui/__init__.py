"""The frame of every page: its look, its words, how a form is typed and answered."""
