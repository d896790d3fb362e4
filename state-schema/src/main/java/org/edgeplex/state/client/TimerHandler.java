package org.edgeplex.state.client;

import java.util.concurrent.CompletableFuture;
import org.edgeplex.state.record.ScheduledTimer;
import org.edgeplex.state.record.TimerKey;

/// What happens when a timer is due.
@FunctionalInterface
public interface TimerHandler {
    /// Called on the loop, once the timer is marked as ours; must not block.
    ///
    /// At least once for each timer: after a crash, a failure or the loss of the shard it happens
    /// again, here or elsewhere, with the same key. The timer is forgotten when the future
    /// completes.
    CompletableFuture<?> fire(TimerKey key, ScheduledTimer timer);
}
