package org.edgeplex.pvm.core;

import java.util.List;
import java.util.Optional;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.Ipv4Prefix;
import org.edgeplex.state.record.Attachment;

/// What any route of the customer must fulfil, wherever it was learnt.
final class PrefixRules {
    /// RFC 6890: addresses that no router forwards. Only what lies inside is refused: the default
    /// route and its halves are in order.
    private static final List<Ipv4Prefix> MARTIANS =
            List.of(
                    Ipv4Prefix.parse("0.0.0.0/8"),
                    Ipv4Prefix.parse("127.0.0.0/8"),
                    Ipv4Prefix.parse("169.254.0.0/16"),
                    Ipv4Prefix.parse("224.0.0.0/4"),
                    Ipv4Prefix.parse("240.0.0.0/4"));

    private PrefixRules() {}

    static Optional<Reject> rejectPrefix(Attachment attachment, Ipv4Prefix prefix) {
        if (MARTIANS.stream().anyMatch(martian -> martian.contains(prefix))) {
            return Optional.of(Reject.MARTIAN);
        }
        return prefix.equals(Ipv4Prefix.host(attachment.gateway()))
                ? Optional.of(Reject.PE_ADDRESS)
                : Optional.empty();
    }

    static Optional<Reject> rejectNextHop(Attachment attachment, Ipv4Address nextHop) {
        boolean neighbour =
                attachment.link().contains(nextHop)
                        && nextHop.isUnicastHost()
                        && !nextHop.equals(attachment.gateway());
        return neighbour ? Optional.empty() : Optional.of(Reject.NEXT_HOP);
    }
}
