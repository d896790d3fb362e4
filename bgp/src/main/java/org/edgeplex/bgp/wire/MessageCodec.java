package org.edgeplex.bgp.wire;

import java.util.Arrays;

/// Messages and their bytes, header included.
public final class MessageCodec {
    private static final int MARKER_BYTES = 16;
    private static final int LENGTH_OFFSET = 16;
    private static final int TYPE_OFFSET = 18;

    // Subcodes of Message Header Error, RFC 4271, section 6.1.
    private static final int CONNECTION_NOT_SYNCHRONIZED = 1;
    private static final int BAD_MESSAGE_LENGTH = 2;
    private static final int BAD_MESSAGE_TYPE = 3;

    private static final int OPEN_BYTES_MIN = 29;
    private static final int UPDATE_BYTES_MIN = 23;
    private static final int NOTIFICATION_BYTES_MIN = 21;
    private static final int ROUTE_REFRESH_BYTES = 23;
    private static final int ROUTE_REFRESH_BAD_LENGTH = 1; // RFC 7313, section 5

    private MessageCodec() {}

    /// Any message but [Message.Update], which takes as many messages as it needs: see
    /// [UpdateEncoder].
    public static byte[] encode(Message message) {
        return switch (message) {
            case Message.Open open -> frame(Iana.OPEN, OpenCodec.encode(open));
            case Message.Notification(int code, int subcode, Octets data) ->
                    frame(
                            Iana.NOTIFICATION,
                            new OctetWriter().u8(code).u8(subcode).bytes(data.toBytes()));
            case Message.Keepalive() -> frame(Iana.KEEPALIVE, new OctetWriter());
            case Message.RouteRefresh(AddressFamily family) ->
                    frame(
                            Iana.ROUTE_REFRESH,
                            new OctetWriter().u16(family.afi()).u8(0).u8(family.safi()));
            case Message.Update _ ->
                    throw new IllegalArgumentException("an UPDATE is for UpdateEncoder");
        };
    }

    static byte[] frame(int type, OctetWriter body) {
        int length = Message.HEADER_BYTES + body.length();
        if (length > Message.BYTES_MAX) {
            throw new IllegalArgumentException("message of " + length + " octets");
        }
        byte[] message = new byte[length];
        Arrays.fill(message, 0, MARKER_BYTES, (byte) 0xff);
        message[LENGTH_OFFSET] = (byte) (length >>> 8);
        message[LENGTH_OFFSET + 1] = (byte) length;
        message[TYPE_OFFSET] = (byte) type;
        System.arraycopy(body.toBytes(), 0, message, Message.HEADER_BYTES, body.length());
        return message;
    }

    /// The length of the whole message, from its header of [Message#HEADER_BYTES] (RFC 4271,
    /// section 6.1).
    public static int decodeLength(byte[] header) throws MalformedMessage {
        for (int i = 0; i < MARKER_BYTES; i++) {
            if (header[i] != (byte) 0xff) {
                throw headerError(CONNECTION_NOT_SYNCHRONIZED, "marker is not all ones");
            }
        }
        byte high = header[LENGTH_OFFSET];
        byte low = header[LENGTH_OFFSET + 1];
        int length = (high & 0xff) << 8 | low & 0xff;
        int type = header[TYPE_OFFSET] & 0xff;
        boolean fits =
                switch (type) {
                    case Iana.OPEN -> length >= OPEN_BYTES_MIN;
                    case Iana.UPDATE -> length >= UPDATE_BYTES_MIN;
                    case Iana.NOTIFICATION -> length >= NOTIFICATION_BYTES_MIN;
                    case Iana.KEEPALIVE -> length == Message.HEADER_BYTES;
                    default -> length >= Message.HEADER_BYTES;
                };
        if (!fits || length > Message.BYTES_MAX) {
            throw headerError(
                    BAD_MESSAGE_LENGTH, "length " + length + " of type " + type, high, low);
        }
        return length;
    }

    /// Reads a whole message, whose header [#decodeLength] has found good.
    public static Message decode(byte[] message, DecodeContext context) throws MalformedMessage {
        if (message.length < Message.HEADER_BYTES || message.length != decodeLength(message)) {
            throw headerError(BAD_MESSAGE_LENGTH, "not a whole message");
        }
        OctetReader body = new OctetReader(message);
        body.slice(Message.HEADER_BYTES);
        int type = message[TYPE_OFFSET] & 0xff;
        return switch (type) {
            case Iana.OPEN -> OpenCodec.decode(body);
            case Iana.UPDATE -> UpdateDecoder.decode(body, context);
            case Iana.NOTIFICATION ->
                    new Message.Notification(body.u8(), body.u8(), Octets.of(body.rest()));
            case Iana.KEEPALIVE -> new Message.Keepalive();
            case Iana.ROUTE_REFRESH -> decodeRouteRefresh(message, body);
            default -> throw headerError(BAD_MESSAGE_TYPE, "type " + type, (byte) type);
        };
    }

    private static Message decodeRouteRefresh(byte[] message, OctetReader body)
            throws MalformedMessage {
        if (message.length != ROUTE_REFRESH_BYTES) {
            throw new MalformedMessage(
                    Message.Notification.of(
                            NotificationCode.ROUTE_REFRESH_MESSAGE_ERROR,
                            ROUTE_REFRESH_BAD_LENGTH,
                            message),
                    "ROUTE-REFRESH of " + message.length + " octets");
        }
        int afi = body.u16();
        body.u8();
        return new Message.RouteRefresh(new AddressFamily(afi, body.u8()));
    }

    private static MalformedMessage headerError(int subcode, String detail, byte... data) {
        return new MalformedMessage(
                Message.Notification.of(NotificationCode.MESSAGE_HEADER_ERROR, subcode, data),
                detail);
    }
}
