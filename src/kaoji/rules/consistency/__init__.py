"""Do the parts of a form, and forms among each other, say the same?"""
