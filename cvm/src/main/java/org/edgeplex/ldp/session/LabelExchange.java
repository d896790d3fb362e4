package org.edgeplex.ldp.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntSupplier;
import org.edgeplex.ldp.lib.LabelInformationBase;
import org.edgeplex.ldp.lib.LabelInformationBase.MapOutcome;
import org.edgeplex.ldp.wire.FecElement;
import org.edgeplex.ldp.wire.LdpIdentifier;
import org.edgeplex.ldp.wire.LdpMessage;
import org.edgeplex.ldp.wire.Status;
import org.edgeplex.ldp.wire.StatusCode;
import org.edgeplex.ldp.wire.Tlv;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.Ipv4Prefix;
import org.edgeplex.net.MplsLabel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What address and label messages mean: a message of a peer in, answers and reports out.
///
/// `own` are the FECs that this LSR is the egress of, with the labels bound to them.
final class LabelExchange {
    private static final Logger LOG = LoggerFactory.getLogger(LabelExchange.class);

    private final LabelInformationBase lib = new LabelInformationBase();
    private final Map<Ipv4Prefix, MplsLabel> own = new TreeMap<>();
    private final LdpListener listener;
    private final IntSupplier messageIds;

    LabelExchange(LdpListener listener, IntSupplier messageIds) {
        this.listener = listener;
        this.messageIds = messageIds;
    }

    /// What a peer is told when its session comes up.
    List<LdpMessage> greeting(List<Ipv4Address> addresses) {
        List<LdpMessage> messages = new ArrayList<>();
        messages.add(new LdpMessage.Address(messageIds.getAsInt(), addresses, List.of()));
        own.forEach((fec, label) -> messages.add(mapping(fec, label, List.of())));
        return messages;
    }

    /// Binds a label to a FEC of ours; the messages go to every peer.
    List<LdpMessage> bind(Ipv4Prefix fec, MplsLabel label) {
        MplsLabel previous = own.put(fec, label);
        if (label.equals(previous)) {
            return List.of();
        }
        List<LdpMessage> messages = new ArrayList<>();
        if (previous != null) {
            messages.add(withdraw(fec, previous));
        }
        messages.add(mapping(fec, label, List.of()));
        return messages;
    }

    List<LdpMessage> unbind(Ipv4Prefix fec) {
        MplsLabel previous = own.remove(fec);
        return previous == null ? List.of() : List.of(withdraw(fec, previous));
    }

    void forget(LdpIdentifier peer) {
        lib.forget(peer);
    }

    /// Returns what to answer.
    List<LdpMessage> receive(LdpIdentifier peer, LdpMessage message) {
        return switch (message) {
            case LdpMessage.Address m -> addressesAdded(peer, m);
            case LdpMessage.AddressWithdraw m -> addressesRemoved(peer, m);
            case LdpMessage.LabelMapping m -> mapped(peer, m);
            case LdpMessage.LabelWithdraw m -> withdrawn(peer, m);
            case LdpMessage.LabelRequest m -> requested(m);
            case LdpMessage.LabelRelease m -> {
                // Our labels stand for a FEC, not for a peer: nothing is freed by a release.
                LOG.debug("{} released {} {}", peer, m.fec(), m.label());
                yield List.of();
            }
            case LdpMessage.LabelAbortRequest m -> {
                // Requests are answered at once, so it is too late (RFC 5036, section 3.5.9.1).
                LOG.debug("{} aborts request {}, already answered", peer, m.requestId());
                yield List.of();
            }
            case LdpMessage.Notification m -> {
                LOG.info("{} notifies: {}", peer, m.status().describe());
                yield List.of();
            }
            case LdpMessage.Hello _, LdpMessage.Initialization _, LdpMessage.KeepAlive _ ->
                    throw new IllegalStateException("not a label message: " + message);
        };
    }

    private List<LdpMessage> addressesAdded(LdpIdentifier peer, LdpMessage.Address message) {
        for (Ipv4Address address : message.addresses()) {
            if (!address.isUnicastHost() || !lib.addAddress(peer, address)) {
                LOG.warn("{} announces address {}, refused", peer, address);
            }
        }
        listener.addressesChanged(peer, lib.addressesOf(peer));
        return List.of();
    }

    private List<LdpMessage> addressesRemoved(
            LdpIdentifier peer, LdpMessage.AddressWithdraw message) {
        message.addresses().forEach(address -> lib.removeAddress(peer, address));
        listener.addressesChanged(peer, lib.addressesOf(peer));
        return List.of();
    }

    private List<LdpMessage> mapped(LdpIdentifier peer, LdpMessage.LabelMapping message) {
        List<LdpMessage> answers = new ArrayList<>();
        for (FecElement element : message.fec()) {
            if (!(element instanceof FecElement.Prefix(Ipv4Prefix fec))) {
                // Wildcards are for withdraw, release and (typed) request only: section 3.4.1.
                return List.of(refuse(StatusCode.UNKNOWN_FEC, message));
            }
            switch (lib.map(peer, fec, message.label())) {
                case MapOutcome.Added() -> listener.mappingReceived(peer, fec, message.label());
                case MapOutcome.Unchanged() -> LOG.trace("{} repeats {}", peer, fec);
                case MapOutcome.Replaced(MplsLabel previous) -> {
                    answers.add(release(List.of(element), Optional.of(previous)));
                    listener.mappingReceived(peer, fec, message.label());
                }
                case MapOutcome.Full() -> {
                    LOG.warn("{} sends too many bindings, {} refused", peer, fec);
                    answers.add(release(List.of(element), Optional.of(message.label())));
                }
            }
        }
        return answers;
    }

    /// Every withdraw is answered by a release, known or not (RFC 5036, section 3.5.10.1).
    private List<LdpMessage> withdrawn(LdpIdentifier peer, LdpMessage.LabelWithdraw message) {
        for (FecElement element : message.fec()) {
            List<Ipv4Prefix> fecs =
                    switch (element) {
                        case FecElement.Wildcard(), FecElement.AllIpv4Prefixes() ->
                                lib.fecs(peer, message.label());
                        case FecElement.Prefix(Ipv4Prefix fec) -> List.of(fec);
                    };
            for (Ipv4Prefix fec : fecs) {
                if (lib.unmap(peer, fec, message.label())) {
                    listener.mappingWithdrawn(peer, fec);
                }
            }
        }
        return List.of(release(message.fec(), message.label()));
    }

    private List<LdpMessage> requested(LdpMessage.LabelRequest message) {
        List<Tlv> inAnswer = List.of(new Tlv.LabelRequestMessageId(message.messageId()));
        List<LdpMessage> answers = new ArrayList<>();
        for (FecElement element : message.fec()) {
            switch (element) {
                case FecElement.Wildcard() -> answers.add(refuse(StatusCode.UNKNOWN_FEC, message));
                case FecElement.AllIpv4Prefixes() ->
                        own.forEach((fec, label) -> answers.add(mapping(fec, label, inAnswer)));
                case FecElement.Prefix(Ipv4Prefix fec) -> {
                    MplsLabel label = own.get(fec);
                    answers.add(
                            label == null
                                    ? refuse(StatusCode.NO_ROUTE, message)
                                    : mapping(fec, label, inAnswer));
                }
            }
        }
        return answers;
    }

    private LdpMessage mapping(Ipv4Prefix fec, MplsLabel label, List<Tlv> optional) {
        return new LdpMessage.LabelMapping(
                messageIds.getAsInt(), List.of(new FecElement.Prefix(fec)), label, optional);
    }

    private LdpMessage withdraw(Ipv4Prefix fec, MplsLabel label) {
        return new LdpMessage.LabelWithdraw(
                messageIds.getAsInt(),
                List.of(new FecElement.Prefix(fec)),
                List.of(new Tlv.GenericLabel(label)));
    }

    private LdpMessage release(List<FecElement> fec, Optional<MplsLabel> label) {
        List<Tlv> optional = new ArrayList<>();
        label.ifPresent(value -> optional.add(new Tlv.GenericLabel(value)));
        return new LdpMessage.LabelRelease(messageIds.getAsInt(), fec, List.copyOf(optional));
    }

    private LdpMessage refuse(StatusCode code, LdpMessage about) {
        return new LdpMessage.Notification(
                messageIds.getAsInt(),
                Status.about(code, about.messageId(), about.type()),
                List.of());
    }
}
