package org.edgeplex.dataplane;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.edgeplex.dataplane.io.dpdk.DpdkException;
import org.edgeplex.dataplane.io.dpdk.DpdkPool;
import org.edgeplex.dataplane.io.dpdk.DpdkPort;
import org.edgeplex.dataplane.io.dpdk.PortSpec;

/// A port that is opened on a thread of its own: the kernel takes some 50 ms for packet sockets,
/// asleep for most of them.
final class OpeningPort implements AutoCloseable {
    private final CompletableFuture<DpdkPort> opened = new CompletableFuture<>();

    OpeningPort(PortSpec spec, DpdkPool pool) {
        Thread.ofPlatform().name("port").start(() -> open(spec, pool));
    }

    private void open(PortSpec spec, DpdkPool pool) {
        try {
            DpdkPort port = DpdkPort.open(spec, pool);
            StartClock.reached("port");
            opened.complete(port);
        } catch (RuntimeException | Error e) {
            opened.completeExceptionally(e);
        }
    }

    /// The port, when it is open.
    ///
    /// @throws DpdkException saying what to install or to change
    DpdkPort await() {
        try {
            return opened.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    @Override
    public void close() {
        try {
            opened.join().close();
        } catch (CompletionException | CancellationException _) {
            // It was never open, and whoever waited for it has been told why.
        }
    }
}
