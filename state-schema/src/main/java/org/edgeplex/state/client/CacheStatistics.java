package org.edgeplex.state.client;

/// What the cache of one table has done, and how many records it holds.
public record CacheStatistics(long hits, long misses, int records) {}
