"""Clustering: the articles of the archive made into its stories, batch by batch, with what `stories` decides."""
