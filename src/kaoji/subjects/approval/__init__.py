"""The 批复: a numbered letter that tells a department which of its promises were approved."""
