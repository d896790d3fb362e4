package org.edgeplex.ldp.wire;

import java.util.List;
import java.util.Optional;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.MplsLabel;

/// A message of LDP (RFC 5036, section 3.5).
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |U|   Message Type              |      Message Length           |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                     Message ID                                |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                     Mandatory parameters, then optional ones  |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
///
/// Message ids are 32 bits, compared for equality only.
public sealed interface LdpMessage {
    int messageId();

    List<Tlv> optional();

    /// Section 3.5.1: Status.
    record Notification(int messageId, Status status, List<Tlv> optional) implements LdpMessage {}

    /// Section 3.5.2: Common Hello Parameters.
    record Hello(int messageId, Tlv.HelloParameters parameters, List<Tlv> optional)
            implements LdpMessage {
        /// Where the sender opens or expects the session: its TLV, else the source of the packet
        /// (section 2.5.2).
        public Ipv4Address transportAddress(Ipv4Address source) {
            return LdpMessage.first(optional, Tlv.TransportAddress.class)
                    .map(Tlv.TransportAddress::address)
                    .orElse(source);
        }
    }

    /// Section 3.5.3: Common Session Parameters.
    record Initialization(int messageId, SessionParameters parameters, List<Tlv> optional)
            implements LdpMessage {
        /// Whether the sender understands typed wildcards (RFC 5918, section 4).
        public boolean announcesTypedWildcard() {
            return LdpMessage.first(optional, Tlv.TypedWildcardCapability.class)
                    .map(Tlv.TypedWildcardCapability::announced)
                    .orElse(false);
        }
    }

    /// Section 3.5.4.
    record KeepAlive(int messageId, List<Tlv> optional) implements LdpMessage {}

    /// Section 3.5.5: Address List; the sender's interface addresses.
    record Address(int messageId, List<Ipv4Address> addresses, List<Tlv> optional)
            implements LdpMessage {}

    /// Section 3.5.6: Address List.
    record AddressWithdraw(int messageId, List<Ipv4Address> addresses, List<Tlv> optional)
            implements LdpMessage {}

    /// Section 3.5.7: FEC, Label.
    record LabelMapping(int messageId, List<FecElement> fec, MplsLabel label, List<Tlv> optional)
            implements LdpMessage {}

    /// Section 3.5.8: FEC.
    record LabelRequest(int messageId, List<FecElement> fec, List<Tlv> optional)
            implements LdpMessage {}

    /// Section 3.5.9: FEC, Label Request Message ID.
    record LabelAbortRequest(int messageId, List<FecElement> fec, int requestId, List<Tlv> optional)
            implements LdpMessage {}

    /// Section 3.5.10: FEC; with a label, only bindings of that label.
    record LabelWithdraw(int messageId, List<FecElement> fec, List<Tlv> optional)
            implements LdpMessage {
        public Optional<MplsLabel> label() {
            return LdpMessage.label(optional);
        }
    }

    /// Section 3.5.11: FEC; with a label, only bindings of that label.
    record LabelRelease(int messageId, List<FecElement> fec, List<Tlv> optional)
            implements LdpMessage {
        public Optional<MplsLabel> label() {
            return LdpMessage.label(optional);
        }
    }

    default int type() {
        return switch (this) {
            case Notification _ -> IanaLdp.NOTIFICATION;
            case Hello _ -> IanaLdp.HELLO;
            case Initialization _ -> IanaLdp.INITIALIZATION;
            case KeepAlive _ -> IanaLdp.KEEP_ALIVE;
            case Address _ -> IanaLdp.ADDRESS;
            case AddressWithdraw _ -> IanaLdp.ADDRESS_WITHDRAW;
            case LabelMapping _ -> IanaLdp.LABEL_MAPPING;
            case LabelRequest _ -> IanaLdp.LABEL_REQUEST;
            case LabelAbortRequest _ -> IanaLdp.LABEL_ABORT_REQUEST;
            case LabelWithdraw _ -> IanaLdp.LABEL_WITHDRAW;
            case LabelRelease _ -> IanaLdp.LABEL_RELEASE;
        };
    }

    static void encode(LdpMessage message, OctetWriter out) {
        out.u16(message.type());
        int begin = out.beginLength();
        out.u32(message.messageId());
        switch (message) {
            case Notification m -> Tlv.encode(m.status, out);
            case Hello m -> Tlv.encode(m.parameters, out);
            case Initialization m -> Tlv.encode(m.parameters, out);
            case KeepAlive _ -> {}
            case Address m -> Tlv.encode(new Tlv.AddressList(m.addresses), out);
            case AddressWithdraw m -> Tlv.encode(new Tlv.AddressList(m.addresses), out);
            case LabelMapping m -> {
                Tlv.encode(new Tlv.Fec(m.fec), out);
                Tlv.encode(new Tlv.GenericLabel(m.label), out);
            }
            case LabelRequest m -> Tlv.encode(new Tlv.Fec(m.fec), out);
            case LabelAbortRequest m -> {
                Tlv.encode(new Tlv.Fec(m.fec), out);
                Tlv.encode(new Tlv.LabelRequestMessageId(m.requestId), out);
            }
            case LabelWithdraw m -> Tlv.encode(new Tlv.Fec(m.fec), out);
            case LabelRelease m -> Tlv.encode(new Tlv.Fec(m.fec), out);
        }
        message.optional().forEach(tlv -> Tlv.encode(tlv, out));
        out.endLength(begin);
    }

    /// Empty for a type that we do not know; the U bit decides what that means.
    static Optional<LdpMessage> decode(int type, int id, OctetReader in) throws Refusal {
        return switch (type) {
            case IanaLdp.NOTIFICATION,
                    IanaLdp.HELLO,
                    IanaLdp.INITIALIZATION,
                    IanaLdp.KEEP_ALIVE,
                    IanaLdp.ADDRESS,
                    IanaLdp.ADDRESS_WITHDRAW ->
                    Optional.of(decodeSessionMessage(type, id, TlvSet.decode(in)));
            case IanaLdp.LABEL_MAPPING,
                    IanaLdp.LABEL_REQUEST,
                    IanaLdp.LABEL_ABORT_REQUEST,
                    IanaLdp.LABEL_WITHDRAW,
                    IanaLdp.LABEL_RELEASE ->
                    Optional.of(decodeLabelMessage(type, id, TlvSet.decode(in)));
            default -> Optional.empty();
        };
    }

    private static LdpMessage decodeSessionMessage(int type, int id, TlvSet tlvs) throws Refusal {
        return switch (type) {
            case IanaLdp.NOTIFICATION ->
                    new Notification(id, tlvs.require(Status.class), tlvs.rest());
            case IanaLdp.HELLO ->
                    new Hello(id, tlvs.require(Tlv.HelloParameters.class), tlvs.rest());
            case IanaLdp.INITIALIZATION ->
                    new Initialization(id, tlvs.require(SessionParameters.class), tlvs.rest());
            case IanaLdp.ADDRESS ->
                    new Address(id, tlvs.require(Tlv.AddressList.class).addresses(), tlvs.rest());
            case IanaLdp.ADDRESS_WITHDRAW ->
                    new AddressWithdraw(
                            id, tlvs.require(Tlv.AddressList.class).addresses(), tlvs.rest());
            default -> new KeepAlive(id, tlvs.rest());
        };
    }

    private static LdpMessage decodeLabelMessage(int type, int id, TlvSet tlvs) throws Refusal {
        List<FecElement> fec = tlvs.require(Tlv.Fec.class).elements();
        return switch (type) {
            case IanaLdp.LABEL_MAPPING ->
                    new LabelMapping(
                            id, fec, tlvs.require(Tlv.GenericLabel.class).label(), tlvs.rest());
            case IanaLdp.LABEL_REQUEST -> new LabelRequest(id, fec, tlvs.rest());
            case IanaLdp.LABEL_ABORT_REQUEST ->
                    new LabelAbortRequest(
                            id,
                            fec,
                            tlvs.require(Tlv.LabelRequestMessageId.class).requestId(),
                            tlvs.rest());
            case IanaLdp.LABEL_WITHDRAW -> new LabelWithdraw(id, fec, tlvs.rest());
            default -> new LabelRelease(id, fec, tlvs.rest());
        };
    }

    private static Optional<MplsLabel> label(List<Tlv> optional) {
        return first(optional, Tlv.GenericLabel.class).map(Tlv.GenericLabel::label);
    }

    private static <T extends Tlv> Optional<T> first(List<Tlv> tlvs, Class<T> type) {
        return tlvs.stream().filter(type::isInstance).map(type::cast).findFirst();
    }
}
