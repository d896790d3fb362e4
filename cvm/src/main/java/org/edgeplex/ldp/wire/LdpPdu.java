package org.edgeplex.ldp.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A PDU as received: the unit of framing on TCP and the content of a UDP hello (RFC 5036, 3.1).
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |  Version                      |         PDU Length            |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                         LDP Identifier                        |
/// +                               +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                               |  Messages ...
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
///
/// PDU Length counts what follows it.
public record LdpPdu(LdpIdentifier sender, List<Received> contents) {
    /// Version and length: what has to be read before the rest can be.
    public static final int HEADER_BYTES = 4;

    /// The longest PDU Length before, and without, negotiation (section 3.5.3).
    public static final int DEFAULT_MAX_LENGTH_BYTES = 4096;

    /// An LDP identifier and the shortest message (section 3.5.1.2.1).
    private static final int MIN_LENGTH_BYTES = 14;

    private static final int MESSAGE_HEADER_BYTES = 4;
    private static final int MESSAGE_ID_BYTES = 4;
    private static final int UNKNOWN_MESSAGE_BIT = 0x8000;

    /// What a header of four bytes promises.
    public sealed interface Header {
        /// So many bytes follow.
        record Follows(int lengthBytes) implements Header {}

        /// The stream cannot be read on; `status` is the answer to the peer.
        record Broken(Status status, String detail) implements Header {}
    }

    public static Header decodeHeader(byte[] header, int maxLengthBytes) {
        int version = (header[0] & 0xff) << 8 | header[1] & 0xff;
        int length = (header[2] & 0xff) << 8 | header[3] & 0xff;
        if (version != IanaLdp.PROTOCOL_VERSION) {
            return new Header.Broken(
                    Status.of(StatusCode.BAD_PROTOCOL_VERSION), "version " + version);
        }
        if (length < MIN_LENGTH_BYTES || length > maxLengthBytes) {
            return new Header.Broken(
                    Status.of(StatusCode.BAD_PDU_LENGTH),
                    "PDU length "
                            + length
                            + ", allowed "
                            + MIN_LENGTH_BYTES
                            + ".."
                            + maxLengthBytes);
        }
        return new Header.Follows(length);
    }

    /// Decodes what follows a good header. Empty if it is shorter than an LDP identifier.
    public static Optional<LdpPdu> decodeBody(byte[] body) {
        OctetReader in = new OctetReader(body, 0, body.length);
        if (in.remaining() < LdpIdentifier.BYTES) {
            return Optional.empty();
        }
        try {
            LdpIdentifier sender = LdpIdentifier.decode(in);
            return Optional.of(new LdpPdu(sender, decodeMessages(in)));
        } catch (Refusal e) {
            throw new AssertionError("six bytes are an LDP identifier", e);
        }
    }

    /// Decodes a whole PDU as a UDP datagram holds it. Empty if its header is wrong.
    public static Optional<LdpPdu> decodeDatagram(byte[] datagram, int maxLengthBytes) {
        if (datagram.length < HEADER_BYTES
                || !(decodeHeader(datagram, maxLengthBytes) instanceof Header.Follows(int length))
                || length > datagram.length - HEADER_BYTES) {
            return Optional.empty();
        }
        byte[] body = new byte[length];
        System.arraycopy(datagram, HEADER_BYTES, body, 0, length);
        return decodeBody(body);
    }

    private static List<Received> decodeMessages(OctetReader in) {
        List<Received> contents = new ArrayList<>();
        while (!in.isEmpty()) {
            Received next = decodeMessage(in);
            contents.add(next);
            if (next instanceof Received.Refused refused && refused.status().fatal()) {
                break;
            }
        }
        return List.copyOf(contents);
    }

    private static Received decodeMessage(OctetReader in) {
        int typeField = 0;
        int id = 0;
        try {
            if (in.remaining() < MESSAGE_HEADER_BYTES) {
                throw new Refusal(StatusCode.BAD_MESSAGE_LENGTH, "a message header is cut off");
            }
            typeField = in.u16();
            int length = in.u16();
            if (length < MESSAGE_ID_BYTES || length > in.remaining()) {
                throw new Refusal(
                        StatusCode.BAD_MESSAGE_LENGTH,
                        "message of " + length + " bytes, PDU has " + in.remaining());
            }
            OctetReader content = in.slice(length);
            id = content.u32();
            int type = typeField & ~UNKNOWN_MESSAGE_BIT;
            Optional<LdpMessage> message = LdpMessage.decode(type, id, content);
            if (message.isPresent()) {
                return new Received.Accepted(message.get());
            }
            if ((typeField & UNKNOWN_MESSAGE_BIT) != 0) {
                return new Received.Ignored(type, id);
            }
            throw new Refusal(
                    StatusCode.UNKNOWN_MESSAGE_TYPE, "message 0x" + Integer.toHexString(type));
        } catch (Refusal refusal) {
            return new Received.Refused(
                    Status.about(refusal.code(), id, typeField), refusal.detail());
        }
    }

    /// Packs messages, in order, into as few PDUs as the limit allows; headers included.
    public static List<byte[]> encode(
            LdpIdentifier sender, List<? extends LdpMessage> messages, int maxLengthBytes) {
        List<byte[]> pdus = new ArrayList<>();
        OctetWriter body = new OctetWriter();
        for (LdpMessage message : messages) {
            OctetWriter one = new OctetWriter();
            LdpMessage.encode(message, one);
            if (body.size() > 0
                    && LdpIdentifier.BYTES + body.size() + one.size() > maxLengthBytes) {
                pdus.add(frame(sender, body));
                body = new OctetWriter();
            }
            body.bytes(one.toBytes());
        }
        if (body.size() > 0) {
            pdus.add(frame(sender, body));
        }
        return List.copyOf(pdus);
    }

    private static byte[] frame(LdpIdentifier sender, OctetWriter messages) {
        OctetWriter pdu = new OctetWriter();
        pdu.u16(IanaLdp.PROTOCOL_VERSION);
        int begin = pdu.beginLength();
        sender.encode(pdu);
        pdu.bytes(messages.toBytes());
        pdu.endLength(begin);
        return pdu.toBytes();
    }
}
