package org.edgeplex.bgp.wire;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.edgeplex.net.AsNumber;
import org.edgeplex.net.Ipv4Address;

/// One path attribute (RFC 4271, section 5) other than those that carry routes and next hops.
///
/// ```
///   | flags (1) | type code (1) | length (1 or 2) | value |
/// ```
public sealed interface PathAttribute
        permits AsPath,
                PathAttribute.Origin,
                PathAttribute.MultiExitDisc,
                PathAttribute.LocalPref,
                PathAttribute.AtomicAggregate,
                PathAttribute.Aggregator,
                PathAttribute.Communities,
                PathAttribute.ExtendedCommunities,
                PathAttribute.LargeCommunities,
                PathAttribute.OriginatorId,
                PathAttribute.ClusterList,
                PathAttribute.Unknown {
    int code();

    /// Whether the attribute's definition says optional and transitive.
    Category category();

    /// RFC 4271, section 5.
    enum Category {
        WELL_KNOWN(Iana.FLAG_TRANSITIVE),
        OPTIONAL_TRANSITIVE(Iana.FLAG_OPTIONAL | Iana.FLAG_TRANSITIVE),
        OPTIONAL_NON_TRANSITIVE(Iana.FLAG_OPTIONAL);

        private final int flags;

        Category(int flags) {
            this.flags = flags;
        }

        int flags() {
            return flags;
        }
    }

    /// Where the route came from into BGP; lower is better. RFC 4271, section 5.1.1.
    enum Origin implements PathAttribute {
        IGP(0),
        EGP(1),
        INCOMPLETE(2);

        public static final int CODE = Iana.ORIGIN;

        private final int value;

        Origin(int value) {
            this.value = value;
        }

        public int value() {
            return value;
        }

        static Optional<Origin> ofValue(int value) {
            return Arrays.stream(values()).filter(one -> one.value == value).findFirst();
        }

        @Override
        public int code() {
            return CODE;
        }

        @Override
        public Category category() {
            return Category.WELL_KNOWN;
        }
    }

    /// RFC 4271, section 5.1.4.
    record MultiExitDisc(long value) implements PathAttribute {
        public static final int CODE = Iana.MULTI_EXIT_DISC;

        public MultiExitDisc {
            requireU32(value);
        }

        @Override
        public int code() {
            return CODE;
        }

        @Override
        public Category category() {
            return Category.OPTIONAL_NON_TRANSITIVE;
        }
    }

    /// RFC 4271, section 5.1.5.
    record LocalPref(long value) implements PathAttribute {
        public static final int CODE = Iana.LOCAL_PREF;

        /// What routers use where nobody said anything.
        public static final long DEFAULT = 100;

        public LocalPref {
            requireU32(value);
        }

        @Override
        public int code() {
            return CODE;
        }

        @Override
        public Category category() {
            return Category.WELL_KNOWN;
        }
    }

    /// RFC 4271, section 5.1.6.
    record AtomicAggregate() implements PathAttribute {
        public static final int CODE = Iana.ATOMIC_AGGREGATE;

        @Override
        public int code() {
            return CODE;
        }

        @Override
        public Category category() {
            return Category.WELL_KNOWN;
        }
    }

    /// RFC 4271, section 5.1.7.
    record Aggregator(AsNumber as, Ipv4Address address) implements PathAttribute {
        public static final int CODE = Iana.AGGREGATOR;

        @Override
        public int code() {
            return CODE;
        }

        @Override
        public Category category() {
            return Category.OPTIONAL_TRANSITIVE;
        }
    }

    /// RFC 1997: 32 bits each, AS in the upper half.
    record Communities(List<Integer> values) implements PathAttribute {
        public static final int CODE = Iana.COMMUNITIES;
        public static final int NO_EXPORT = 0xffff_ff01;
        public static final int NO_ADVERTISE = 0xffff_ff02;
        public static final int NO_EXPORT_SUBCONFED = 0xffff_ff03;

        public Communities {
            values = List.copyOf(values);
        }

        @Override
        public int code() {
            return CODE;
        }

        @Override
        public Category category() {
            return Category.OPTIONAL_TRANSITIVE;
        }
    }

    /// RFC 4360: eight octets each.
    record ExtendedCommunities(List<Long> values) implements PathAttribute {
        public static final int CODE = Iana.EXTENDED_COMMUNITIES;

        public ExtendedCommunities {
            values = List.copyOf(values);
        }

        @Override
        public int code() {
            return CODE;
        }

        @Override
        public Category category() {
            return Category.OPTIONAL_TRANSITIVE;
        }
    }

    /// RFC 8092: twelve octets each.
    record LargeCommunities(List<LargeCommunity> values) implements PathAttribute {
        public static final int CODE = Iana.LARGE_COMMUNITIES;

        public LargeCommunities {
            values = List.copyOf(values);
        }

        @Override
        public int code() {
            return CODE;
        }

        @Override
        public Category category() {
            return Category.OPTIONAL_TRANSITIVE;
        }
    }

    /// RFC 4456, section 8.
    record OriginatorId(Ipv4Address routerId) implements PathAttribute {
        public static final int CODE = Iana.ORIGINATOR_ID;

        @Override
        public int code() {
            return CODE;
        }

        @Override
        public Category category() {
            return Category.OPTIONAL_NON_TRANSITIVE;
        }
    }

    /// The route reflectors that the route went through, latest first. RFC 4456, section 8.
    record ClusterList(List<Ipv4Address> clusterIds) implements PathAttribute {
        public static final int CODE = Iana.CLUSTER_LIST;

        public ClusterList {
            clusterIds = List.copyOf(clusterIds);
        }

        @Override
        public int code() {
            return CODE;
        }

        @Override
        public Category category() {
            return Category.OPTIONAL_NON_TRANSITIVE;
        }
    }

    /// An optional attribute that we do not understand; kept, because others may (RFC 4271, section
    /// 5: passed on if transitive, with the partial bit set).
    record Unknown(int code, boolean transitive, boolean partial, Octets value)
            implements PathAttribute {
        public Unknown {
            if (code < 0 || code > 0xff || AttributeCodec.isRecognized(code)) {
                throw new IllegalArgumentException("not an unknown attribute: " + code);
            }
        }

        @Override
        public Category category() {
            return transitive ? Category.OPTIONAL_TRANSITIVE : Category.OPTIONAL_NON_TRANSITIVE;
        }
    }

    private static void requireU32(long value) {
        if (value < 0 || value > 0xffff_ffffL) {
            throw new IllegalArgumentException("not an unsigned 32-bit value: " + value);
        }
    }
}
