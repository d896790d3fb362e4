package org.edgeplex.dataplane;

import org.edgeplex.dataplane.forward.Counter;
import org.edgeplex.dataplane.forward.Counters;
import org.edgeplex.dataplane.io.PortStatistics;
import org.edgeplex.telemetry.CountersArea;

/// What the ports have counted, copied to where others read it: now and then, by a thread that is
/// not the worker.
final class PortCounters {
    private final Counters counters;
    private final CountersArea area;

    PortCounters(Counters counters) {
        this.counters = counters;
        area = counters.area();
    }

    /// The trunk, as its driver says.
    void setTrunk(PortStatistics trunk) {
        set(Counters.TRUNK, trunk);
    }

    /// The TAP: a system call for each packet, so nothing is lost that the worker does not see.
    void setTap() {
        set(
                Counters.TAP,
                new PortStatistics(
                        counters.get(Counter.FROM_TAP_PACKETS),
                        counters.get(Counter.FROM_TAP_BYTES),
                        counters.get(Counter.TO_TAP_PACKETS),
                        counters.get(Counter.TO_TAP_BYTES),
                        0,
                        0,
                        0,
                        0));
    }

    private void set(String port, PortStatistics statistics) {
        long[] values = {
            statistics.rxPackets(),
            statistics.rxBytes(),
            statistics.txPackets(),
            statistics.txBytes(),
            statistics.rxMissed(),
            statistics.rxErrors(),
            statistics.rxNoBuffer(),
            statistics.txErrors()
        };
        for (int i = 0; i < values.length; i++) {
            area.set(Counters.PORTS, port, Counters.PORT_COLUMNS.get(i), values[i]);
        }
    }
}
