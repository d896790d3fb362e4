package org.edgeplex.cvm.kernel;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.util.Optional;
import org.edgeplex.net.Ipv4Address;

/// The interface to the core as the kernel has it.
public record CoreInterface(String name, int index, Ipv4Address address, int prefixLength) {

    /// Empty until it is up and has an IPv4 address.
    public static Optional<CoreInterface> find(String name) throws IOException {
        NetworkInterface device = NetworkInterface.getByName(name);
        if (device == null || !device.isUp()) {
            return Optional.empty();
        }
        for (InterfaceAddress each : device.getInterfaceAddresses()) {
            if (each.getAddress() instanceof Inet4Address inet) {
                return Optional.of(
                        new CoreInterface(
                                name,
                                device.getIndex(),
                                Ipv4Address.of(inet.getAddress(), 0),
                                each.getNetworkPrefixLength()));
            }
        }
        return Optional.empty();
    }
}
