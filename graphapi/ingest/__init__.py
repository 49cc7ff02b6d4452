"""From a data file to the graph: reading and checking a data set, merging what several say, loading."""

from graphapi.ingest.dataset import Dataset, bundled_datasets, read_dataset

__all__ = ["Dataset", "bundled_datasets", "read_dataset"]
