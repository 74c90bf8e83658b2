"""What is read: facts as the kernel takes them, what was granted, money, rates, digests."""
