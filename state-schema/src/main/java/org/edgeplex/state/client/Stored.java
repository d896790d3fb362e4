package org.edgeplex.state.client;

/// A record that was read, with its key and its version.
public record Stored<K, V>(K key, V value, long version) {}
