"""The way out to the integrated budget platform (预算管理一体化): its exchange tables as sheets."""
