package org.edgeplex.controller.intent;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.edgeplex.controller.intent.VpnNetworkAccess.Ipv4Link;
import org.edgeplex.net.AsNumber;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.Ipv4Prefix;
import org.edgeplex.state.record.CustomerRouting;

/// Reads a vpn-network-access, and checks all that can be checked without knowing any other.
final class AccessJson {
    private static final int MTU_DEFAULT = 1500;

    /// The smallest MTU of IPv4 (RFC 791, section 3.1) and the largest that a record holds.
    private static final int MTU_MIN = 68;

    private static final int MTU_MAX = 0xffff;

    private static final int HOLD_TIME_DEFAULT_SECONDS = 90;
    private static final int PREFIXES_DEFAULT = 10_000;
    private static final int PREFIXES_MAX = 1_000_000;

    private AccessJson() {}

    static VpnNetworkAccess read(JsonNode document) {
        JsonFields fields = JsonFields.of(document);
        Optional<String> id = fields.parsed("access-id", Names::parse);
        Optional<String> port = fields.parsed("port", AccessJson::port);
        Optional<Ipv4Link> link = fields.object("ip-connection").flatMap(AccessJson::connection);
        OptionalInt mtu = fields.integer("mtu", MTU_MIN, MTU_MAX, MTU_DEFAULT);
        Optional<AccessRouting> routing =
                fields.object("routing").flatMap(inner -> routing(inner, link));
        fields.ignore(IntentJson.STATUS);
        fields.refuseUnknown();
        fields.refuseProblems();
        return new VpnNetworkAccess(
                id.orElseThrow(),
                port.orElseThrow(),
                link.orElseThrow(),
                mtu.orElseThrow(),
                routing.orElseThrow());
    }

    /// A network device of Linux: its name has at most 15 characters.
    private static String port(String text) {
        if (!text.matches("[A-Za-z0-9][A-Za-z0-9_.-]{0,14}")) {
            throw new IllegalArgumentException(
                    "must be the name of a switch port, at most 15 characters: \"" + text + '"');
        }
        return text;
    }

    private static Optional<Ipv4Link> connection(JsonFields fields) {
        Optional<Ipv4Link> link = fields.object("ipv4").flatMap(AccessJson::link);
        fields.refuseUnknown();
        return link;
    }

    private static Optional<Ipv4Link> link(JsonFields fields) {
        Optional<Ipv4Address> address = fields.parsed("provider-address", AccessJson::unicast);
        OptionalInt length = fields.integer("prefix-length", 8, Ipv4Prefix.LENGTH_MAX - 1);
        fields.refuseUnknown();
        if (address.isEmpty() || length.isEmpty()) {
            return Optional.empty();
        }
        Ipv4Link link = new Ipv4Link(address.get(), length.getAsInt());
        if (!link.hasHost(link.providerAddress())) {
            fields.problem(
                    fields.name("provider-address"),
                    "is the network or broadcast address of "
                            + link.prefix()
                            + ": "
                            + link.providerAddress());
            return Optional.empty();
        }
        return Optional.of(link);
    }

    private static Ipv4Address unicast(String text) {
        Ipv4Address address = Ipv4Address.parse(text);
        if (!address.isUnicastHost()) {
            throw new IllegalArgumentException("not an address that a host can have: " + address);
        }
        return address;
    }

    private static Optional<AccessRouting> routing(JsonFields fields, Optional<Ipv4Link> link) {
        boolean isStatic = fields.has("static");
        if (isStatic == fields.has("bgp")) {
            fields.problem(fields.pointer(), "must have either \"static\" or \"bgp\"");
            return Optional.empty();
        }
        Optional<AccessRouting> routing =
                isStatic
                        ? fields.object("static").flatMap(inner -> staticRouting(inner, link))
                        : fields.object("bgp").flatMap(inner -> bgp(inner, link));
        fields.refuseUnknown();
        return routing;
    }

    private static Optional<AccessRouting> staticRouting(
            JsonFields fields, Optional<Ipv4Link> link) {
        List<CustomerRouting.Static.Route> routes = new ArrayList<>();
        Set<Ipv4Prefix> seen = new HashSet<>();
        Optional<List<JsonFields>> items = fields.objects("routes", IntentJson.STATIC_ROUTES_MAX);
        for (JsonFields item : items.orElse(List.of())) {
            Optional<Ipv4Prefix> prefix = item.parsed("prefix", AccessJson::customerPrefix);
            Optional<Ipv4Address> nextHop = item.parsed("next-hop", AccessJson::unicast);
            item.refuseUnknown();
            nextHop.ifPresent(address -> checkCustomer(item, "next-hop", address, link));
            if (prefix.isPresent() && !seen.add(prefix.get())) {
                item.problem(item.name("prefix"), "has two static routes: " + prefix.get());
            }
            if (prefix.isPresent() && link.map(Ipv4Link::prefix).equals(prefix)) {
                item.problem(item.name("prefix"), "is the access link itself: " + prefix.get());
            }
            if (prefix.isPresent() && nextHop.isPresent()) {
                routes.add(new CustomerRouting.Static.Route(prefix.get(), nextHop.get()));
            }
        }
        fields.refuseUnknown();
        return Optional.of(new AccessRouting.Static(routes));
    }

    private static Optional<AccessRouting> bgp(JsonFields fields, Optional<Ipv4Link> link) {
        Optional<AsNumber> peerAs = fields.unsigned32("peer-as").map(AsNumber::new);
        Optional<Ipv4Address> peer = fields.parsed("peer-address", AccessJson::unicast);
        OptionalInt holdTime =
                fields.integer("hold-time-seconds", 0, 0xffff, HOLD_TIME_DEFAULT_SECONDS);
        OptionalInt prefixesMax = fields.integer("prefixes-max", 1, PREFIXES_MAX, PREFIXES_DEFAULT);
        fields.refuseUnknown();
        peer.ifPresent(address -> checkCustomer(fields, "peer-address", address, link));
        // RFC 7607 (AS 0), RFC 6793 (AS_TRANS).
        if (peerAs.isPresent()
                && (peerAs.get().value() == 0 || peerAs.get().equals(AsNumber.AS_TRANS))) {
            fields.problem(fields.name("peer-as"), "is reserved: " + peerAs.get());
        }
        // RFC 4271, section 4.2: zero or at least three.
        if (holdTime.isPresent() && holdTime.getAsInt() > 0 && holdTime.getAsInt() < 3) {
            fields.problem(fields.name("hold-time-seconds"), "must be 0 or at least 3");
        }
        if (peerAs.isEmpty() || peer.isEmpty() || holdTime.isEmpty() || prefixesMax.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new AccessRouting.Bgp(
                        peerAs.get(), peer.get(), holdTime.getAsInt(), prefixesMax.getAsInt()));
    }

    private static Ipv4Prefix customerPrefix(String text) {
        Ipv4Prefix prefix = Ipv4Prefix.parse(text);
        if (prefix.length() > 0 && !prefix.address().isUnicastHost()) {
            throw new IllegalArgumentException("no unicast addresses of a site: " + prefix);
        }
        return prefix;
    }

    /// A CE's address is one of the link's, and not the PE's own.
    private static void checkCustomer(
            JsonFields fields, String name, Ipv4Address address, Optional<Ipv4Link> link) {
        if (link.isEmpty()) {
            return;
        }
        if (!link.get().hasHost(address)) {
            fields.problem(
                    fields.name(name),
                    "is not a host's address in the access link "
                            + link.get().prefix()
                            + ": "
                            + address);
        } else if (link.get().providerAddress().equals(address)) {
            fields.problem(fields.name(name), "is the provider's own address: " + address);
        }
    }
}
