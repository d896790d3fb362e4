package org.edgeplex.cvm.kernel;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;

/// Any bytes give an answer, of no more messages than fit.
class RtnetlinkFuzzTest {
    @FuzzTest
    void decodesAnything(byte[] datagram) {
        assertTrue(
                RtnetlinkDecoder.decode(datagram, datagram.length).size()
                        <= datagram.length / RtnetlinkDecoder.HEADER_BYTES);
    }
}
