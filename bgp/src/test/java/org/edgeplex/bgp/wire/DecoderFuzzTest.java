package org.edgeplex.bgp.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

/// No bytes do harm: they are a message, or an error of the kind that the decoder promises.
final class DecoderFuzzTest {

    @FuzzTest
    void messages(FuzzedDataProvider data) {
        DecodeContext context =
                new DecodeContext(
                        data.pickValue(PeerType.values()),
                        data.consumeBoolean(),
                        Fixtures.FAMILIES);
        int type = data.consumeInt(0, 6);
        byte[] body = data.consumeRemainingAsBytes();
        if (body.length > Message.BYTES_MAX - Message.HEADER_BYTES) {
            return;
        }
        byte[] framed = MessageCodec.frame(type, new OctetWriter().bytes(body));
        try {
            Message message = MessageCodec.decode(framed, context);
            if (message instanceof Message.Update update) {
                update.changes().forEach(change -> roundTrip(change, context));
            } else {
                assertEquals(message, MessageCodec.decode(MessageCodec.encode(message), context));
            }
        } catch (MalformedMessage expected) {
            assertFalse(expected.detail().isEmpty());
        } catch (IllegalArgumentException tooLongToSend) {
            assertEquals(Iana.OPEN, type, tooLongToSend.toString());
        }
    }

    /// What is stored of a decoded route reads back as the same.
    private static void roundTrip(RouteUpdate change, DecodeContext context) {
        new UpdateEncoder(context.fourOctetAs()).encode(change);
        if (change instanceof RouteUpdate.Announced announced) {
            byte[] stored = announced.attributes().encode();
            assertEquals(announced.attributes(), PathAttributes.decode(stored));
        }
    }

    @FuzzTest
    void headers(FuzzedDataProvider data) {
        byte[] header = data.consumeBytes(Message.HEADER_BYTES);
        if (header.length < Message.HEADER_BYTES) {
            return;
        }
        try {
            int length = MessageCodec.decodeLength(header);
            assertTrue(length >= Message.HEADER_BYTES && length <= Message.BYTES_MAX);
        } catch (MalformedMessage expected) {
            assertEquals(
                    NotificationCode.MESSAGE_HEADER_ERROR.code(), expected.notification().code());
        }
    }

    @FuzzTest
    void storedAttributes(byte[] bytes) {
        try {
            byte[] again = PathAttributes.decode(bytes).encode();
            assertArrayEquals(again, PathAttributes.decode(again).encode());
        } catch (IllegalArgumentException expected) {
            assertFalse(String.valueOf(expected.getMessage()).isEmpty());
        }
    }
}
