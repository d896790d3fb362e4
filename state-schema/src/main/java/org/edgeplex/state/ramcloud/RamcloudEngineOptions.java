package org.edgeplex.state.ramcloud;

import java.time.Duration;

/// How the engine uses a cluster.
///
/// @param namespace what the names of its tables begin with: several stores may share a cluster
/// @param logSlots how many intents a log keeps before the oldest goes. It is a property of the
///   store: the first to open it decides, later values are ignored
/// @param intentOpsMax how many writes one intent announces
/// @param intentBytesMax how many octets of values the writes of one intent have; one write is
///   always taken
/// @param cachedVersionsMax how many versions of objects are remembered, about 150 octets each
/// @param attemptTimeout how long the cluster is given for one request of the engine's own
/// @param patience how long another's unfinished intent is left alone before it is made to fail
public record RamcloudEngineOptions(
        String namespace,
        int logSlots,
        int intentOpsMax,
        int intentBytesMax,
        int cachedVersionsMax,
        Duration attemptTimeout,
        Duration patience) {

    public RamcloudEngineOptions {
        if (namespace.isEmpty()) {
            throw new IllegalArgumentException("the namespace is empty");
        }
        if (logSlots < 2) {
            throw new IllegalArgumentException("logSlots must be at least 2: " + logSlots);
        }
        if (intentOpsMax < 1 || intentOpsMax > LogEntry.OPS_MAX) {
            throw new IllegalArgumentException(
                    "intentOpsMax out of range 1.." + LogEntry.OPS_MAX + ": " + intentOpsMax);
        }
        if (cachedVersionsMax < 1) {
            throw new IllegalArgumentException(
                    "cachedVersionsMax must be positive: " + cachedVersionsMax);
        }
    }

    /// How long the coordinator is given to find or make a table: there may be a new one just now.
    Duration tableTimeout() {
        return attemptTimeout.multipliedBy(4);
    }

    public static RamcloudEngineOptions of(String namespace) {
        return new RamcloudEngineOptions(
                namespace,
                8_192,
                256,
                4 << 20,
                65_536,
                Duration.ofSeconds(2),
                Duration.ofMillis(20));
    }

    public RamcloudEngineOptions withLogSlots(int wanted) {
        return new RamcloudEngineOptions(
                namespace,
                wanted,
                intentOpsMax,
                intentBytesMax,
                cachedVersionsMax,
                attemptTimeout,
                patience);
    }

    public RamcloudEngineOptions withIntentOpsMax(int wanted) {
        return new RamcloudEngineOptions(
                namespace,
                logSlots,
                wanted,
                intentBytesMax,
                cachedVersionsMax,
                attemptTimeout,
                patience);
    }

    public RamcloudEngineOptions withCachedVersionsMax(int wanted) {
        return new RamcloudEngineOptions(
                namespace,
                logSlots,
                intentOpsMax,
                intentBytesMax,
                wanted,
                attemptTimeout,
                patience);
    }

    public RamcloudEngineOptions withAttemptTimeout(Duration wanted) {
        return new RamcloudEngineOptions(
                namespace,
                logSlots,
                intentOpsMax,
                intentBytesMax,
                cachedVersionsMax,
                wanted,
                patience);
    }

    public RamcloudEngineOptions withPatience(Duration wanted) {
        return new RamcloudEngineOptions(
                namespace,
                logSlots,
                intentOpsMax,
                intentBytesMax,
                cachedVersionsMax,
                attemptTimeout,
                wanted);
    }
}
