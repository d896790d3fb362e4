package org.edgeplex.dataplane.io.dpdk;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.edgeplex.dataplane.io.IdleMode;

/// A port as a user writes it: `TYPE`, `TYPE:WHAT` or `TYPE:WHAT,KEY=VALUE,...`.
///
/// What follows the first comma goes to the driver as it is, but for `idle=MODE`, which is ours;
/// its keys must be the driver's ([DriverKeys]).
///
/// @param type which driver
/// @param name the device's name in DPDK
/// @param arguments for the driver, in its own syntax
/// @param interfaceName of the kernel that the port is, or empty
/// @param idle what a worker does while the port has nothing for it
public record PortSpec(
        Type type, String name, String arguments, String interfaceName, IdleMode idle) {
    /// For the help of options that take a port.
    public static final String HELP =
            "TYPE[:WHAT][,KEY=VALUE...], one of: af_packet:IFACE, af_xdp:IFACE, tap:IFACE (made for"
                    + " the time), memif:server|client, vhost:SOCKET, virtio:SOCKET, pcap:FILE,"
                    + " pcap,tx_pcap=FILE (written), ring, null, pci:ADDRESS, vdev:NAME (any other"
                    + " device of DPDK)";

    /// The same for what [IdleMode] is about.
    public static final String IDLE_HELP =
            "idle=adaptive: polls while packets come, else sleeps (the default); idle=busy: always"
                    + " polls; idle=interrupt: always sleeps until a packet wakes it ("
                    + Type.words(Type::canWake)
                    + ")";

    private static final String IDLE_KEY = "idle";
    private static final String IDLE = IDLE_KEY + "=";
    private static final String WRITTEN = "tx_";
    private static final AtomicInteger NUMBER = new AtomicInteger();

    /// What tells a sleeper that a port has packets.
    enum Waking {
        NEVER,
        /// The socket that the driver has.
        SOCKET,
        /// The device file that the driver has.
        DEVICE,
        /// The driver's interrupt, if it is asked for and if the device has one.
        INTERRUPT
    }

    /// A kind of port.
    public enum Type {
        /// An interface of the kernel, through packet sockets.
        AF_PACKET("net_af_packet", "an interface", Waking.SOCKET),
        /// An interface of the kernel, through XDP sockets.
        AF_XDP("net_af_xdp", "an interface", Waking.SOCKET),
        /// A new interface of the kernel.
        TAP("net_tap", "a name for the interface", Waking.DEVICE),
        /// Memory shared with another process; the server must be there first.
        MEMIF("net_memif", "server or client", Waking.NEVER),
        /// A virtual machine's device, served.
        VHOST("net_vhost", "a socket's path", Waking.INTERRUPT),
        /// The other side of vhost.
        VIRTIO("net_virtio_user", "a socket's path", Waking.INTERRUPT),
        /// Files of captured packets.
        PCAP("net_pcap", "a file", Waking.NEVER),
        /// What is sent comes back.
        RING("net_ring", "", Waking.NEVER),
        /// Packets from nowhere, and into it.
        NULL("net_null", "", Waking.NEVER),
        /// A network card.
        PCI("", "an address such as 0000:00:04.0", Waking.INTERRUPT),
        /// A device by its name in DPDK.
        VDEV("", "a device's name", Waking.INTERRUPT);

        private final String driver;
        private final String what;
        private final Waking waking;

        Type(String driver, String what, Waking waking) {
            this.driver = driver;
            this.what = what;
            this.waking = waking;
        }

        Waking waking() {
            return waking;
        }

        private boolean canWake() {
            return waking != Waking.NEVER;
        }

        private static String words(Predicate<Type> which) {
            return Arrays.stream(values())
                    .filter(which)
                    .map(Type::word)
                    .collect(Collectors.joining(", "));
        }

        /// What every port of it begins with.
        String beginning() {
            return what.isEmpty() ? word() : word() + ":";
        }

        /// As a user writes it.
        public String word() {
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
                                            + words(_ -> true)));
        }
    }

    /// Reads what a user wrote.
    ///
    /// @throws IllegalArgumentException saying what is wrong
    public static PortSpec parse(String text) {
        return parse(text, List.of(IDLE_KEY));
    }

    /// The same for who always polls: `idle` is no key then.
    ///
    /// @throws IllegalArgumentException saying what is wrong
    public static PortSpec parsePolled(String text) {
        if (pairs(text).stream().anyMatch(pair -> pair.startsWith(IDLE))) {
            throw new IllegalArgumentException(
                    "\"" + text + "\": idle= is for data planes; here a port is always polled");
        }
        return parse(text, List.of());
    }

    private static PortSpec parse(String text, List<String> ours) {
        String device = text.replaceFirst(",.*", "");
        List<String> pairs = pairs(text);
        int colon = device.indexOf(':');
        Type type = Type.of(colon < 0 ? device : device.substring(0, colon));
        String what = colon < 0 ? "" : device.substring(colon + 1);
        if (what.isEmpty() != type.what.isEmpty() && !onlyWrites(type, what, pairs)) {
            throw new IllegalArgumentException(
                    "\""
                            + text
                            + "\": "
                            + type.word()
                            + (what.isEmpty() ? " needs " + type.what : " takes no name"));
        }
        DriverKeys.check(text, type, pairs, ours);
        IdleMode idle = idle(pairs);
        if (idle == IdleMode.INTERRUPT && !type.canWake()) {
            throw new IllegalArgumentException(
                    "\""
                            + text
                            + "\": nothing wakes a sleeper when "
                            + type.word()
                            + " has a packet: use idle=adaptive or idle=busy (interrupt works"
                            + " with "
                            + Type.words(Type::canWake)
                            + ")");
        }
        String arguments =
                pairs.stream()
                        .filter(pair -> !pair.startsWith(IDLE))
                        .collect(Collectors.joining(","));
        return of(type, what, arguments, idle);
    }

    /// What follows the first comma.
    private static List<String> pairs(String text) {
        return Arrays.stream(text.split(",", -1)).skip(1).filter(pair -> !pair.isEmpty()).toList();
    }

    /// A capture to write needs none to read.
    private static boolean onlyWrites(Type type, String what, List<String> pairs) {
        return type == Type.PCAP
                && what.isEmpty()
                && pairs.stream().anyMatch(pair -> pair.startsWith(WRITTEN));
    }

    /// The last one counts, as for what is the driver's.
    private static IdleMode idle(List<String> pairs) {
        return pairs.stream()
                .filter(pair -> pair.startsWith(IDLE))
                .map(pair -> IdleMode.of(pair.substring(IDLE.length())))
                .reduce(IdleMode.ADAPTIVE, (_, later) -> later);
    }

    private static PortSpec of(Type type, String what, String more, IdleMode idle) {
        String numbered = type.driver + NUMBER.getAndIncrement();
        return switch (type) {
            case AF_PACKET ->
                    new PortSpec(
                            type,
                            numbered,
                            join(
                                    "iface=" + what,
                                    "blocksz=4096,framesz=2048,framecnt=512,qpairs=1",
                                    more),
                            what,
                            idle);
            case AF_XDP -> new PortSpec(type, numbered, join("iface=" + what, more), what, idle);
            case TAP -> new PortSpec(type, numbered, join("iface=" + what, more), "", idle);
            case MEMIF -> new PortSpec(type, numbered, join("role=" + role(what), more), "", idle);
            case VHOST -> new PortSpec(type, numbered, join("iface=" + what, more), "", idle);
            case VIRTIO -> new PortSpec(type, numbered, join("path=" + what, more), "", idle);
            case PCAP -> {
                String read = what.isEmpty() ? "" : "rx_pcap=" + what;
                yield new PortSpec(type, numbered, join(read, more), "", idle);
            }
            case RING -> new PortSpec(type, numbered, more, "", idle);
            case NULL -> new PortSpec(type, numbered, join("copy=0,size=64", more), "", idle);
            case PCI, VDEV -> new PortSpec(type, what, more, "", idle);
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

    /// The same, with what the driver is told.
    String card() {
        return arguments.isEmpty() ? name : name + "," + arguments;
    }

    /// True if another process maps our packets.
    boolean sharesMemory() {
        return type == Type.VIRTIO || name.startsWith(Type.VIRTIO.driver);
    }
}
