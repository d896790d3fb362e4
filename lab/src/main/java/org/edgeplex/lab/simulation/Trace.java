package org.edgeplex.lab.simulation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

/// The last events of a run, for people. Off in most runs: one that failed is run again.
final class Trace {
    private static final int KEPT = 60;

    private final SimLoop loop;
    private final boolean isOn;
    private final Deque<String> lines = new ArrayDeque<>();

    Trace(SimLoop loop, boolean isOn) {
        this.loop = loop;
        this.isOn = isOn;
    }

    void note(Supplier<String> line) {
        if (isOn) {
            lines.add("%9.3f ms  %s".formatted(loop.nowNanos() / 1e6, line.get()));
            if (lines.size() > KEPT) {
                lines.remove();
            }
        }
    }

    List<String> lines() {
        return List.copyOf(lines);
    }
}
