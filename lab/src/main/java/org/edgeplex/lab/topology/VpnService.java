package org.edgeplex.lab.topology;

import java.util.List;
import org.edgeplex.net.AsNumber;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.Ipv4Prefix;

/// A VPN that the lab orders at the API of each PE it touches.
///
/// @param ordered when: at start, or while the checks run
public record VpnService(String name, Ordered ordered, List<Access> accesses) {
    public enum Ordered {
        AT_START,
        LATER
    }

    /// One site.
    ///
    /// @param pe the node of kind `edgeplex-pe`, and the port of it that the CE is wired to
    /// @param gateway the PE's address on the access link
    /// @param ceAddress the customer's address there
    /// @param site an address behind the CE that the checks use, inside the prefix that it
    ///   announces
    public record Access(
            String pe,
            String port,
            String ce,
            Ipv4Address gateway,
            int prefixLength,
            Ipv4Address ceAddress,
            Ipv4Address site,
            Routing routing) {}

    /// How the site's prefixes are learnt.
    public sealed interface Routing {
        record Bgp(AsNumber peerAs) implements Routing {}

        record Static(List<Ipv4Prefix> prefixes) implements Routing {}
    }
}
