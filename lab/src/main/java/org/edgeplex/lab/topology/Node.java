package org.edgeplex.lab.topology;

import java.nio.file.Path;
import java.util.List;
import org.edgeplex.net.AsNumber;
import org.edgeplex.net.Ipv4Address;

/// A machine of the lab. Each kind says what runs on it.
public sealed interface Node {
    String name();

    /// The kind's name in the file.
    default String kind() {
        return switch (this) {
            case Frr _ -> "frr";
            case Bird _ -> "bird";
            case Gobgp _ -> "gobgp";
            case Linux _ -> "linux";
            case EdgePlexPe _ -> "edgeplex-pe";
        };
    }

    /// Commands run in the node's namespace before its programs start.
    List<String> exec();

    /// FRR with the daemons named. `startupConfig` is its `frr.conf`.
    ///
    /// @param mpls whether it forwards labelled packets, as its own LDP says
    record Frr(
            String name, List<String> exec, Path startupConfig, List<String> daemons, boolean mpls)
            implements Node {}

    /// BIRD 2. `startupConfig` is its `bird.conf`.
    record Bird(String name, List<String> exec, Path startupConfig) implements Node {}

    /// GoBGP. `startupConfig` is its TOML file.
    record Gobgp(String name, List<String> exec, Path startupConfig) implements Node {}

    /// A namespace with a kernel in it: an end system.
    record Linux(String name, List<String> exec) implements Node {}

    /// A PE of ours: a switch, hosts, the CVM's namespace with its IGP, a store, a controller.
    ///
    /// @param startupConfig the `frr.conf` of the IGP beside the CVM
    /// @param corePort the port of the node that leads to the core; the other ports are accesses
    /// @param controllerPort where the API listens on 127.0.0.1; 0: the lab finds a free one
    record EdgePlexPe(
            String name,
            List<String> exec,
            Path startupConfig,
            Ipv4Address loopback,
            AsNumber as,
            String corePort,
            int coreMtuBytes,
            List<Ipv4Address> routeReflectors,
            NumberRange labels,
            NumberRange vlans,
            List<String> hosts,
            int controllerPort)
            implements Node {}
}
