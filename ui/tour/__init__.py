"""The tour: drives the whole program as a person would and pictures what a person sees."""
