package org.edgeplex.dataplane.forward;

import java.util.List;
import org.edgeplex.dataplane.packet.Ipv4;
import org.edgeplex.dataplane.packet.Ipv6;
import org.edgeplex.dataplane.packet.Memory;

/// Ordered rules, of which the first that a packet meets decides.
///
/// Compiled into bit vectors (Lakshman and Stiliadis, SIGCOMM 1998): for each of five dimensions
/// the intervals between the rules' bounds, and for each interval the set of rules that it is in. A
/// packet finds its interval in each dimension by binary search, and the first common bit of the
/// five sets is its rule: for a thousand rules some fifty comparisons and at most sixteen words of
/// each set. The price is memory, at a thousand rules a little more than a megabyte.
///
/// Made off the packet path and never changed afterwards, but for the count of hits, which the
/// worker writes and anybody reads a little late.
public final class Acl {
    public static final int RULES_MAX = 1024;

    /// What [#match] says of a packet that meets no rule.
    static final int NO_RULE = -1;

    private static final int FAMILY_IPV6 = 1 << 8;
    private static final int PROTOCOL_UNKNOWN = 255;

    private final int words;
    private final boolean[] permits;
    private final boolean isPermitByDefault;
    private final AclAddresses sources;
    private final AclAddresses destinations;
    private final AclPorts sourcePorts;
    private final AclPorts destinationPorts;

    /// Indexed by protocol and family.
    private final long[] protocols;

    /// The last one counts packets that no rule is about.
    private final long[] hits;

    private Acl(List<AclRule> rules, boolean isPermitByDefault) {
        words = (rules.size() + Long.SIZE - 1) / Long.SIZE;
        this.isPermitByDefault = isPermitByDefault;
        permits = new boolean[rules.size()];
        hits = new long[rules.size() + 1];
        protocols = new long[2 * FAMILY_IPV6 * words];
        for (int rule = 0; rule < permits.length; rule++) {
            permits[rule] = rules.get(rule).isPermit();
            addProtocol(rules.get(rule), rule);
        }
        sources = new AclAddresses(rules.stream().map(AclRule::source).toList(), words);
        destinations = new AclAddresses(rules.stream().map(AclRule::destination).toList(), words);
        sourcePorts = new AclPorts(rules.stream().map(AclRule::sourcePorts).toList(), words);
        destinationPorts =
                new AclPorts(rules.stream().map(AclRule::destinationPorts).toList(), words);
    }

    private void addProtocol(AclRule rule, int index) {
        int family = rule.isIpv6() ? FAMILY_IPV6 : 0;
        for (int protocol = 0; protocol < FAMILY_IPV6; protocol++) {
            if (rule.protocol() == AclRule.ANY_PROTOCOL || rule.protocol() == protocol) {
                protocols[(family | protocol) * words + index / Long.SIZE] |= 1L << index;
            }
        }
    }

    /// Rules in their order.
    ///
    /// @param isPermitByDefault of packets that meet no rule
    public static Acl compile(List<AclRule> rules, boolean isPermitByDefault) {
        if (rules.size() > RULES_MAX) {
            throw new IllegalArgumentException(
                    "more than " + RULES_MAX + " rules: " + rules.size());
        }
        return new Acl(List.copyOf(rules), isPermitByDefault);
    }

    /// How many packets a rule has decided about, counted from 0.
    public long hits(int rule) {
        return hits[rule];
    }

    /// How many packets no rule was about.
    public long hitsOfDefault() {
        return hits[hits.length - 1];
    }

    boolean permitsIpv4(long header, int length) {
        int protocol = Ipv4.protocol(header);
        boolean isFirst = (Ipv4.fragment(header) & Ipv4.FRAGMENT_OFFSET_MASK) == 0;
        int upper = isFirst ? Ipv4.headerBytes(header) : length;
        int rule =
                match(
                        protocol,
                        0,
                        AclRule.MAPPED_LOW | Ipv4.source(header) & 0xffff_ffffL,
                        0,
                        AclRule.MAPPED_LOW | Ipv4.destination(header) & 0xffff_ffffL,
                        ports(header, upper, protocol, length));
        return decide(rule);
    }

    boolean permitsIpv6(long header, int length) {
        int found = Ipv6Upper.find(header, length);
        int protocol = found == Ipv6Upper.UNKNOWN ? PROTOCOL_UNKNOWN : Ipv6Upper.protocol(found);
        int upper = found == Ipv6Upper.UNKNOWN ? 0 : Ipv6Upper.offset(found);
        int rule =
                match(
                        FAMILY_IPV6 | protocol,
                        Ipv6.sourceHigh(header),
                        Ipv6.sourceLow(header),
                        Ipv6.destinationHigh(header),
                        Ipv6.destinationLow(header),
                        ports(header, upper == 0 ? length : upper, protocol, length));
        return decide(rule);
    }

    /// Both ports in one number, or [AclPorts#NONE].
    private static long ports(long header, int upper, int protocol, int length) {
        return FlowHash.hasPorts(protocol) && upper + Integer.BYTES <= length
                ? Memory.getIntBig(header + upper) & 0xffff_ffffL
                : AclPorts.NONE;
    }

    private boolean decide(int rule) {
        if (rule == NO_RULE) {
            hits[hits.length - 1]++;
            return isPermitByDefault;
        }
        hits[rule]++;
        return permits[rule];
    }

    private int match(
            int familyAndProtocol,
            long sourceHigh,
            long sourceLow,
            long destinationHigh,
            long destinationLow,
            long ports) {
        int source = sources.find(sourceHigh, sourceLow) * words;
        int destination = destinations.find(destinationHigh, destinationLow) * words;
        boolean hasPorts = ports != AclPorts.NONE;
        int sourcePort = sourcePorts.find(hasPorts ? (int) (ports >>> 16) : -1) * words;
        int destinationPort = destinationPorts.find(hasPorts ? (int) ports & 0xffff : -1) * words;
        int protocol = familyAndProtocol * words;
        for (int word = 0; word < words; word++) {
            long common =
                    sources.rules(source + word)
                            & destinations.rules(destination + word)
                            & protocols[protocol + word]
                            & sourcePorts.rules(sourcePort + word)
                            & destinationPorts.rules(destinationPort + word);
            if (common != 0) {
                return word * Long.SIZE + Long.numberOfTrailingZeros(common);
            }
        }
        return NO_RULE;
    }
}
