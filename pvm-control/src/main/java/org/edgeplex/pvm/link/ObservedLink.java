package org.edgeplex.pvm.link;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.MacAddress;

/// What the kernel has under the name of the access link's interface.
///
/// @param index another one under the same name is another interface, without what was set before
/// @param addresses IPv4 addresses with the length of their prefix
record ObservedLink(
        int index, boolean up, int mtuBytes, MacAddress mac, Map<Ipv4Address, Integer> addresses) {
    ObservedLink {
        addresses = Map.copyOf(addresses);
    }

    /// Looks in this process's network namespace; independent of what is mounted on /sys.
    static Optional<ObservedLink> of(String name) throws IOException {
        NetworkInterface found = NetworkInterface.getByName(name);
        if (found != null) {
            return Optional.of(of(found));
        }
        // The JDK lists only interfaces that have an address.
        boolean exists;
        try (Stream<String> lines = Files.lines(Path.of("/proc/net/dev"))) {
            exists = lines.anyMatch(line -> line.strip().startsWith(name + ":"));
        }
        return exists ? Optional.of(withoutAddress()) : Optional.empty();
    }

    /// There, but has no address; what else it has is unknown, and so unlike anything wanted.
    static ObservedLink withoutAddress() {
        return new ObservedLink(0, true, 0, new MacAddress(0), Map.of());
    }

    private static ObservedLink of(NetworkInterface found) throws SocketException {
        Map<Ipv4Address, Integer> addresses = new HashMap<>();
        for (InterfaceAddress address : found.getInterfaceAddresses()) {
            if (address.getAddress() instanceof Inet4Address ipv4) {
                addresses.put(
                        Ipv4Address.of(ipv4.getAddress(), 0),
                        (int) address.getNetworkPrefixLength());
            }
        }
        byte[] mac = found.getHardwareAddress();
        return new ObservedLink(
                found.getIndex(), found.isUp(), found.getMTU(), macOf(mac), addresses);
    }

    private static MacAddress macOf(byte[] octets) {
        long bits = 0;
        for (byte octet : octets == null ? new byte[0] : octets) {
            bits = bits << 8 | octet & 0xff;
        }
        return new MacAddress(bits);
    }
}
