package org.edgeplex.ldp.wire;

import java.util.ArrayList;
import java.util.List;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.MplsLabel;

/// A type-length-value, the parameter of a message (RFC 5036, section 3.3).
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |U|F|        Type               |            Length             |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                             Value                             |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
///
/// U says what a receiver does that does not know the type: 0 refuse the message, 1 ignore the TLV.
/// F says whether an ignored one travels on with a message that is forwarded.
public sealed interface Tlv
        permits Status,
                SessionParameters,
                Tlv.Fec,
                Tlv.AddressList,
                Tlv.HopCount,
                Tlv.PathVector,
                Tlv.GenericLabel,
                Tlv.ExtendedStatus,
                Tlv.Returned,
                Tlv.HelloParameters,
                Tlv.TransportAddress,
                Tlv.ConfigurationSequenceNumber,
                Tlv.LabelRequestMessageId,
                Tlv.TypedWildcardCapability,
                Tlv.Unknown {
    /// FEC elements, see `FecElement`.
    record Fec(List<FecElement> elements) implements Tlv {}

    /// `| Address Family (2) = IPv4 | addresses (4 each) |`, section 3.4.3.
    record AddressList(List<Ipv4Address> addresses) implements Tlv {}

    /// `| hops (1) |`, section 3.4.4.
    record HopCount(int hops) implements Tlv {}

    /// `| LSR ids (4 each) |`, section 3.4.5.
    record PathVector(List<Ipv4Address> lsrIds) implements Tlv {}

    /// `| zero (12 bits) | label (20 bits) |`, section 3.4.2.1.
    record GenericLabel(MplsLabel label) implements Tlv {}

    /// `| extended status (4) |`, section 3.5.1.1.
    record ExtendedStatus(int code) implements Tlv {}

    /// A part of the PDU or message that a Notification complains about, section 3.5.1.1.
    record Returned(boolean wholePdu, Octets part) implements Tlv {}

    /// `| Hold Time (2) |T|R|G| Reserved (13 bits) |`, section 3.5.2; G is RFC 6720, section 2.1.
    record HelloParameters(
            int holdTimeSeconds, boolean targeted, boolean requestTargeted, boolean gtsm)
            implements Tlv {
        static final int TARGETED = 0x8000;
        static final int REQUEST_TARGETED = 0x4000;
        static final int GTSM = 0x2000;
    }

    /// `| IPv4 transport address (4) |`, section 3.5.2.
    record TransportAddress(Ipv4Address address) implements Tlv {}

    /// `| sequence number (4) |`, section 3.5.2.
    record ConfigurationSequenceNumber(int number) implements Tlv {}

    /// `| message id of the Label Request that this answers (4) |`, section 3.5.7.
    record LabelRequestMessageId(int requestId) implements Tlv {}

    /// `|S| Reserved (7 bits) |`, RFC 5918, section 4.
    record TypedWildcardCapability(boolean announced) implements Tlv {}

    /// One that we do not know and may ignore: its U bit is set.
    record Unknown(boolean forward, int type, Octets value) implements Tlv {}

    // The U and F bits and the type, in the first two octets.
    int IGNORE_IF_UNKNOWN = 0x8000;

    int FORWARD_IF_UNKNOWN = 0x4000;
    int TYPE_MASK = 0x3fff;

    static void encode(Tlv tlv, OctetWriter out) {
        out.u16(typeField(tlv));
        int begin = out.beginLength();
        switch (tlv) {
            case Fec(List<FecElement> elements) -> FecElement.encode(elements, out);
            case AddressList(List<Ipv4Address> addresses) -> {
                out.u16(IanaLdp.AFI_IPV4);
                addresses.forEach(out::address);
            }
            case HopCount(int hops) -> out.u8(hops);
            case PathVector(List<Ipv4Address> lsrIds) -> lsrIds.forEach(out::address);
            case GenericLabel(MplsLabel label) -> out.u32(label.value());
            case Status status -> status.encode(out);
            case ExtendedStatus(int code) -> out.u32(code);
            case Returned(_, Octets part) -> out.bytes(part.toBytes());
            case HelloParameters hello -> {
                out.u16(hello.holdTimeSeconds);
                out.u16(
                        (hello.targeted ? HelloParameters.TARGETED : 0)
                                | (hello.requestTargeted ? HelloParameters.REQUEST_TARGETED : 0)
                                | (hello.gtsm ? HelloParameters.GTSM : 0));
            }
            case TransportAddress(Ipv4Address address) -> out.address(address);
            case ConfigurationSequenceNumber(int number) -> out.u32(number);
            case SessionParameters parameters -> parameters.encode(out);
            case LabelRequestMessageId(int requestId) -> out.u32(requestId);
            case TypedWildcardCapability(boolean announced) -> out.u8(announced ? 0x80 : 0);
            case Unknown(_, _, Octets value) -> out.bytes(value.toBytes());
        }
        out.endLength(begin);
    }

    /// The value of a TLV whose header was read; `typeField` still has its U and F bits.
    static Tlv decode(int typeField, OctetReader in) throws Refusal {
        Tlv tlv =
                switch (typeField & TYPE_MASK) {
                    case IanaLdp.TLV_FEC -> new Fec(FecElement.decode(in));
                    case IanaLdp.TLV_ADDRESS_LIST -> decodeAddressList(in);
                    case IanaLdp.TLV_HOP_COUNT -> new HopCount(in.u8());
                    case IanaLdp.TLV_PATH_VECTOR -> new PathVector(addresses(in));
                    case IanaLdp.TLV_GENERIC_LABEL -> decodeLabel(in);
                    case IanaLdp.TLV_STATUS -> Status.decode(in);
                    case IanaLdp.TLV_EXTENDED_STATUS -> new ExtendedStatus(in.u32());
                    case IanaLdp.TLV_RETURNED_PDU -> new Returned(true, rest(in));
                    case IanaLdp.TLV_RETURNED_MESSAGE -> new Returned(false, rest(in));
                    case IanaLdp.TLV_COMMON_HELLO_PARAMETERS -> decodeHelloParameters(in);
                    case IanaLdp.TLV_IPV4_TRANSPORT_ADDRESS -> new TransportAddress(in.address());
                    case IanaLdp.TLV_CONFIGURATION_SEQUENCE_NUMBER ->
                            new ConfigurationSequenceNumber(in.u32());
                    case IanaLdp.TLV_COMMON_SESSION_PARAMETERS -> SessionParameters.decode(in);
                    case IanaLdp.TLV_LABEL_REQUEST_MESSAGE_ID ->
                            new LabelRequestMessageId(in.u32());
                    case IanaLdp.TLV_TYPED_WILDCARD_CAPABILITY ->
                            new TypedWildcardCapability((in.u8() & 0x80) != 0);
                    default -> decodeUnknown(typeField, in);
                };
        if (!in.isEmpty()) {
            throw new Refusal(
                    StatusCode.MALFORMED_TLV_VALUE,
                    in.remaining() + " bytes too many in " + tlv.getClass().getSimpleName());
        }
        return tlv;
    }

    private static Tlv decodeAddressList(OctetReader in) throws Refusal {
        int addressFamily = in.u16();
        if (addressFamily != IanaLdp.AFI_IPV4) {
            throw new Refusal(
                    StatusCode.UNSUPPORTED_ADDRESS_FAMILY, "address family " + addressFamily);
        }
        return new AddressList(addresses(in));
    }

    private static List<Ipv4Address> addresses(OctetReader in) throws Refusal {
        List<Ipv4Address> addresses = new ArrayList<>();
        while (!in.isEmpty()) {
            addresses.add(in.address());
        }
        return List.copyOf(addresses);
    }

    private static Tlv decodeLabel(OctetReader in) throws Refusal {
        int value = in.u32();
        if (value < 0 || value > MplsLabel.MAX) {
            throw new Refusal(
                    StatusCode.MALFORMED_TLV_VALUE, "label " + Integer.toUnsignedString(value));
        }
        return new GenericLabel(new MplsLabel(value));
    }

    private static Tlv decodeHelloParameters(OctetReader in) throws Refusal {
        int holdTimeSeconds = in.u16();
        int flags = in.u16();
        return new HelloParameters(
                holdTimeSeconds,
                (flags & HelloParameters.TARGETED) != 0,
                (flags & HelloParameters.REQUEST_TARGETED) != 0,
                (flags & HelloParameters.GTSM) != 0);
    }

    private static Tlv decodeUnknown(int typeField, OctetReader in) throws Refusal {
        if ((typeField & IGNORE_IF_UNKNOWN) == 0) {
            throw new Refusal(
                    StatusCode.UNKNOWN_TLV,
                    "unknown TLV 0x" + Integer.toHexString(typeField & TYPE_MASK));
        }
        return new Unknown((typeField & FORWARD_IF_UNKNOWN) != 0, typeField & TYPE_MASK, rest(in));
    }

    private static Octets rest(OctetReader in) throws Refusal {
        return new Octets(in.bytes(in.remaining()));
    }

    private static int typeField(Tlv tlv) {
        return switch (tlv) {
            case Fec _ -> IanaLdp.TLV_FEC;
            case AddressList _ -> IanaLdp.TLV_ADDRESS_LIST;
            case HopCount _ -> IanaLdp.TLV_HOP_COUNT;
            case PathVector _ -> IanaLdp.TLV_PATH_VECTOR;
            case GenericLabel _ -> IanaLdp.TLV_GENERIC_LABEL;
            case Status _ -> IanaLdp.TLV_STATUS;
            case ExtendedStatus _ -> IanaLdp.TLV_EXTENDED_STATUS;
            case Returned(boolean wholePdu, _) ->
                    wholePdu ? IanaLdp.TLV_RETURNED_PDU : IanaLdp.TLV_RETURNED_MESSAGE;
            case HelloParameters _ -> IanaLdp.TLV_COMMON_HELLO_PARAMETERS;
            case TransportAddress _ -> IanaLdp.TLV_IPV4_TRANSPORT_ADDRESS;
            case ConfigurationSequenceNumber _ -> IanaLdp.TLV_CONFIGURATION_SEQUENCE_NUMBER;
            case SessionParameters _ -> IanaLdp.TLV_COMMON_SESSION_PARAMETERS;
            case LabelRequestMessageId _ -> IanaLdp.TLV_LABEL_REQUEST_MESSAGE_ID;
            // RFC 5561, section 3: capability TLVs carry U = 1.
            case TypedWildcardCapability _ ->
                    IGNORE_IF_UNKNOWN | IanaLdp.TLV_TYPED_WILDCARD_CAPABILITY;
            case Unknown(boolean forward, int type, _) ->
                    IGNORE_IF_UNKNOWN | (forward ? FORWARD_IF_UNKNOWN : 0) | type;
        };
    }
}
