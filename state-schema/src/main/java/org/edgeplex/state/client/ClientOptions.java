package org.edgeplex.state.client;

import java.time.Duration;

/// How a program reaches its tables.
///
/// @param timeout of each operation
/// @param cachedRecordsMax kept of each cached table
/// @param cachePollInterval between two looks at what changed: a cached read is behind the store by
///   at most two of these, or goes to the store
public record ClientOptions(
        Duration timeout, BatchLimits batches, int cachedRecordsMax, Duration cachePollInterval) {
    public static final ClientOptions DEFAULT =
            new ClientOptions(
                    Duration.ofSeconds(10), BatchLimits.DEFAULT, 100_000, Duration.ofMillis(20));

    public ClientOptions withTimeout(Duration other) {
        return new ClientOptions(other, batches, cachedRecordsMax, cachePollInterval);
    }

    public ClientOptions withBatches(BatchLimits other) {
        return new ClientOptions(timeout, other, cachedRecordsMax, cachePollInterval);
    }

    public ClientOptions withCachedRecordsMax(int other) {
        return new ClientOptions(timeout, batches, other, cachePollInterval);
    }
}
