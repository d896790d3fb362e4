package org.edgeplex.state.ramcloud.wire;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.Expect;
import org.edgeplex.state.SystemEventLoop;
import org.edgeplex.state.ramcloud.PendingCalls;
import org.edgeplex.state.ramcloud.RamcloudClient.ObjectKey;
import org.edgeplex.state.ramcloud.RamcloudClient.ObjectWrite;
import org.edgeplex.state.turn.Answers;
import org.junit.jupiter.api.Test;

/// Any octets from a server: an answer, or a malformed one.
class WireFuzzTest {
    private static final int KINDS = 9;
    private static final ObjectKey KEY = new ObjectKey(1, Bytes.utf8("key"));
    private static final PendingCalls CALLS =
            new PendingCalls(new SystemEventLoop("fuzz"), Answers.PLAIN, _ -> {});

    @FuzzTest
    void anyOctetsAreAnAnswerOrMalformed(FuzzedDataProvider data) {
        int kind = data.consumeInt(0, KINDS - 1);
        check(kind, data.consumeRemainingAsBytes());
    }

    /// The same without a fuzzer, in every build.
    @Test
    void randomOctetsAreAnAnswerOrMalformed() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = new byte[random.nextInt(120)];
            // Mostly small numbers: lengths and constants that pass.
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) random.nextInt(random.nextInt(4) == 0 ? 256 : 3);
            }
            int kind = random.nextInt(KINDS);
            assertDoesNotThrow(
                    () -> check(kind, bytes),
                    () -> "seed " + seed + ": kind " + kind + ": " + Bytes.wrap(bytes));
        }
    }

    private static void check(int kind, byte[] bytes) {
        try {
            FrameReader reply = new FrameReader(bytes);
            switch (kind) {
                case 0 -> frames(bytes);
                case 1 -> TableConfig.decode(reply);
                case 2 -> EnumerateCall.Reply.decode(reply, 1);
                case 3 -> ClientLease.decode(reply);
                case 4 -> answers(reads(), reply, true);
                case 5 -> answers(reads(), reply, false);
                case 6 -> answers(writes(), reply, true);
                case 7 -> leader(bytes);
                default -> answers(new IncrementCall(KEY, 1, Duration.ZERO, CALLS), reply, false);
            }
        } catch (MalformedReplyException e) {
            // As it should.
        }
    }

    private static void leader(byte[] bytes) {
        try {
            TcpTransport.address(ZooKeeperLeader.locator(bytes));
        } catch (IOException e) {
            // As it should.
        }
    }

    private static void frames(byte[] bytes) {
        FrameDecoder decoder = new FrameDecoder();
        for (int i = 0; i < bytes.length; i += 7) {
            int count = Math.min(7, bytes.length - i);
            decoder.feed(ByteBuffer.wrap(bytes, i, count), (_, _) -> {});
        }
    }

    private static Call<?> reads() {
        return new ReadCall(Collections.nCopies(4, KEY), Duration.ZERO, CALLS);
    }

    private static Call<?> writes() {
        ObjectWrite put = new ObjectWrite.Put(KEY, Bytes.utf8("value"), Expect.ANY);
        ObjectWrite remove = new ObjectWrite.Remove(KEY, Expect.ANY);
        return new WriteCall(List.of(put, remove, put, remove), Duration.ZERO, CALLS);
    }

    private static void answers(Call<?> call, FrameReader reply, boolean item) {
        for (int i = 0; i < call.size(); i++) {
            call.answer(i, reply.u32(), reply, item);
        }
    }
}
