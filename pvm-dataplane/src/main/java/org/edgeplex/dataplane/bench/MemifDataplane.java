package org.edgeplex.dataplane.bench;

import java.lang.foreign.Arena;
import org.edgeplex.dataplane.io.dpdk.DpdkMemory;
import org.edgeplex.dataplane.io.dpdk.DpdkPool;
import org.edgeplex.dataplane.io.dpdk.DpdkPort;
import org.edgeplex.dataplane.io.dpdk.Eal;
import org.edgeplex.dataplane.io.dpdk.PortSpec;
import org.edgeplex.dataplane.io.linux.WakeUp;
import org.edgeplex.dataplane.worker.DutyCycle;

/// The process between generator and sink of the latency measurement: the duty cycle of a data
/// plane with a million routes, on a port of shared memory. Runs until it is killed.
final class MemifDataplane {
    private static final int MEMORY_MEGABYTES = 256;
    private static final int PACKETS = 4095;

    private MemifDataplane() {}

    /// @param ready is run when the port is open
    static void run(String port, int cpu, Runnable ready) {
        try (Arena arena = Arena.ofShared();
                WakeUp wakeUp = new WakeUp()) {
            Eal.start(new Eal.Options(MEMORY_MEGABYTES, cpu));
            DpdkPool pool = DpdkPool.create("memif", PACKETS, 256);
            PushRig rig = new PushRig(arena, new DpdkMemory(), pool);
            warmUp(rig, pool);
            try (DpdkPort wire = DpdkPort.open(PortSpec.parse(port), pool)) {
                DutyCycle cycle = new DutyCycle(arena, rig.worker(wire), wakeUp, wire);
                ready.run();
                cycle.run();
            }
        }
    }

    /// The compiler shares the CPUs with what is measured: it should have nothing left to do.
    private static void warmUp(PushRig rig, DpdkPool pool) {
        try (Arena arena = Arena.ofShared();
                DpdkPort nowhere = DpdkPort.open(PortSpec.parse("null"), pool)) {
            StampedPort stamped = new StampedPort(nowhere, PushRig.stamps(arena));
            Rounds.warmUp(rig.forwarding(stamped));
        }
    }
}
