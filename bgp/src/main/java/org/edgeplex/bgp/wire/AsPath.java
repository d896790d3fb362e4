package org.edgeplex.bgp.wire;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.edgeplex.net.AsNumber;

/// The ASes that the route went through, latest first (RFC 4271, sections 4.3 and 5.1.2).
///
/// ```
///   segment: | type (1) | count (1) | count x AS (2 or 4 octets, as negotiated) |
/// ```
public record AsPath(List<Segment> segments) implements PathAttribute {
    public static final int CODE = Iana.AS_PATH;
    public static final AsPath EMPTY = new AsPath(List.of());

    /// A segment's count is one octet.
    static final int SEGMENT_AS_MAX = 255;

    public AsPath {
        segments = List.copyOf(segments);
    }

    /// Kinds of segments, RFC 4271 and RFC 5065.
    public enum Kind {
        SET(1),
        SEQUENCE(2),
        CONFED_SEQUENCE(3),
        CONFED_SET(4);

        private final int code;

        Kind(int code) {
            this.code = code;
        }

        int code() {
            return code;
        }

        static Optional<Kind> ofCode(int code) {
            return Arrays.stream(values()).filter(kind -> kind.code == code).findFirst();
        }

        boolean isConfed() {
            return this == CONFED_SEQUENCE || this == CONFED_SET;
        }
    }

    /// One to 255 ASes.
    public record Segment(Kind kind, List<AsNumber> ases) {
        public Segment {
            ases = List.copyOf(ases);
            if (ases.isEmpty() || ases.size() > SEGMENT_AS_MAX) {
                throw new IllegalArgumentException("AS_PATH segment of " + ases.size());
            }
        }

        /// A set counts as one AS, confederation segments as none (RFC 4271, 9.1.2.2 a; RFC 5065).
        int pathLength() {
            return switch (kind) {
                case SEQUENCE -> ases.size();
                case SET -> 1;
                case CONFED_SEQUENCE, CONFED_SET -> 0;
            };
        }
    }

    /// A path of one sequence; of none when there are no ASes.
    public static AsPath sequence(AsNumber... ases) {
        return sequence(List.of(ases));
    }

    public static AsPath sequence(List<AsNumber> ases) {
        List<Segment> segments = new ArrayList<>();
        for (int from = 0; from < ases.size(); from += SEGMENT_AS_MAX) {
            int to = Math.min(ases.size(), from + SEGMENT_AS_MAX);
            segments.add(new Segment(Kind.SEQUENCE, ases.subList(from, to)));
        }
        return new AsPath(segments);
    }

    @Override
    public int code() {
        return CODE;
    }

    @Override
    public Category category() {
        return Category.WELL_KNOWN;
    }

    /// The length that the decision process compares.
    public int pathLength() {
        int length = 0;
        for (Segment segment : segments) {
            length += segment.pathLength();
        }
        return length;
    }

    /// RFC 4271, section 5.1.2 b: into the first sequence, or a new one where it is full.
    public AsPath prepend(AsNumber as) {
        List<Segment> prepended = new ArrayList<>(segments);
        if (!segments.isEmpty()
                && segments.getFirst().kind() == Kind.SEQUENCE
                && segments.getFirst().ases().size() < SEGMENT_AS_MAX) {
            List<AsNumber> ases = new ArrayList<>();
            ases.add(as);
            ases.addAll(segments.getFirst().ases());
            prepended.set(0, new Segment(Kind.SEQUENCE, ases));
        } else {
            prepended.addFirst(new Segment(Kind.SEQUENCE, List.of(as)));
        }
        return new AsPath(prepended);
    }

    /// Every occurrence of one AS replaced by another, as an AS-override wants it.
    public AsPath replace(AsNumber old, AsNumber replacement) {
        List<Segment> replaced = new ArrayList<>();
        for (Segment segment : segments) {
            List<AsNumber> ases = new ArrayList<>(segment.ases());
            ases.replaceAll(as -> as.equals(old) ? replacement : as);
            replaced.add(new Segment(segment.kind(), ases));
        }
        return new AsPath(replaced);
    }

    public int count(AsNumber as) {
        int count = 0;
        for (Segment segment : segments) {
            for (AsNumber one : segment.ases()) {
                count += one.equals(as) ? 1 : 0;
            }
        }
        return count;
    }

    /// The neighbouring AS that the route came from: what MEDs are compared between (RFC 4271,
    /// section 9.1.2.2 c); empty for a route of our own AS.
    public Optional<AsNumber> neighborAs() {
        for (Segment segment : segments) {
            if (!segment.kind().isConfed()) {
                return segment.kind() == Kind.SEQUENCE
                        ? Optional.of(segment.ases().getFirst())
                        : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /// Whether every AS can be written in two octets.
    boolean fitsTwoOctets() {
        return segments.stream().flatMap(s -> s.ases().stream()).allMatch(AsNumber::fitsTwoOctets);
    }

    /// RFC 6793, section 4.2.3: the leading part that only two-octet speakers saw, then AS4_PATH.
    ///
    /// An AS4_PATH longer than the AS_PATH is ignored.
    AsPath mergeAs4Path(AsPath as4Path) {
        int leading = pathLength() - as4Path.pathLength();
        if (leading < 0) {
            return this;
        }
        List<Segment> merged = new ArrayList<>();
        for (Segment segment : segments) {
            if (segment.kind().isConfed()) {
                merged.add(segment);
            } else if (leading >= segment.pathLength() && leading > 0) {
                merged.add(segment);
                leading -= segment.pathLength();
            } else if (leading > 0) {
                merged.add(new Segment(Kind.SEQUENCE, segment.ases().subList(0, leading)));
                leading = 0;
            }
        }
        merged.addAll(as4Path.segments);
        return new AsPath(joined(merged));
    }

    /// Neighbouring sequences as one, as far as the count allows.
    private static List<Segment> joined(List<Segment> segments) {
        List<Segment> result = new ArrayList<>();
        for (Segment segment : segments) {
            Segment last = result.isEmpty() ? segment : result.getLast();
            if (!result.isEmpty()
                    && last.kind() == Kind.SEQUENCE
                    && segment.kind() == Kind.SEQUENCE
                    && last.ases().size() + segment.ases().size() <= SEGMENT_AS_MAX) {
                List<AsNumber> ases = new ArrayList<>(last.ases());
                ases.addAll(segment.ases());
                result.set(result.size() - 1, new Segment(Kind.SEQUENCE, ases));
            } else {
                result.add(segment);
            }
        }
        return result;
    }

    @Override
    public String toString() {
        return segments.stream().map(AsPath::format).collect(Collectors.joining(" "));
    }

    private static String format(Segment segment) {
        String ases =
                segment.ases().stream().map(AsNumber::toString).collect(Collectors.joining(" "));
        return switch (segment.kind()) {
            case SEQUENCE -> ases;
            case SET -> "{" + ases + "}";
            case CONFED_SEQUENCE -> "(" + ases + ")";
            case CONFED_SET -> "[" + ases + "]";
        };
    }
}
