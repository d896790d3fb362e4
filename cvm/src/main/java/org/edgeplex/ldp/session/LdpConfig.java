package org.edgeplex.ldp.session;

import java.util.List;
import org.edgeplex.ldp.discovery.LinkConfig;
import org.edgeplex.ldp.wire.LdpIdentifier;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.Ipv4Prefix;

/// One LSR on one link.
public record LdpConfig(
        Ipv4Address lsrId,
        Ipv4Address transportAddress,
        String interfaceName,
        Ipv4Address interfaceAddress,
        int interfacePrefixLength,
        int helloHoldTimeSeconds,
        int keepAliveTimeSeconds) {
    private static final int HELLO_HOLD_TIME_SECONDS = 15;
    private static final int KEEP_ALIVE_TIME_SECONDS = 30;

    public LdpConfig {
        if (keepAliveTimeSeconds < 3 || keepAliveTimeSeconds > 0xffff) {
            throw new IllegalArgumentException(
                    "LDP KeepAlive time must be 3..65535 seconds: " + keepAliveTimeSeconds);
        }
    }

    /// With the usual times; the loopback is both LSR id and transport address.
    public static LdpConfig of(
            Ipv4Address loopback, String interfaceName, Ipv4Address address, int prefixLength) {
        return new LdpConfig(
                loopback,
                loopback,
                interfaceName,
                address,
                prefixLength,
                HELLO_HOLD_TIME_SECONDS,
                KEEP_ALIVE_TIME_SECONDS);
    }

    LdpIdentifier self() {
        return LdpIdentifier.platform(lsrId);
    }

    /// What we tell peers: addresses that may be next hops of theirs (RFC 5036, section 2.7).
    List<Ipv4Address> addresses() {
        return transportAddress.equals(interfaceAddress)
                ? List.of(interfaceAddress)
                : List.of(transportAddress, interfaceAddress);
    }

    LinkConfig link() {
        return new LinkConfig(
                self(),
                transportAddress,
                interfaceAddress,
                Ipv4Prefix.containing(interfaceAddress, interfacePrefixLength),
                helloHoldTimeSeconds);
    }
}
