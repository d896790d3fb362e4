package org.edgeplex.dataplane.io.dpdk;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/// A port as a user writes it: `TYPE`, `TYPE:WHAT` or `TYPE:WHAT,KEY=VALUE,...`.
///
/// What follows the first comma goes to the driver as it is.
///
/// @param type which driver
/// @param name the device's name in DPDK
/// @param arguments for the driver, in its own syntax
/// @param interfaceName of the kernel that the port is, or empty
public record PortSpec(Type type, String name, String arguments, String interfaceName) {
    /// For the help of options that take a port.
    public static final String HELP =
            "TYPE[:WHAT][,KEY=VALUE...], one of: af_packet:IFACE, af_xdp:IFACE, tap:IFACE (made for"
                    + " the time), memif:server|client, vhost:SOCKET, virtio:SOCKET, pcap:FILE,"
                    + " ring, null, pci:ADDRESS, vdev:NAME (any other device of DPDK)";

    private static final AtomicInteger NUMBER = new AtomicInteger();

    /// A kind of port.
    public enum Type {
        /// An interface of the kernel, through packet sockets.
        AF_PACKET("net_af_packet", "an interface"),
        /// An interface of the kernel, through XDP sockets.
        AF_XDP("net_af_xdp", "an interface"),
        /// A new interface of the kernel.
        TAP("net_tap", "a name for the interface"),
        /// Memory shared with another process; the server must be there first.
        MEMIF("net_memif", "server or client"),
        /// A virtual machine's device, served.
        VHOST("net_vhost", "a socket's path"),
        /// The other side of vhost.
        VIRTIO("net_virtio_user", "a socket's path"),
        /// Files of captured packets.
        PCAP("net_pcap", "a file"),
        /// What is sent comes back.
        RING("net_ring", ""),
        /// Packets from nowhere, and into it.
        NULL("net_null", ""),
        /// A network card.
        PCI("", "an address such as 0000:00:04.0"),
        /// A device by its name in DPDK.
        VDEV("", "a device's name");

        private final String driver;
        private final String what;

        Type(String driver, String what) {
            this.driver = driver;
            this.what = what;
        }

        private String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        private static Type of(String word) {
            return Arrays.stream(values())
                    .filter(type -> type.word().equals(word))
                    .findFirst()
                    .orElseThrow(() ->
                            new IllegalArgumentException(
                                    "no port type \""
                                            + word
                                            + "\"; there are "
                                            + Arrays.stream(values())
                                                    .map(Type::word)
                                                    .collect(Collectors.joining(", "))));
        }
    }

    /// Reads what a user wrote.
    ///
    /// @throws IllegalArgumentException saying what is wrong
    public static PortSpec parse(String text) {
        int comma = text.indexOf(',');
        String device = comma < 0 ? text : text.substring(0, comma);
        String more = comma < 0 ? "" : text.substring(comma + 1);
        int colon = device.indexOf(':');
        Type type = Type.of(colon < 0 ? device : device.substring(0, colon));
        String what = colon < 0 ? "" : device.substring(colon + 1);
        if (what.isEmpty() != type.what.isEmpty()) {
            throw new IllegalArgumentException(
                    "\""
                            + text
                            + "\": "
                            + type.word()
                            + (what.isEmpty() ? " needs " + type.what : " takes no name"));
        }
        return of(type, what, more);
    }

    private static PortSpec of(Type type, String what, String more) {
        String numbered = type.driver + NUMBER.getAndIncrement();
        return switch (type) {
            case AF_PACKET ->
                    new PortSpec(
                            type,
                            type.driver + "_" + what,
                            join(
                                    "iface=" + what,
                                    "blocksz=4096,framesz=2048,framecnt=512,qpairs=1",
                                    more),
                            what);
            case AF_XDP -> new PortSpec(type, numbered, join("iface=" + what, more), what);
            case TAP -> new PortSpec(type, numbered, join("iface=" + what, more), "");
            case MEMIF -> new PortSpec(type, numbered, join("role=" + role(what), more), "");
            case VHOST -> new PortSpec(type, numbered, join("iface=" + what, more), "");
            case VIRTIO -> new PortSpec(type, numbered, join("path=" + what, more), "");
            case PCAP -> new PortSpec(type, numbered, join("rx_pcap=" + what, more), "");
            case RING -> new PortSpec(type, numbered, more, "");
            case NULL -> new PortSpec(type, numbered, join("copy=0,size=64", more), "");
            case PCI, VDEV -> new PortSpec(type, what, more, "");
        };
    }

    private static String role(String what) {
        if (!what.equals("server") && !what.equals("client")) {
            throw new IllegalArgumentException("memif needs server or client, not " + what);
        }
        return what;
    }

    /// A later value of a key takes the place of an earlier one: drivers refuse a key twice.
    private static String join(String... lists) {
        List<String> pairs = new ArrayList<>();
        for (String list : lists) {
            for (String pair : list.split(",", -1)) {
                if (!pair.isEmpty()) {
                    String key = pair.replaceFirst("=.*", "=");
                    pairs.removeIf(earlier -> earlier.startsWith(key));
                    pairs.add(pair);
                }
            }
        }
        return String.join(",", pairs);
    }

    /// The network card that DPDK must know of when it starts.
    Optional<String> pciAddress() {
        return type == Type.PCI ? Optional.of(name) : Optional.empty();
    }

    /// True if another process maps our packets.
    boolean sharesMemory() {
        return type == Type.VIRTIO || name.startsWith(Type.VIRTIO.driver);
    }
}
