package org.edgeplex.bgp.wire;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.edgeplex.bgp.wire.AttributeError.Outcome;
import org.edgeplex.net.AsNumber;
import org.edgeplex.net.Ipv4Address;

/// Reads one UPDATE, with the error handling of RFC 7606.
///
/// ```
///   | withdrawn routes length (2) | withdrawn routes |
///   | total path attribute length (2) | path attributes | NLRI |
/// ```
///
/// One instance reads one message: the fields collect what the attributes say.
final class UpdateDecoder {
    private static final int VPN_NEXT_HOP_BYTES = 12;
    private static final int IPV4_BYTES = 4;

    private final DecodeContext context;
    private final List<AttributeError> errors = new ArrayList<>();
    private final List<RouteUpdate.Withdrawn> withdrawn = new ArrayList<>();
    private final List<Announcement> announcements = new ArrayList<>();
    private final BitSet seenCodes = new BitSet();
    private PathAttributes attributes = PathAttributes.EMPTY;
    private boolean carriesRoutes;
    private Optional<Ipv4Address> nextHop = Optional.empty();
    private Optional<AsPath> as4Path = Optional.empty();
    private Optional<PathAttribute.Aggregator> as4Aggregator = Optional.empty();

    /// Routes as found, before it is known whether their attributes hold.
    private record Announcement(
            AddressFamily family, Optional<Ipv4Address> nextHop, List<Reachable> routes) {}

    private UpdateDecoder(DecodeContext context) {
        this.context = context;
    }

    static Message.Update decode(OctetReader body, DecodeContext context) throws MalformedMessage {
        try {
            return new UpdateDecoder(context).decode(body);
        } catch (OctetReader.Truncated _) {
            throw reset(UpdateError.MALFORMED_ATTRIBUTE_LIST, "lengths do not fit the message");
        }
    }

    private Message.Update decode(OctetReader body) throws MalformedMessage {
        OctetReader withdrawnField = body.slice(body.u16());
        OctetReader attributeField = body.slice(body.u16());
        boolean empty =
                !withdrawnField.hasRemaining()
                        && !attributeField.hasRemaining()
                        && !body.hasRemaining();
        List<Reachable> gone = routes(AddressFamily.IPV4_UNICAST, withdrawnField);
        List<Reachable> classic = routes(AddressFamily.IPV4_UNICAST, body);
        decodeAttributes(attributeField);
        if (empty) {
            withdraw(AddressFamily.IPV4_UNICAST, List.of());
        } else if (!gone.isEmpty()) {
            withdraw(AddressFamily.IPV4_UNICAST, gone);
        }
        if (!classic.isEmpty()) {
            carriesRoutes = true;
            announcements.add(new Announcement(AddressFamily.IPV4_UNICAST, nextHop, classic));
            requireNextHop();
        }
        mergeAs4();
        requireMandatory();
        return conclude();
    }

    // Attributes.

    private void decodeAttributes(OctetReader in) throws MalformedMessage {
        while (in.hasRemaining()) {
            int flags;
            int code;
            OctetReader value;
            try {
                flags = in.u8();
                code = in.u8();
                value = in.slice((flags & Iana.FLAG_EXTENDED_LENGTH) != 0 ? in.u16() : in.u8());
            } catch (OctetReader.Truncated _) {
                // RFC 7606, section 4: the routes in the NLRI field are still found.
                add(
                        0,
                        Outcome.TREAT_AS_WITHDRAW,
                        UpdateError.MALFORMED_ATTRIBUTE_LIST,
                        "attribute beyond the end");
                return;
            }
            decodeAttribute(flags, code, value);
        }
    }

    private void decodeAttribute(int flags, int code, OctetReader value) throws MalformedMessage {
        if (seenCodes.get(code)) {
            duplicate(code);
            return;
        }
        seenCodes.set(code);
        if (!AttributeCodec.isRecognized(code) && (flags & Iana.FLAG_OPTIONAL) == 0) {
            throw reset(
                    UpdateError.UNRECOGNIZED_WELL_KNOWN_ATTRIBUTE, "well-known attribute " + code);
        }
        int optionalTransitive = flags & (Iana.FLAG_OPTIONAL | Iana.FLAG_TRANSITIVE);
        if (AttributeCodec.isRecognized(code)
                && optionalTransitive != AttributeCodec.requiredFlags(code)) {
            add(
                    code,
                    Outcome.TREAT_AS_WITHDRAW,
                    UpdateError.ATTRIBUTE_FLAGS_ERROR,
                    "flags 0x" + Integer.toHexString(flags));
        }
        try {
            interpret(flags, code, value);
        } catch (AttributeError.Raised raised) {
            errors.add(raised.error());
        }
    }

    /// RFC 7606, section 3 g.
    private void duplicate(int code) throws MalformedMessage {
        if (code == Iana.MP_REACH_NLRI || code == Iana.MP_UNREACH_NLRI) {
            throw reset(UpdateError.MALFORMED_ATTRIBUTE_LIST, "attribute " + code + " twice");
        }
        add(code, Outcome.DISCARD, UpdateError.MALFORMED_ATTRIBUTE_LIST, "attribute twice");
    }

    private void interpret(int flags, int code, OctetReader value)
            throws AttributeError.Raised, MalformedMessage {
        switch (code) {
            case Iana.NEXT_HOP -> decodeNextHop(value);
            case Iana.MP_REACH_NLRI -> decodeMpReach(value);
            case Iana.MP_UNREACH_NLRI -> decodeMpUnreach(value);
            case Iana.AS4_PATH, Iana.AS4_AGGREGATOR -> decodeAs4(code, value);
            case Iana.LOCAL_PREF, Iana.ORIGINATOR_ID, Iana.CLUSTER_LIST -> {
                if (context.peerType() == PeerType.EXTERNAL) {
                    // RFC 7606, sections 7.5, 7.9 and 7.10.
                    add(
                            code,
                            Outcome.DISCARD,
                            UpdateError.OPTIONAL_ATTRIBUTE_ERROR,
                            "attribute " + code + " from an external peer");
                } else {
                    keep(flags, code, value);
                }
            }
            default -> keep(flags, code, value);
        }
    }

    private void keep(int flags, int code, OctetReader value) throws AttributeError.Raised {
        attributes =
                attributes.with(
                        AttributeCodec.decodeValue(flags, code, value, context.fourOctetAs()));
        if (AttributeCodec.isRecognized(code) && (flags & Iana.FLAG_PARTIAL) != 0) {
            attributes = attributes.withPartial(code);
        }
    }

    private void decodeNextHop(OctetReader value) throws AttributeError.Raised {
        if (value.remaining() != IPV4_BYTES) {
            throw AttributeCodec.treatAsWithdraw(
                    Iana.NEXT_HOP,
                    UpdateError.ATTRIBUTE_LENGTH_ERROR,
                    "NEXT_HOP of " + value.remaining() + " octets");
        }
        nextHop = usableNextHop(new Ipv4Address(value.s32()), Iana.NEXT_HOP);
    }

    /// RFC 4271, section 6.3: a next hop that no host can have makes the routes unusable.
    private Optional<Ipv4Address> usableNextHop(Ipv4Address address, int code) {
        if (!address.isUnicastHost()) {
            add(
                    code,
                    Outcome.TREAT_AS_WITHDRAW,
                    UpdateError.INVALID_NEXT_HOP_ATTRIBUTE,
                    "next hop " + address);
        }
        return Optional.of(address);
    }

    /// RFC 6793, section 4.1 and 6: only two-octet speakers may send these; errors discard them.
    private void decodeAs4(int code, OctetReader value) throws AttributeError.Raised {
        if (context.fourOctetAs()) {
            add(
                    code,
                    Outcome.DISCARD,
                    UpdateError.OPTIONAL_ATTRIBUTE_ERROR,
                    "attribute " + code + " from a four-octet speaker");
            return;
        }
        if (code == Iana.AS4_AGGREGATOR) {
            as4Aggregator = Optional.of(AttributeCodec.decodeAggregator(code, value, true));
            return;
        }
        try {
            AsPath path = AttributeCodec.decodeAsPath(value, true);
            as4Path =
                    Optional.of(
                            new AsPath(
                                    path.segments().stream()
                                            .filter(segment -> !segment.kind().isConfed())
                                            .toList()));
        } catch (AttributeError.Raised | OctetReader.Truncated _) {
            add(code, Outcome.DISCARD, UpdateError.MALFORMED_AS_PATH, "malformed AS4_PATH");
        }
    }

    /// ```
    ///   | AFI (2) | SAFI (1) | next hop length (1) | next hop | reserved (1) | NLRI |
    /// ```
    private void decodeMpReach(OctetReader value) throws MalformedMessage {
        try {
            AddressFamily family = new AddressFamily(value.u16(), value.u8());
            OctetReader nextHopField = value.slice(value.u8());
            value.u8();
            carriesRoutes |= value.hasRemaining();
            if (!context.families().contains(family) || !family.isKnown()) {
                notSpoken(Iana.MP_REACH_NLRI, family);
                return;
            }
            Ipv4Address address = decodeMpNextHop(family, nextHopField);
            announcements.add(
                    new Announcement(
                            family,
                            usableNextHop(address, Iana.MP_REACH_NLRI),
                            routes(family, value)));
        } catch (OctetReader.Truncated _) {
            throw reset(UpdateError.OPTIONAL_ATTRIBUTE_ERROR, "MP_REACH_NLRI too short");
        }
    }

    /// RFC 4364, section 4.3.2: a VPN-IPv4 next hop has a route distinguisher of 0 before it.
    private static Ipv4Address decodeMpNextHop(AddressFamily family, OctetReader in)
            throws MalformedMessage {
        int length = in.remaining();
        boolean vpn = family.equals(AddressFamily.VPN_IPV4);
        if (length != (vpn ? VPN_NEXT_HOP_BYTES : IPV4_BYTES)) {
            // RFC 7606, section 7.11: the routes after it cannot be located.
            throw reset(
                    UpdateError.OPTIONAL_ATTRIBUTE_ERROR,
                    "next hop of " + length + " octets in " + family);
        }
        if (vpn) {
            in.s64();
        }
        return new Ipv4Address(in.s32());
    }

    /// ```
    ///   | AFI (2) | SAFI (1) | withdrawn routes |
    /// ```
    private void decodeMpUnreach(OctetReader value) throws MalformedMessage {
        try {
            AddressFamily family = new AddressFamily(value.u16(), value.u8());
            if (!context.families().contains(family) || !family.isKnown()) {
                notSpoken(Iana.MP_UNREACH_NLRI, family);
            } else {
                withdraw(family, routes(family, value));
            }
        } catch (OctetReader.Truncated _) {
            throw reset(UpdateError.OPTIONAL_ATTRIBUTE_ERROR, "MP_UNREACH_NLRI too short");
        }
    }

    private void notSpoken(int code, AddressFamily family) {
        add(
                code,
                Outcome.DISCARD,
                UpdateError.OPTIONAL_ATTRIBUTE_ERROR,
                family + " was not negotiated");
    }

    private static List<Reachable> routes(AddressFamily family, OctetReader in)
            throws MalformedMessage {
        try {
            return NlriCodec.decode(family, in);
        } catch (NlriCodec.Malformed malformed) {
            throw reset(UpdateError.INVALID_NETWORK_FIELD, malformed.detail());
        }
    }

    // What all attributes together say.

    /// RFC 6793, section 4.2.3.
    private void mergeAs4() {
        Optional<PathAttribute.Aggregator> aggregator =
                attributes.find(PathAttribute.Aggregator.class);
        boolean trueAggregator =
                aggregator.isEmpty() || aggregator.get().as().equals(AsNumber.AS_TRANS);
        if (!trueAggregator) {
            return; // an old speaker aggregated: AS4_PATH says nothing of its result
        }
        if (aggregator.isPresent() && as4Aggregator.isPresent()) {
            attributes = attributes.with(as4Aggregator.get());
        }
        if (as4Path.isPresent() && attributes.contains(Iana.AS_PATH)) {
            attributes = attributes.with(attributes.asPath().mergeAs4Path(as4Path.get()));
        }
    }

    private void requireNextHop() {
        if (!seenCodes.get(Iana.NEXT_HOP)) {
            missing(Iana.NEXT_HOP);
        }
    }

    /// RFC 7606, section 3 d.
    private void requireMandatory() {
        if (announcements.isEmpty()) {
            return;
        }
        if (!seenCodes.get(Iana.ORIGIN)) {
            missing(Iana.ORIGIN);
        }
        if (!seenCodes.get(Iana.AS_PATH)) {
            missing(Iana.AS_PATH);
        }
        if (!seenCodes.get(Iana.LOCAL_PREF) && context.peerType() == PeerType.INTERNAL) {
            missing(Iana.LOCAL_PREF);
        }
    }

    private void missing(int code) {
        add(
                code,
                Outcome.TREAT_AS_WITHDRAW,
                UpdateError.MISSING_WELL_KNOWN_ATTRIBUTE,
                "attribute " + code + " is missing");
    }

    private Message.Update conclude() throws MalformedMessage {
        boolean treatAsWithdraw =
                errors.stream().anyMatch(error -> error.outcome() == Outcome.TREAT_AS_WITHDRAW);
        if (treatAsWithdraw && !carriesRoutes) {
            // RFC 7606, section 5.2: whose attributes these are cannot be known.
            AttributeError first = errors.getFirst();
            throw reset(first.error(), first.detail() + ", and no routes to withdraw");
        }
        List<RouteUpdate> changes = new ArrayList<>(withdrawn);
        if (carriesRoutes || withdrawn.size() > 1) {
            // RFC 4724, section 2: End-of-RIB stands alone.
            changes.removeIf(change -> ((RouteUpdate.Withdrawn) change).isEndOfRib());
        }
        for (Announcement announcement : announcements) {
            if (announcement.routes().isEmpty()) {
                continue;
            }
            if (treatAsWithdraw) {
                changes.add(
                        new RouteUpdate.Withdrawn(
                                announcement.family(), identities(announcement.routes())));
            } else {
                changes.add(
                        new RouteUpdate.Announced(
                                announcement.family(),
                                announcement.nextHop().orElseThrow(),
                                attributes,
                                announcement.routes()));
            }
        }
        return new Message.Update(changes, errors);
    }

    private void withdraw(AddressFamily family, List<Reachable> routes) {
        withdrawn.add(new RouteUpdate.Withdrawn(family, identities(routes)));
    }

    private static List<Nlri> identities(List<Reachable> routes) {
        List<Nlri> identities = new ArrayList<>(routes.size());
        for (Reachable route : routes) {
            identities.add(route.nlri());
        }
        return identities;
    }

    private void add(int code, Outcome outcome, UpdateError error, String detail) {
        errors.add(new AttributeError(code, outcome, error, detail));
    }

    private static MalformedMessage reset(UpdateError error, String detail) {
        return new MalformedMessage(Message.Notification.of(error), detail);
    }
}
