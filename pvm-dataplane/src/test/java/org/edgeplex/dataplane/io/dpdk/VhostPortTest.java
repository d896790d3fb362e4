package org.edgeplex.dataplane.io.dpdk;

import org.junit.jupiter.api.Tag;

/// The contract between vhost-user here and virtio-user in another process.
@Tag("machine")
class VhostPortTest extends FarEndPortContract {
    private static final String SOCKET = "/tmp/edgeplex-vhost-" + ProcessHandle.current().pid();

    VhostPortTest() {
        super("vhost:" + SOCKET + ",idle=interrupt", "virtio:" + SOCKET);
    }
}
