package org.edgeplex.dataplane.interleaving;

import org.jspecify.annotations.Nullable;

/// What the instrumented classes call.
public final class Steps {
    private static volatile @Nullable Schedule schedule;

    private Steps() {}

    static void follow(@Nullable Schedule next) {
        schedule = next;
    }

    /// Before a load.
    public static void load() {
        Schedule now = schedule;
        if (now != null) {
            now.step(false);
        }
    }

    /// Before a store.
    public static void store() {
        Schedule now = schedule;
        if (now != null) {
            now.step(true);
        }
    }
}
