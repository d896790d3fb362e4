package org.edgeplex.dataplane.bench;

import java.lang.foreign.Arena;
import java.util.Arrays;
import org.edgeplex.dataplane.io.dpdk.DpdkMemory;
import org.edgeplex.dataplane.io.dpdk.DpdkPool;
import org.edgeplex.dataplane.io.dpdk.DpdkPort;
import org.edgeplex.dataplane.io.dpdk.Eal;
import org.edgeplex.dataplane.io.dpdk.PortSpec;
import org.edgeplex.dataplane.io.linux.HugeMemory;

/// One data plane on one core, as fast as it goes for a while: [ForwardCommand] runs one, then two
/// at once, each with ports and tables of its own, as port VMs are.
final class ScalingBench {
    private static final int MEMORY_MEGABYTES = 256;
    private static final int PACKETS = 4095;
    private static final long CHUNK = 300_000;
    private static final int SLICES = 40;

    /// So that two that were started together overlap while they measure.
    private static final long SLICES_NANOS_MIN = 6_000_000_000L;

    private ScalingBench() {}

    static void run(ForwardBench.Report report, int cpu) {
        try (Arena arena = Arena.ofShared()) {
            Eal.start(new Eal.Options(MEMORY_MEGABYTES, cpu));
            DpdkPool pool = DpdkPool.create("scaling", PACKETS, 256);
            DpdkPort port = DpdkPort.open(PortSpec.parse("null"), pool);
            PushRig rig = new PushRig(arena, new DpdkMemory(), pool);
            StampedPort stamped = new StampedPort(port, PushRig.stamps(new HugeMemory(arena)));
            Rounds.Work work = rig.forwarding(stamped);
            Rounds.warmUp(work);
            long start = System.nanoTime();
            double[] nanos = new double[SLICES];
            for (int i = 0; i < SLICES || System.nanoTime() - start < SLICES_NANOS_MIN; i++) {
                nanos[i % SLICES] = (double) work.run(CHUNK) / CHUNK;
            }
            Arrays.sort(nanos);
            report.metric("core_push", 1e3 / nanos[SLICES / 2], "Mpps");
            rig.checkAllLeft();
        }
    }
}
