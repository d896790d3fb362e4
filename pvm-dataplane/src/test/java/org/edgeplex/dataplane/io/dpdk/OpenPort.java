package org.edgeplex.dataplane.io.dpdk;

import java.util.List;
import java.util.concurrent.FutureTask;

/// A port for a test. DPDK pins the thread that starts it, so that is not the test's.
record OpenPort(DpdkPool pool, DpdkPort port) {
    static OpenPort open(String text) throws Exception {
        PortSpec spec = PortSpec.parse(text);
        FutureTask<OpenPort> task =
                new FutureTask<>(() -> {
                    Eal.start(new Eal.Options(32, Eal.ANY_CPU, List.of(spec)));
                    DpdkPool pool = DpdkPool.create("near-" + spec.name(), 511, 0);
                    return new OpenPort(pool, DpdkPort.open(spec, pool));
                });
        Thread.ofPlatform().name("dpdk").start(task);
        return task.get();
    }

    void close() {
        port.close();
        pool.close();
    }
}
