package org.edgeplex.ldp.lib;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.edgeplex.ldp.lib.Resolution.Penultimate;
import org.edgeplex.ldp.lib.Resolution.Push;
import org.edgeplex.ldp.lib.Resolution.Reason;
import org.edgeplex.ldp.lib.Resolution.Unusable;
import org.edgeplex.ldp.wire.LdpIdentifier;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.Ipv4Prefix;
import org.edgeplex.net.MplsLabel;

/// FEC -> bindings received, per peer; and next-hop address -> peer.
///
/// Bounded: a peer beyond `BINDINGS_PER_PEER_MAX` or `ADDRESSES_PER_PEER_MAX` is refused more. Not
/// thread-safe.
public final class LabelInformationBase {
    public static final int BINDINGS_PER_PEER_MAX = 200_000;
    public static final int ADDRESSES_PER_PEER_MAX = 4_096;

    /// What became of a mapping.
    public sealed interface MapOutcome {
        record Added() implements MapOutcome {}

        record Unchanged() implements MapOutcome {}

        /// The peer is to be sent a release of the label it replaced (appendix A.1.2, LMp.5).
        record Replaced(MplsLabel previous) implements MapOutcome {}

        record Full() implements MapOutcome {}
    }

    private final Map<LdpIdentifier, TreeMap<Ipv4Prefix, MplsLabel>> bindings = new HashMap<>();
    private final Map<LdpIdentifier, Set<Ipv4Address>> addresses = new HashMap<>();
    private final Map<Ipv4Address, LdpIdentifier> owners = new HashMap<>();

    public MapOutcome map(LdpIdentifier peer, Ipv4Prefix fec, MplsLabel label) {
        Map<Ipv4Prefix, MplsLabel> ofPeer = bindings.computeIfAbsent(peer, _ -> new TreeMap<>());
        Optional<MplsLabel> previous = Optional.ofNullable(ofPeer.get(fec));
        if (previous.isEmpty() && ofPeer.size() >= BINDINGS_PER_PEER_MAX) {
            return new MapOutcome.Full();
        }
        ofPeer.put(fec, label);
        if (previous.isEmpty()) {
            return new MapOutcome.Added();
        }
        return previous.get().equals(label)
                ? new MapOutcome.Unchanged()
                : new MapOutcome.Replaced(previous.get());
    }

    /// Removes the binding of a FEC; with a label only if that is the one bound. Returns whether it
    /// was there.
    public boolean unmap(LdpIdentifier peer, Ipv4Prefix fec, Optional<MplsLabel> label) {
        TreeMap<Ipv4Prefix, MplsLabel> ofPeer = bindings.get(peer);
        if (ofPeer == null || !ofPeer.containsKey(fec)) {
            return false;
        }
        return label.isEmpty() || label.get().equals(ofPeer.get(fec))
                ? ofPeer.remove(fec) != null
                : false;
    }

    /// The FECs of a peer, for a wildcard; with a label only those bound to it.
    public List<Ipv4Prefix> fecs(LdpIdentifier peer, Optional<MplsLabel> label) {
        return bindings.getOrDefault(peer, new TreeMap<>()).entrySet().stream()
                .filter(each -> label.isEmpty() || label.get().equals(each.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /// The label that a peer has bound to a FEC.
    public Optional<MplsLabel> binding(LdpIdentifier peer, Ipv4Prefix fec) {
        TreeMap<Ipv4Prefix, MplsLabel> ofPeer = bindings.get(peer);
        return ofPeer == null ? Optional.empty() : Optional.ofNullable(ofPeer.get(fec));
    }

    /// A copy of what a peer has told us.
    public Map<Ipv4Prefix, MplsLabel> bindingsOf(LdpIdentifier peer) {
        TreeMap<Ipv4Prefix, MplsLabel> ofPeer = bindings.get(peer);
        return ofPeer == null ? Map.of() : new TreeMap<>(ofPeer);
    }

    /// Records an interface address of a peer. Returns false if the peer has too many, or another
    /// peer has claimed it: the first claim stands, so that a peer cannot take over a next hop.
    public boolean addAddress(LdpIdentifier peer, Ipv4Address address) {
        LdpIdentifier owner = owners.get(address);
        if (owner != null) {
            return owner.equals(peer);
        }
        Set<Ipv4Address> ofPeer = addresses.computeIfAbsent(peer, _ -> new TreeSet<>());
        if (ofPeer.size() >= ADDRESSES_PER_PEER_MAX) {
            return false;
        }
        ofPeer.add(address);
        owners.put(address, peer);
        return true;
    }

    /// Returns whether the address was the peer's.
    public boolean removeAddress(LdpIdentifier peer, Ipv4Address address) {
        Set<Ipv4Address> ofPeer = addresses.get(peer);
        return ofPeer != null && ofPeer.remove(address) && owners.remove(address, peer);
    }

    public List<Ipv4Address> addressesOf(LdpIdentifier peer) {
        Set<Ipv4Address> ofPeer = addresses.get(peer);
        return ofPeer == null ? List.of() : List.copyOf(ofPeer);
    }

    /// Forgets all that came over a session when it ends (section 2.5.6).
    public void forget(LdpIdentifier peer) {
        bindings.remove(peer);
        addressesOf(peer).forEach(owners::remove);
        addresses.remove(peer);
    }

    /// How a FEC leaves towards a next hop of the IGP's route for exactly this prefix; none: no
    /// route.
    public Resolution resolve(Ipv4Prefix fec, Optional<Ipv4Address> nextHop) {
        if (nextHop.isEmpty()) {
            return new Unusable(Reason.NO_ROUTE);
        }
        LdpIdentifier peer = owners.get(nextHop.get());
        if (peer == null) {
            return new Unusable(Reason.NEXT_HOP_IS_NO_LDP_PEER);
        }
        Optional<MplsLabel> binding = binding(peer, fec);
        if (binding.isEmpty()) {
            return new Unusable(Reason.NO_BINDING_FROM_NEXT_HOP);
        }
        MplsLabel label = binding.get();
        if (label.equals(MplsLabel.IMPLICIT_NULL)) {
            return new Penultimate(peer, nextHop.get());
        }
        if (label.isReserved() && !label.equals(MplsLabel.IPV4_EXPLICIT_NULL)) {
            return new Unusable(Reason.RESERVED_LABEL);
        }
        return new Push(peer, nextHop.get(), label);
    }
}
