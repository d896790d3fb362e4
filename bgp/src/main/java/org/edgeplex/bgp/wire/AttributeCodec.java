package org.edgeplex.bgp.wire;

import java.util.ArrayList;
import java.util.List;
import org.edgeplex.bgp.wire.AttributeError.Outcome;
import org.edgeplex.bgp.wire.AttributeError.Raised;
import org.edgeplex.net.AsNumber;
import org.edgeplex.net.Ipv4Address;

/// Values of single path attributes and their bytes; RFC 7606, section 7 is the list of checks.
///
/// AS numbers are four octets wide unless a method says otherwise.
final class AttributeCodec {
    private static final int FLAGS_AND_CODE_BYTES = 2;
    private static final int SHORT_LENGTH_MAX = 255;

    private AttributeCodec() {}

    /// Codes that [#decodeValue] or [UpdateDecoder] interprets.
    static boolean isRecognized(int code) {
        return switch (code) {
            case Iana.ORIGIN,
                    Iana.AS_PATH,
                    Iana.NEXT_HOP,
                    Iana.MULTI_EXIT_DISC,
                    Iana.LOCAL_PREF,
                    Iana.ATOMIC_AGGREGATE,
                    Iana.AGGREGATOR,
                    Iana.COMMUNITIES,
                    Iana.ORIGINATOR_ID,
                    Iana.CLUSTER_LIST,
                    Iana.MP_REACH_NLRI,
                    Iana.MP_UNREACH_NLRI,
                    Iana.EXTENDED_COMMUNITIES,
                    Iana.AS4_PATH,
                    Iana.AS4_AGGREGATOR,
                    Iana.LARGE_COMMUNITIES ->
                    true;
            default -> false;
        };
    }

    /// The optional and transitive flags that the attribute must have (RFC 7606, section 3 c).
    static int requiredFlags(int code) {
        return switch (code) {
            case Iana.ORIGIN, Iana.AS_PATH, Iana.NEXT_HOP, Iana.LOCAL_PREF, Iana.ATOMIC_AGGREGATE ->
                    Iana.FLAG_TRANSITIVE;
            case Iana.MULTI_EXIT_DISC,
                    Iana.ORIGINATOR_ID,
                    Iana.CLUSTER_LIST,
                    Iana.MP_REACH_NLRI,
                    Iana.MP_UNREACH_NLRI ->
                    Iana.FLAG_OPTIONAL;
            default -> Iana.FLAG_OPTIONAL | Iana.FLAG_TRANSITIVE;
        };
    }

    // Encoding.

    static void encode(OctetWriter out, PathAttribute attribute, boolean partial) {
        int flags = attribute.category().flags() | (partial ? Iana.FLAG_PARTIAL : 0);
        encode(out, flags, attribute.code(), encodeValue(attribute, true));
    }

    static void encode(OctetWriter out, int flags, int code, byte[] value) {
        if (value.length > SHORT_LENGTH_MAX) {
            out.u8(flags | Iana.FLAG_EXTENDED_LENGTH).u8(code).u16(value.length);
        } else {
            out.u8(flags).u8(code).u8(value.length);
        }
        out.bytes(value);
    }

    static byte[] encodeValue(PathAttribute attribute, boolean fourOctetAs) {
        OctetWriter out = new OctetWriter();
        switch (attribute) {
            case PathAttribute.Origin origin -> out.u8(origin.value());
            case AsPath path -> encodeAsPath(out, path, fourOctetAs);
            case PathAttribute.MultiExitDisc(long value) -> out.u32(value);
            case PathAttribute.LocalPref(long value) -> out.u32(value);
            case PathAttribute.AtomicAggregate() -> {}
            case PathAttribute.Aggregator(AsNumber as, Ipv4Address address) -> {
                encodeAs(out, as, fourOctetAs);
                out.u32(address.bits());
            }
            case PathAttribute.Communities(List<Integer> values) -> values.forEach(out::u32);
            case PathAttribute.ExtendedCommunities(List<Long> values) -> values.forEach(out::u64);
            case PathAttribute.LargeCommunities(List<LargeCommunity> values) ->
                    values.forEach(value ->
                            out.u32(value.globalAdministrator())
                                    .u32(value.localData1())
                                    .u32(value.localData2()));
            case PathAttribute.OriginatorId(Ipv4Address routerId) -> out.u32(routerId.bits());
            case PathAttribute.ClusterList(List<Ipv4Address> ids) ->
                    ids.forEach(id -> out.u32(id.bits()));
            case PathAttribute.Unknown unknown -> out.bytes(unknown.value().toBytes());
        }
        return out.toBytes();
    }

    private static void encodeAsPath(OctetWriter out, AsPath path, boolean fourOctetAs) {
        for (AsPath.Segment segment : path.segments()) {
            out.u8(segment.kind().code()).u8(segment.ases().size());
            segment.ases().forEach(as -> encodeAs(out, as, fourOctetAs));
        }
    }

    private static void encodeAs(OctetWriter out, AsNumber as, boolean fourOctetAs) {
        if (fourOctetAs) {
            out.u32(as.value());
        } else {
            out.u16((int) (as.fitsTwoOctets() ? as : AsNumber.AS_TRANS).value());
        }
    }

    // Decoding.

    /// Reads what [PathAttributes#encode] wrote; strict, since nobody but us wrote it.
    static PathAttributes decodeCanonical(byte[] bytes) throws Raised {
        OctetReader in = new OctetReader(bytes);
        PathAttributes attributes = PathAttributes.EMPTY;
        int previousCode = -1;
        while (in.hasRemaining()) {
            int flags = in.u8();
            int code = in.u8();
            int length = (flags & Iana.FLAG_EXTENDED_LENGTH) != 0 ? in.u16() : in.u8();
            OctetReader value = in.slice(length);
            if (code <= previousCode || isOutsideCanonicalForm(code)) {
                throw malformedList(code, "attribute " + code + " does not belong here");
            }
            attributes = attributes.with(decodeValue(flags, code, value, true));
            if (isRecognized(code) && (flags & Iana.FLAG_PARTIAL) != 0) {
                attributes = attributes.withPartial(code);
            }
            previousCode = code;
        }
        return attributes;
    }

    private static boolean isOutsideCanonicalForm(int code) {
        return switch (code) {
            case Iana.NEXT_HOP,
                    Iana.MP_REACH_NLRI,
                    Iana.MP_UNREACH_NLRI,
                    Iana.AS4_PATH,
                    Iana.AS4_AGGREGATOR ->
                    true;
            default -> false;
        };
    }

    /// The value of any attribute but those that [UpdateDecoder] sees to itself.
    static PathAttribute decodeValue(int flags, int code, OctetReader in, boolean fourOctetAs)
            throws Raised {
        try {
            return switch (code) {
                case Iana.ORIGIN -> decodeOrigin(in);
                case Iana.AS_PATH -> decodeAsPath(in, fourOctetAs);
                case Iana.MULTI_EXIT_DISC -> {
                    requireLength(code, in, 4, Outcome.TREAT_AS_WITHDRAW);
                    yield new PathAttribute.MultiExitDisc(in.u32());
                }
                case Iana.LOCAL_PREF -> {
                    requireLength(code, in, 4, Outcome.TREAT_AS_WITHDRAW);
                    yield new PathAttribute.LocalPref(in.u32());
                }
                case Iana.ATOMIC_AGGREGATE -> {
                    requireLength(code, in, 0, Outcome.DISCARD);
                    yield new PathAttribute.AtomicAggregate();
                }
                case Iana.AGGREGATOR -> decodeAggregator(code, in, fourOctetAs);
                case Iana.COMMUNITIES -> {
                    requireMultiple(code, in, Integer.BYTES);
                    List<Integer> values = new ArrayList<>();
                    while (in.hasRemaining()) {
                        values.add(in.s32());
                    }
                    yield new PathAttribute.Communities(values);
                }
                case Iana.ORIGINATOR_ID -> {
                    requireLength(code, in, 4, Outcome.TREAT_AS_WITHDRAW);
                    yield new PathAttribute.OriginatorId(new Ipv4Address(in.s32()));
                }
                case Iana.CLUSTER_LIST -> {
                    requireMultiple(code, in, Integer.BYTES);
                    List<Ipv4Address> ids = new ArrayList<>();
                    while (in.hasRemaining()) {
                        ids.add(new Ipv4Address(in.s32()));
                    }
                    yield new PathAttribute.ClusterList(ids);
                }
                case Iana.EXTENDED_COMMUNITIES -> {
                    requireMultiple(code, in, Long.BYTES);
                    List<Long> values = new ArrayList<>();
                    while (in.hasRemaining()) {
                        values.add(in.s64());
                    }
                    yield new PathAttribute.ExtendedCommunities(values);
                }
                case Iana.LARGE_COMMUNITIES -> decodeLargeCommunities(code, in);
                default ->
                        new PathAttribute.Unknown(
                                code,
                                (flags & Iana.FLAG_TRANSITIVE) != 0,
                                (flags & Iana.FLAG_PARTIAL) != 0,
                                Octets.of(in.rest()));
            };
        } catch (OctetReader.Truncated _) {
            // Lengths are checked above; only the segments of an AS_PATH can run out of bytes.
            throw treatAsWithdraw(code, UpdateError.MALFORMED_AS_PATH, "segment beyond the end");
        }
    }

    private static PathAttribute decodeOrigin(OctetReader in) throws Raised {
        requireLength(Iana.ORIGIN, in, 1, Outcome.TREAT_AS_WITHDRAW);
        int value = in.u8();
        return PathAttribute.Origin.ofValue(value)
                .orElseThrow(() ->
                        treatAsWithdraw(
                                Iana.ORIGIN,
                                UpdateError.INVALID_ORIGIN_ATTRIBUTE,
                                "ORIGIN " + value));
    }

    /// RFC 7606, section 7.2, and RFC 7607: AS_PATH, or AS4_PATH with four octets.
    static AsPath decodeAsPath(OctetReader in, boolean fourOctetAs) throws Raised {
        List<AsPath.Segment> segments = new ArrayList<>();
        while (in.hasRemaining()) {
            int kindCode = in.u8();
            AsPath.Kind kind =
                    AsPath.Kind.ofCode(kindCode)
                            .orElseThrow(() -> malformedAsPath("segment type " + kindCode));
            int count = in.u8();
            if (count == 0) {
                throw malformedAsPath("segment without an AS");
            }
            OctetReader ases = in.slice(count * (fourOctetAs ? 4 : 2));
            List<AsNumber> list = new ArrayList<>(count);
            while (ases.hasRemaining()) {
                AsNumber as = new AsNumber(fourOctetAs ? ases.u32() : ases.u16());
                if (as.value() == 0) {
                    throw malformedAsPath("AS 0");
                }
                list.add(as);
            }
            segments.add(new AsPath.Segment(kind, list));
        }
        return segments.isEmpty() ? AsPath.EMPTY : new AsPath(segments);
    }

    /// RFC 7606, section 7.7, and RFC 7607: AGGREGATOR, or AS4_AGGREGATOR with four octets.
    static PathAttribute.Aggregator decodeAggregator(int code, OctetReader in, boolean fourOctetAs)
            throws Raised {
        requireLength(code, in, fourOctetAs ? 8 : 6, Outcome.DISCARD);
        AsNumber as = new AsNumber(fourOctetAs ? in.u32() : in.u16());
        if (as.value() == 0) {
            throw new Raised(
                    new AttributeError(
                            code,
                            Outcome.DISCARD,
                            UpdateError.OPTIONAL_ATTRIBUTE_ERROR,
                            "aggregator AS 0"));
        }
        return new PathAttribute.Aggregator(as, new Ipv4Address(in.s32()));
    }

    private static PathAttribute decodeLargeCommunities(int code, OctetReader in) throws Raised {
        requireMultiple(code, in, 3 * Integer.BYTES);
        List<LargeCommunity> values = new ArrayList<>();
        while (in.hasRemaining()) {
            values.add(new LargeCommunity(in.s32(), in.s32(), in.s32()));
        }
        return new PathAttribute.LargeCommunities(values);
    }

    private static void requireLength(int code, OctetReader in, int length, Outcome outcome)
            throws Raised {
        if (in.remaining() != length) {
            throw new Raised(
                    new AttributeError(
                            code,
                            outcome,
                            UpdateError.ATTRIBUTE_LENGTH_ERROR,
                            "attribute " + code + " of " + in.remaining() + " octets"));
        }
    }

    /// Lists of communities and clusters: not empty, and whole (RFC 7606, sections 7.8 to 7.14).
    private static void requireMultiple(int code, OctetReader in, int unit) throws Raised {
        if (!in.hasRemaining() || in.remaining() % unit != 0) {
            throw treatAsWithdraw(
                    code,
                    UpdateError.OPTIONAL_ATTRIBUTE_ERROR,
                    "attribute " + code + " of " + in.remaining() + " octets");
        }
    }

    private static Raised malformedAsPath(String detail) {
        return treatAsWithdraw(Iana.AS_PATH, UpdateError.MALFORMED_AS_PATH, detail);
    }

    private static Raised malformedList(int code, String detail) {
        return treatAsWithdraw(code, UpdateError.MALFORMED_ATTRIBUTE_LIST, detail);
    }

    static Raised treatAsWithdraw(int code, UpdateError error, String detail) {
        return new Raised(new AttributeError(code, Outcome.TREAT_AS_WITHDRAW, error, detail));
    }

    /// Octets of the attribute's header for a value of this length.
    static int headerBytes(int valueBytes) {
        return FLAGS_AND_CODE_BYTES + (valueBytes > SHORT_LENGTH_MAX ? 2 : 1);
    }
}
