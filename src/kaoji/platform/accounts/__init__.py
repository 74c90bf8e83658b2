"""How people and other systems prove who they are, and where they are signed in."""
