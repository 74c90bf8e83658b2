"""Tell other systems at once what happened: addresses that an office names, and what was sent to them.

    an action did its work → a delivery stands in the outbox, in the same transaction → `kaoji work` sends it,
    signed (platform/signed_message.py), to nothing but checked addresses (platform/guarded_post.py)

What may be chosen the rooms say (OUTWARD in their `events.py`), and tell it where it happens (`set_aside`): this part knows no subject.
"""
