package org.edgeplex.openflow.loxi;

import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;

class MessagesFuzzTest {
    /// Whatever a switch sends is messages, or one of the two ways in which it is none.
    @FuzzTest
    void stream(byte[] stream) throws IOException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(stream))) {
            while (true) {
                Frame frame = Frame.read(in);
                assertFalse(frame.bytes().length < Frame.HEADER_BYTES);
                Messages.decode(frame);
            }
        } catch (EOFException | Frame.Malformed e) {
            assertFalse(String.valueOf(e.getMessage()).isEmpty());
        }
    }
}
