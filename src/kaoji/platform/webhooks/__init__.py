"""Tell other systems at once what happened: addresses that an office names, and what was sent to them.

    an event is recorded → a delivery stands in the outbox, in the same transaction → `kaoji work` sends it,
    signed (platform/signed_message.py), to nothing but checked addresses (platform/guarded_post.py)

What is told of which event the rooms say (OUTWARD and REACTIONS in their `events.py`): this part knows no subject.
"""
