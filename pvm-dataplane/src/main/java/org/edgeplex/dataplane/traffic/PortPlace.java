package org.edgeplex.dataplane.traffic;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.edgeplex.dataplane.io.dpdk.DpdkPool;
import org.edgeplex.dataplane.io.dpdk.DpdkPort;
import org.edgeplex.dataplane.io.dpdk.PortSpec;
import org.edgeplex.dataplane.io.linux.NetworkNamespace;

/// A port, and the network namespace that its interface is in.
///
/// @param namespace as ip-netns(8) names it; empty for our own
record PortPlace(PortSpec spec, String namespace) {
    /// Opens the port. A socket stays in the namespace that it was opened in, so only a thread of
    /// its own goes there.
    ///
    /// @throws org.edgeplex.dataplane.io.dpdk.DpdkException saying what to install or to change
    DpdkPort open(DpdkPool pool) {
        if (namespace.isEmpty()) {
            return DpdkPort.open(spec, pool);
        }
        CompletableFuture<DpdkPort> opened = new CompletableFuture<>();
        Thread.ofPlatform().name("port").start(() -> open(pool, opened));
        try {
            return opened.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private void open(DpdkPool pool, CompletableFuture<DpdkPort> opened) {
        try {
            NetworkNamespace.enter(namespace);
            opened.complete(DpdkPort.open(spec, pool));
        } catch (RuntimeException | Error e) {
            opened.completeExceptionally(e);
        }
    }
}
