package org.edgeplex.state.client;

import java.time.Duration;
import org.edgeplex.state.StateStore;

/// The limits of a [Batcher].
///
/// @param itemsMax in one batch
/// @param bytesMax of keys and values in one batch of writes; one operation may be more
/// @param ageMax how long an operation waits at most for others while a batch is under way and
///   another could leave
/// @param batchesMax under way at the same time
/// @param operationsMax given and not yet answered; more are refused
public record BatchLimits(
        int itemsMax, int bytesMax, Duration ageMax, int batchesMax, int operationsMax) {
    public static final BatchLimits DEFAULT =
            new BatchLimits(100, 256 << 10, Duration.ofNanos(200_000), 4, 4_096);

    public BatchLimits {
        if (itemsMax < 1 || itemsMax > StateStore.BATCH_MAX) {
            throw new IllegalArgumentException("items of a batch: 1 to " + StateStore.BATCH_MAX);
        }
        if (bytesMax < 1 || batchesMax < 1 || operationsMax < 1 || ageMax.isNegative()) {
            throw new IllegalArgumentException("limits must be positive");
        }
    }
}
