package org.edgeplex.dataplane.io.dpdk;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What may follow the first comma of a port: the keys that the drivers of DPDK 22.11 know, but for
/// the one whose value stands before the comma.
///
/// Some drivers pass over others in silence, and a slip would have no effect.
final class DriverKeys {
    private DriverKeys() {}

    /// @param pairs each a key, or a key and its value
    /// @param ours keys that are not for the driver
    /// @throws IllegalArgumentException naming what is wrong, and what there is
    static void check(String text, PortSpec.Type type, List<String> pairs, List<String> ours) {
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            String key = equals < 0 ? pair : pair.substring(0, equals);
            if (!ours.contains(key) && !isKnown(type, key)) {
                throw new IllegalArgumentException(
                        "\"%s\": %s has no key \"%s\"; %s"
                                .formatted(text, type.word(), key, known(type, ours)));
            }
            if (equals < 0 && !isAnyDriver(type)) {
                throw new IllegalArgumentException(
                        "\"%s\": %s needs a value: %s=VALUE".formatted(text, key, key));
            }
        }
    }

    private static String known(PortSpec.Type type, List<String> ours) {
        List<String> keys = Stream.concat(of(type).stream(), ours.stream()).toList();
        return keys.isEmpty()
                ? "it has none"
                : "it has " + keys.stream().collect(Collectors.joining(", "));
    }

    private static boolean isKnown(PortSpec.Type type, String key) {
        return isAnyDriver(type) || of(type).contains(key);
    }

    /// Whose keys only DPDK can tell.
    private static boolean isAnyDriver(PortSpec.Type type) {
        return type == PortSpec.Type.PCI || type == PortSpec.Type.VDEV;
    }

    private static List<String> of(PortSpec.Type type) {
        return switch (type) {
            case AF_PACKET -> List.of("qpairs", "blocksz", "framesz", "framecnt", "qdisc_bypass");
            case AF_XDP ->
                    List.of(
                            "start_queue",
                            "queue_count",
                            "shared_umem",
                            "xdp_prog",
                            "busy_budget",
                            "force_copy");
            case TAP -> List.of("mac", "remote");
            case MEMIF ->
                    List.of(
                            "id",
                            "socket",
                            "socket-abstract",
                            "bsize",
                            "rsize",
                            "mac",
                            "zero-copy",
                            "secret");
            case VHOST ->
                    List.of(
                            "queues",
                            "client",
                            "iommu-support",
                            "postcopy-support",
                            "tso",
                            "linear-buffer",
                            "ext-buffer",
                            "legacy-ol-flags");
            case VIRTIO ->
                    List.of(
                            "mac",
                            "queues",
                            "queue_size",
                            "cq",
                            "iface",
                            "server",
                            "mrg_rxbuf",
                            "in_order",
                            "packed_vq",
                            "speed",
                            "vectorized");
            case PCAP -> List.of("tx_pcap", "tx_iface", "infinite_rx");
            case RING -> List.of("nodeaction");
            case NULL -> List.of("size", "copy", "no-rx");
            case PCI, VDEV -> List.of();
        };
    }
}
