package org.edgeplex.bgp.wire;

import java.util.ArrayList;
import java.util.List;
import org.edgeplex.net.AsNumber;
import org.edgeplex.net.Ipv4Address;

/// OPEN and its capabilities; the checks of RFC 4271, section 6.2 that need no configuration.
///
/// ```
///   optional parameter: | type (1) | length (1) | value |
///   RFC 9072:           | 255 (1), in place of the length | 255 (1) | length (2) | parameters,
///                         each with a length of two octets |
/// ```
final class OpenCodec {
    private static final int PARAMETER_BYTES_MAX = 255;

    private OpenCodec() {}

    static OctetWriter encode(Message.Open open) {
        OctetWriter capabilities = new OctetWriter();
        for (Capability capability : open.capabilities()) {
            byte[] value = encodeValue(capability);
            capabilities.u8(capability.code()).u8(value.length).bytes(value);
        }
        if (capabilities.length() > PARAMETER_BYTES_MAX - 2) {
            throw new IllegalArgumentException("capabilities of " + capabilities.length());
        }
        AsNumber as = open.as().fitsTwoOctets() ? open.as() : AsNumber.AS_TRANS;
        OctetWriter body = new OctetWriter();
        body.u8(Message.Open.VERSION).u16((int) as.value()).u16(open.holdTimeSeconds());
        body.u32(open.bgpIdentifier().bits());
        if (capabilities.length() == 0) {
            return body.u8(0);
        }
        return body.u8(capabilities.length() + 2)
                .u8(Iana.PARAMETER_CAPABILITIES)
                .u8(capabilities.length())
                .bytes(capabilities.toBytes());
    }

    private static byte[] encodeValue(Capability capability) {
        OctetWriter value = new OctetWriter();
        switch (capability) {
            case Capability.Multiprotocol(AddressFamily family) ->
                    value.u16(family.afi()).u8(0).u8(family.safi());
            case Capability.RouteRefresh() -> {}
            case Capability.FourOctetAs(AsNumber as) -> value.u32(as.value());
            case Capability.Unknown(_, Octets bytes) -> value.bytes(bytes.toBytes());
        }
        return value.toBytes();
    }

    static Message.Open decode(OctetReader body) throws MalformedMessage {
        try {
            int version = body.u8();
            if (version != Message.Open.VERSION) {
                // The data is the highest version that we speak.
                throw malformed(
                        OpenError.UNSUPPORTED_VERSION_NUMBER,
                        "version " + version,
                        (byte) 0,
                        (byte) Message.Open.VERSION);
            }
            AsNumber twoOctetAs = new AsNumber(body.u16());
            int holdTimeSeconds = body.u16();
            if (holdTimeSeconds > 0 && holdTimeSeconds < Message.Open.HOLD_TIME_SECONDS_MIN) {
                throw malformed(OpenError.UNACCEPTABLE_HOLD_TIME, "hold time " + holdTimeSeconds);
            }
            Ipv4Address bgpIdentifier = new Ipv4Address(body.s32());
            if (bgpIdentifier.bits() == 0) {
                throw malformed(OpenError.BAD_BGP_IDENTIFIER, "BGP identifier 0.0.0.0");
            }
            List<Capability> capabilities = decodeParameters(body);
            return new Message.Open(
                    trueAs(twoOctetAs, capabilities), holdTimeSeconds, bgpIdentifier, capabilities);
        } catch (OctetReader.Truncated _) {
            throw malformed(OpenError.UNSPECIFIC, "OPEN too short");
        }
    }

    private static AsNumber trueAs(AsNumber twoOctetAs, List<Capability> capabilities) {
        for (Capability capability : capabilities) {
            if (capability instanceof Capability.FourOctetAs(AsNumber as)) {
                return as;
            }
        }
        return twoOctetAs;
    }

    private static List<Capability> decodeParameters(OctetReader body) throws MalformedMessage {
        int length = body.u8();
        // RFC 9072, section 2: a first parameter of type 255 announces two-octet lengths.
        boolean extended = length != 0 && body.peekU8() == Iana.PARAMETER_EXTENDED_LENGTH;
        if (extended) {
            body.u8();
            length = body.u16();
        }
        OctetReader parameters = body.slice(length);
        if (body.hasRemaining()) {
            throw malformed(OpenError.UNSPECIFIC, "octets after the optional parameters");
        }
        List<Capability> capabilities = new ArrayList<>();
        while (parameters.hasRemaining()) {
            int type = parameters.u8();
            OctetReader value = parameters.slice(extended ? parameters.u16() : parameters.u8());
            if (type != Iana.PARAMETER_CAPABILITIES) {
                throw malformed(
                        OpenError.UNSUPPORTED_OPTIONAL_PARAMETER, "optional parameter " + type);
            }
            while (value.hasRemaining()) {
                capabilities.add(decodeCapability(value));
            }
        }
        return capabilities;
    }

    /// A capability of a wrong length is none that we know (RFC 5492, section 4).
    private static Capability decodeCapability(OctetReader in) {
        int code = in.u8();
        byte[] value = in.bytes(in.u8());
        OctetReader fields = new OctetReader(value);
        if (code == Iana.CAPABILITY_MULTIPROTOCOL && value.length == 4) {
            int afi = fields.u16();
            fields.u8();
            return new Capability.Multiprotocol(new AddressFamily(afi, fields.u8()));
        }
        if (code == Iana.CAPABILITY_ROUTE_REFRESH && value.length == 0) {
            return new Capability.RouteRefresh();
        }
        if (code == Iana.CAPABILITY_FOUR_OCTET_AS && value.length == 4) {
            return new Capability.FourOctetAs(new AsNumber(fields.u32()));
        }
        return new Capability.Unknown(code, Octets.of(value));
    }

    private static MalformedMessage malformed(OpenError error, String detail, byte... data) {
        return new MalformedMessage(
                Message.Notification.of(NotificationCode.OPEN_MESSAGE_ERROR, error.subcode(), data),
                detail);
    }
}
