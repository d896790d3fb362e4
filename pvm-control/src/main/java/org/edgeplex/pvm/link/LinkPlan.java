package org.edgeplex.pvm.link;

import java.util.ArrayList;
import java.util.List;
import org.edgeplex.net.Ipv4Address;

/// The `ip` commands that are missing between an interface as it is and as it should be.
///
/// Remote sites of the VPN ping the gateway, and its answers must find the way back: there is a
/// default route over the link, though no router on it that the kernel could resolve. Its next hop
/// is [#DUMMY_ADDRESS], an address that nobody owns, with a permanent neighbour entry: the PE's own
/// MAC address. So a frame to this MAC says the same to the data plane whether it comes from the CE
/// or from the TAP: route it in the VRF.
final class LinkPlan {
    /// The IPv4 dummy address (RFC 7600; RFC 6890 registry): never a destination, so no customer
    /// can own it.
    static final Ipv4Address DUMMY_ADDRESS = Ipv4Address.parse("192.0.0.8");

    private LinkPlan() {}

    /// Arguments of one `ip` command each, in order. Empty: the link is as it should be.
    static List<List<String>> commands(String name, ObservedLink observed, LinkSpec wanted) {
        List<List<String>> commands = new ArrayList<>();
        boolean sameMac = observed.mac().equals(wanted.mac());
        if (observed.up() && !sameMac) {
            // Not every driver takes a new MAC address while it is up.
            commands.add(List.of("link", "set", "dev", name, "down"));
        }
        if (!sameMac) {
            commands.add(List.of("link", "set", "dev", name, "address", wanted.mac().toString()));
        }
        if (observed.mtuBytes() != wanted.mtuBytes()) {
            commands.add(List.of("link", "set", "dev", name, "mtu", "" + wanted.mtuBytes()));
        }
        if (!observed.up() || !sameMac) {
            commands.add(List.of("link", "set", "dev", name, "up"));
        }
        addresses(name, observed, wanted, commands);
        if (!commands.isEmpty()) {
            // A link that was down, or an address that went, took the routes along.
            commands.addAll(wayBack(name, wanted));
        }
        return commands;
    }

    private static void addresses(
            String name, ObservedLink observed, LinkSpec wanted, List<List<String>> commands) {
        Integer length = observed.addresses().get(wanted.gateway());
        if (length == null || length != wanted.prefixLength()) {
            commands.add(addressCommand("replace", wanted.gateway(), wanted.prefixLength(), name));
        }
        observed.addresses()
                .forEach((address, prefixLength) -> {
                    if (!address.equals(wanted.gateway())
                            || prefixLength != wanted.prefixLength()) {
                        commands.add(addressCommand("del", address, prefixLength, name));
                    }
                });
    }

    private static List<String> addressCommand(
            String verb, Ipv4Address address, int prefixLength, String name) {
        return List.of("address", verb, address + "/" + prefixLength, "dev", name);
    }

    private static List<List<String>> wayBack(String name, LinkSpec wanted) {
        String dummy = DUMMY_ADDRESS.toString();
        return List.of(
                List.of(
                        "neighbour",
                        "replace",
                        dummy,
                        "lladdr",
                        wanted.mac().toString(),
                        "dev",
                        name,
                        "nud",
                        "permanent"),
                List.of(
                        "route",
                        "replace",
                        "default",
                        "via",
                        dummy,
                        "dev",
                        name,
                        "onlink",
                        "src",
                        wanted.gateway().toString()));
    }
}
