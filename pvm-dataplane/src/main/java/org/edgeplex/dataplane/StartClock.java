package org.edgeplex.dataplane;

import java.util.ArrayList;
import java.util.List;

/// When the program reached what, for one line of the log.
final class StartClock {
    /// When who started us did so, by the clock of the machine ([System#nanoTime]), if it said.
    private static final long START_NANOS = Long.getLong("edgeplex.startNanos", System.nanoTime());

    private static final List<String> REACHED = new ArrayList<>();

    private StartClock() {}

    static synchronized void reached(String what) {
        REACHED.add(what + " " + millis());
    }

    /// As `live after 212.0 ms (main 61.2, dpdk 180.0)`.
    static synchronized String summary() {
        return "live after " + millis() + " ms (" + String.join(", ", REACHED) + ")";
    }

    private static String millis() {
        // By hand: a formatter would be what takes the longest.
        long tenths = (System.nanoTime() - START_NANOS) / 100_000;
        return tenths / 10 + "." + tenths % 10;
    }
}
