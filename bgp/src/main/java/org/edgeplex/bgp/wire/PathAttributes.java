package org.edgeplex.bgp.wire;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.RouteTarget;

/// All path attributes of a route but its next hop and NLRI: an immutable value.
///
/// Attributes are held in the order of their codes, each code once. The canonical form ([#encode])
/// is the wire form in that order, with four-octet AS numbers always, so equal values have equal
/// bytes and a stored route does not depend on the session it came from.
public final class PathAttributes {
    public static final PathAttributes EMPTY = new PathAttributes(List.of(), 0);

    private final List<PathAttribute> attributes;

    /// Recognized codes whose partial bit is set, as a bit set; they are all below 64.
    private final long partialCodes;

    private PathAttributes(List<PathAttribute> attributes, long partialCodes) {
        this.attributes = List.copyOf(attributes);
        this.partialCodes = partialCodes;
    }

    /// What a route that starts here has: an origin and an empty AS path.
    public static PathAttributes originated(PathAttribute.Origin origin) {
        return EMPTY.with(origin).with(AsPath.EMPTY);
    }

    // The canonical form.

    public byte[] encode() {
        OctetWriter out = new OctetWriter();
        for (PathAttribute attribute : attributes) {
            AttributeCodec.encode(out, attribute, isPartial(attribute));
        }
        return out.toBytes();
    }

    /// Reads the canonical form back; anything else in the bytes is an error of who stored them.
    public static PathAttributes decode(byte[] bytes) {
        try {
            return AttributeCodec.decodeCanonical(bytes);
        } catch (OctetReader.Truncated | AttributeError.Raised error) {
            throw new IllegalArgumentException("stored path attributes: " + error.getMessage());
        }
    }

    // Typed accessors.

    public Optional<PathAttribute.Origin> origin() {
        return find(PathAttribute.Origin.class);
    }

    /// The AS path, empty where the attribute is absent.
    public AsPath asPath() {
        return find(AsPath.class).orElse(AsPath.EMPTY);
    }

    public OptionalLong multiExitDisc() {
        return find(PathAttribute.MultiExitDisc.class)
                .map(med -> OptionalLong.of(med.value()))
                .orElseGet(OptionalLong::empty);
    }

    public OptionalLong localPref() {
        return find(PathAttribute.LocalPref.class)
                .map(pref -> OptionalLong.of(pref.value()))
                .orElseGet(OptionalLong::empty);
    }

    public List<Integer> communities() {
        return find(PathAttribute.Communities.class)
                .map(PathAttribute.Communities::values)
                .orElse(List.of());
    }

    public List<Long> extendedCommunities() {
        return find(PathAttribute.ExtendedCommunities.class)
                .map(PathAttribute.ExtendedCommunities::values)
                .orElse(List.of());
    }

    /// The route targets among the extended communities (RFC 4364, section 4.3.1).
    public List<RouteTarget> routeTargets() {
        return extendedCommunities().stream()
                .filter(RouteTarget::isRouteTarget)
                .map(RouteTarget::new)
                .toList();
    }

    public List<LargeCommunity> largeCommunities() {
        return find(PathAttribute.LargeCommunities.class)
                .map(PathAttribute.LargeCommunities::values)
                .orElse(List.of());
    }

    public Optional<Ipv4Address> originatorId() {
        return find(PathAttribute.OriginatorId.class).map(PathAttribute.OriginatorId::routerId);
    }

    public List<Ipv4Address> clusterList() {
        return find(PathAttribute.ClusterList.class)
                .map(PathAttribute.ClusterList::clusterIds)
                .orElse(List.of());
    }

    /// All attributes in the order of their codes.
    public List<PathAttribute> all() {
        return attributes;
    }

    /// Some router on the way did not understand the attribute (RFC 4271, section 4.3).
    boolean isPartial(PathAttribute attribute) {
        return attribute instanceof PathAttribute.Unknown unknown
                ? unknown.partial()
                : (partialCodes >>> attribute.code() & 1) != 0;
    }

    public <A extends PathAttribute> Optional<A> find(Class<A> type) {
        for (PathAttribute attribute : attributes) {
            if (type.isInstance(attribute)) {
                return Optional.of(type.cast(attribute));
            }
        }
        return Optional.empty();
    }

    public boolean contains(int code) {
        return attributes.stream().anyMatch(attribute -> attribute.code() == code);
    }

    // Withers.

    /// The attribute added, or in place of the one with its code.
    public PathAttributes with(PathAttribute attribute) {
        List<PathAttribute> changed = new ArrayList<>(attributes.size() + 1);
        for (PathAttribute one : attributes) {
            if (one.code() < attribute.code()) {
                changed.add(one);
            }
        }
        changed.add(attribute);
        for (PathAttribute one : attributes) {
            if (one.code() > attribute.code()) {
                changed.add(one);
            }
        }
        return new PathAttributes(changed, partialCodes);
    }

    public PathAttributes without(int code) {
        return retaining(attribute -> attribute.code() != code);
    }

    public PathAttributes retaining(Predicate<PathAttribute> keep) {
        List<PathAttribute> kept = attributes.stream().filter(keep).toList();
        return kept.size() == attributes.size() ? this : new PathAttributes(kept, partialCodes);
    }

    public PathAttributes withLocalPref(long value) {
        return with(new PathAttribute.LocalPref(value));
    }

    public PathAttributes withMultiExitDisc(long value) {
        return with(new PathAttribute.MultiExitDisc(value));
    }

    /// These route targets in place of those there; other extended communities stay.
    public PathAttributes withRouteTargets(Collection<RouteTarget> targets) {
        List<Long> values = new ArrayList<>();
        for (long community : extendedCommunities()) {
            if (!RouteTarget.isRouteTarget(community)) {
                values.add(community);
            }
        }
        targets.forEach(target -> values.add(target.bits()));
        return values.isEmpty()
                ? without(PathAttribute.ExtendedCommunities.CODE)
                : with(new PathAttribute.ExtendedCommunities(values));
    }

    PathAttributes withPartial(int code) {
        return new PathAttributes(attributes, partialCodes | 1L << code);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PathAttributes that
                && partialCodes == that.partialCodes
                && attributes.equals(that.attributes);
    }

    @Override
    public int hashCode() {
        return Objects.hash(attributes, partialCodes);
    }

    @Override
    public String toString() {
        return attributes.toString();
    }
}
