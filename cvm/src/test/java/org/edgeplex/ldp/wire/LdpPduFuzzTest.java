package org.edgeplex.ldp.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;

/// Any bytes give an answer, and what is accepted means the same after being written and read
/// again.
class LdpPduFuzzTest {
    @FuzzTest
    void decodesAnything(byte[] body) {
        LdpPdu.decodeBody(body).ifPresent(LdpPduFuzzTest::readsItsOwnWriting);
        if (body.length >= LdpPdu.HEADER_BYTES) {
            LdpPdu.decodeHeader(body, LdpPdu.DEFAULT_MAX_LENGTH_BYTES);
        }
        LdpPdu.decodeDatagram(body, LdpPdu.DEFAULT_MAX_LENGTH_BYTES);
    }

    private static void readsItsOwnWriting(LdpPdu pdu) {
        for (Received received : pdu.contents()) {
            if (received instanceof Received.Accepted(LdpMessage message)) {
                byte[] again = LdpPdu.encode(pdu.sender(), List.of(message), 0xffff).getFirst();
                assertEquals(
                        List.of(received),
                        LdpPdu.decodeDatagram(again, 0xffff).orElseThrow().contents());
            }
        }
    }
}
