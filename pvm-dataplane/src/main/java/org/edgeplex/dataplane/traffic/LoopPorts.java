package org.edgeplex.dataplane.traffic;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.edgeplex.dataplane.io.dpdk.PortSpec;

/// Which ports a loop can go through: its figures are of what came back.
final class LoopPorts {
    private LoopPorts() {}

    /// @param ports one, or the sending and the receiving one
    /// @throws IllegalArgumentException when nothing that is sent can arrive
    static void check(List<PortSpec> ports) {
        for (PortSpec port : ports) {
            if (!returns(port.type())) {
                throw new IllegalArgumentException(
                        "what is sent to "
                                + port.type().word()
                                + " never comes back, so it cannot loop: use generate or sink;"
                                + " ports that can are "
                                + Arrays.stream(PortSpec.Type.values())
                                        .filter(LoopPorts::returns)
                                        .map(PortSpec.Type::word)
                                        .collect(Collectors.joining(", ")));
            }
        }
        if (ports.size() > 1
                && ports.stream().anyMatch(port -> port.type() == PortSpec.Type.RING)) {
            throw new IllegalArgumentException(
                    "what is sent to ring comes back to the same port: say --port ring alone");
        }
    }

    /// Whether there can be somebody who sends back, or takes it to the other port.
    private static boolean returns(PortSpec.Type type) {
        return switch (type) {
            case NULL, PCAP -> false;
            case AF_PACKET, AF_XDP, TAP, MEMIF, VHOST, VIRTIO, RING, PCI, VDEV -> true;
        };
    }
}
