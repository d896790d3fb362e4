package org.edgeplex.dataplane.io.dpdk;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.edgeplex.dataplane.io.linux.PacketSockets;

/// Why a port cannot be opened, in words that say what to do.
final class Drivers {
    /// Where DPDK loads its drivers from, of Debian and of a build by hand.
    private static final List<Path> FOLDERS =
            List.of(
                    Path.of("/usr/lib/x86_64-linux-gnu/dpdk/pmds-23.0"),
                    Path.of("/usr/lib64/dpdk/pmds-23.0"),
                    Path.of("/usr/local/lib/x86_64-linux-gnu/dpdk/pmds-23.0"));

    private static final String MEMIF = "net_memif";
    private static final String MEMIF_LOG = "pmd.net.memif";
    private static final int LOG_ERRORS = 4;
    private static final int LOG_WARNINGS = 5;

    private Drivers() {}

    /// Where drivers are on this machine.
    static List<Path> folders() {
        return FOLDERS.stream().filter(Files::isDirectory).toList();
    }

    /// Loads the driver, and looks for the interface before DPDK does, which would say less.
    ///
    /// @throws DpdkException when one of them is missing
    static void require(PortSpec spec) {
        String driver = driver(spec);
        if (!driver.isEmpty()) {
            load(driver);
        }
        String name = spec.interfaceName();
        if (!name.isEmpty() && PacketSockets.interfaceIndex(name) == 0) {
            throw new DpdkException("there is no interface " + name + " in this network namespace");
        }
    }

    /// `net_memif0` is a device of the driver `net_memif`.
    private static String driver(PortSpec spec) {
        if (spec.type() == PortSpec.Type.PCI) {
            return "";
        }
        String driver = spec.name().replaceFirst("\\d+$", "");
        return driver.equals("net_virtio_user") ? "net_virtio" : driver;
    }

    /// A build of DPDK by hand may have its drivers in itself: then there is no folder of them.
    private static void load(String driver) {
        List<Path> folders = folders();
        Path file = Path.of("librte_" + driver + ".so.23");
        folders.stream()
                .map(folder -> folder.resolve(file))
                .filter(Files::exists)
                .findFirst()
                .ifPresentOrElse(
                        Dpdk::load,
                        () -> {
                            if (!folders.isEmpty()) {
                                throw new DpdkException(
                                        "DPDK has no driver "
                                                + driver
                                                + ": apt-get install "
                                                + packageOf(driver));
                            }
                        });
    }

    private static String packageOf(String driver) {
        return "lib" + ("rte_" + driver).replace('_', '-') + "23";
    }

    /// Makes a device of the driver; negative if that fails.
    ///
    /// memif warns that it "failed to register mp action callback" when it is asked for its first
    /// device: that is for secondary processes of DPDK, which there are none of where nothing is
    /// shared (`--no-shconf`), and ours are such. So its warnings, not its errors, are off until
    /// the device is there.
    static int add(PortSpec spec) {
        boolean isMemif = driver(spec).equals(MEMIF);
        if (isMemif) {
            Dpdk.logFrom(MEMIF_LOG, LOG_ERRORS);
        }
        try {
            return Dpdk.addDevice(spec.name(), spec.arguments());
        } finally {
            if (isMemif) {
                Dpdk.logFrom(MEMIF_LOG, LOG_WARNINGS);
            }
        }
    }

    /// What else may be wrong, with the driver's error number.
    static String whyNot(PortSpec spec, int result) {
        String hint =
                switch (spec.type()) {
                    case PCI ->
                            "bind it to vfio-pci (dpdk-devbind.py), install its driver"
                                    + " (apt-get install librte-meta-net), and name it when DPDK"
                                    + " starts";
                    case AF_XDP -> "it needs root, and a kernel with XDP sockets";
                    case TAP ->
                            "it needs root and /dev/net/tun (modprobe tun), and an interface"
                                    + " name that is free";
                    case MEMIF ->
                            "is another process server of the same socket?"
                                    + " (socket=PATH, id=N)";
                    case VHOST, VIRTIO ->
                            "the socket's folder must exist, and no other process" + " serve it";
                    case PCAP -> "the file must be a capture that can be read";
                    case AF_PACKET, RING, NULL, VDEV -> "see what DPDK says on standard error";
                };
        return "cannot open "
                + spec.name()
                + (spec.arguments().isEmpty() ? "" : " (" + spec.arguments() + ")")
                + ": error "
                + -result
                + "; "
                + hint;
    }
}
