package org.edgeplex.dataplane.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/// The time of the calling thread.
final class Cpu {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private Cpu() {}

    static long threadNanos() {
        return THREADS.getCurrentThreadCpuTime();
    }
}
