"""Adapters to packages that know more about exploring models: import the one you need, its package need not be there otherwise."""
