package org.edgeplex.openflow.loxi;

import static org.edgeplex.openflow.Outcomes.done;
import static org.edgeplex.openflow.Outcomes.refused;
import static org.edgeplex.openflow.Outcomes.unanswered;
import static org.edgeplex.openflow.Outcomes.unreachable;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.edgeplex.openflow.BridgeSpec;
import org.edgeplex.openflow.Plans;
import org.edgeplex.openflow.PortSpec;
import org.edgeplex.openflow.RecordingSwitch;
import org.edgeplex.openflow.ScriptedServer;
import org.edgeplex.openflow.SteeringReport;
import org.edgeplex.openflow.SwitchOutcome;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.projectfloodlight.openflow.types.DatapathId;

/// The session against switches that a test scripts: slow, silent, wrong, hostile.
final class ScriptedSwitchTest {
    /// For what is answered.
    private static final OpenFlowTiming PATIENT = OpenFlowTiming.standard();

    /// For what is not.
    private static final OpenFlowTiming HASTY =
            new OpenFlowTiming(
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(1),
                    Duration.ofMillis(50),
                    Duration.ofMillis(200),
                    Duration.ofMillis(10),
                    Duration.ofMillis(10));

    private static final long DEADLINE_NANOS = 10_000_000_000L;

    private static final int FEATURES_REQUEST = 5;
    private static final int MULTIPART_REQUEST = 18;
    private static final int BARRIER_REQUEST = 20;
    private static final int COMMIT_REQUEST = 4;
    private static final int DISCARD_REQUEST = 6;

    /// OFPET_BAD_ACTION, OFPBAC_BAD_OUT_PORT.
    private static final int[] BAD_OUT_PORT = {2, 4};

    /// OFPET_BUNDLE_FAILED, OFPBFC_MSG_FAILED.
    private static final int[] MSG_FAILED = {17, 11};

    @TempDir private Path directory = Path.of("");
    private final Queue<Frame> received = new ConcurrentLinkedQueue<>();

    /// Loxi's classes take their time to load, which no hasty test shall pay.
    @BeforeAll
    static void loadLoxi() {
        Messages.errorText(new Frame(Messages.flowStatsRequest(1)));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "an older version, 0400000800000001, 1.4",
        "a refusal of ours, 050100140000000100000000696e636f6d706174, HELLO_FAILED",
        "no hello, 0514000800000001, no HELLO",
        "a length below that of the header, 0500000700000001, length 7",
        "the end in the middle, 05000010, session",
        "the end, '', session",
    })
    void aPeerThatDoesNotBeginAsASwitchIsUnreachable(String name, String hex, String reason)
            throws IOException {
        ScriptedServer.Script script = (_, out) -> out.write(HexFormat.of().parseHex(hex));
        try (ScriptedServer server = new ScriptedServer(directory.resolve("s"), script)) {
            String told = unreachable(OpenFlowSteering.readFlows(server.address(), PATIENT));
            assertTrue(told.contains(reason), name + ": " + told);
        }
    }

    @Test
    void aPeerThatSaysNothingIsUnreachable() throws IOException {
        ScriptedServer.Script script = (in, _) -> in.transferTo(OutputStream.nullOutputStream());
        try (ScriptedServer server = new ScriptedServer(directory.resolve("s"), script)) {
            unreachable(OpenFlowSteering.readFlows(server.address(), HASTY));
        }
    }

    @Test
    void aTableWithoutFlowsIsEmpty() throws IOException {
        try (ScriptedServer server = switchThat(this::behaves)) {
            assertEquals(List.of(), done(OpenFlowSteering.readFlows(server.address(), PATIENT)));
        }
    }

    @Test
    void aRequestThatIsNotAnsweredEndsAtItsDeadline() throws IOException {
        try (ScriptedServer server =
                switchThat(f -> f.type() >= MULTIPART_REQUEST ? List.of() : behaves(f))) {
            unanswered(OpenFlowSteering.readFlows(server.address(), HASTY));
        }
    }

    @Test
    void anErrorIsARefusal() throws IOException {
        try (ScriptedServer server =
                switchThat(f ->
                        f.type() == MULTIPART_REQUEST ? List.of(error(f, 1, 5)) : behaves(f))) {
            String error = refused(OpenFlowSteering.readFlows(server.address(), PATIENT));
            assertTrue(error.contains("BAD_REQUEST"), error);
        }
    }

    @Test
    void anAnswerWithoutEndIsCutOff() throws IOException {
        byte[] big = new byte[Frame.FRAME_BYTES_MAX];
        ByteBuffer.wrap(big).put((byte) 5).put((byte) Frame.MULTIPART_REPLY).putShort((short) -1);
        try (ScriptedServer server =
                switchThat(f -> {
                    if (f.type() != MULTIPART_REQUEST) {
                        return behaves(f);
                    }
                    ByteBuffer.wrap(big).putInt(4, f.xid());
                    long frames = Exchange.ANSWER_BYTES_MAX / big.length + 1;
                    return java.util.Collections.nCopies((int) frames, big);
                })) {
            String reason = unanswered(OpenFlowSteering.readFlows(server.address(), PATIENT));
            assertTrue(reason.contains("answer of more than"), reason);
        }
    }

    @Test
    void theSwitchsEchoIsAnsweredWithItsOwnBytes() throws IOException {
        byte[] echo = HexFormat.of().parseHex("0502000c000003e7cafebabe");
        try (ScriptedServer server =
                switchThat(f ->
                        switch (f.type()) {
                            case MULTIPART_REQUEST -> List.of(echo);
                            case BARRIER_REQUEST -> List.of();
                            // The answer to the request comes when the echo has.
                            case 3 ->
                                    received.stream()
                                            .filter(r -> r.type() >= MULTIPART_REQUEST)
                                            .flatMap(r -> behaves(r).stream())
                                            .toList();
                            default -> behaves(f);
                        })) {
            done(OpenFlowSteering.readFlows(server.address(), PATIENT));
            assertTrue(
                    received.stream()
                            .map(f -> HexFormat.of().formatHex(f.bytes()))
                            .anyMatch("0503000c000003e7cafebabe"::equals));
        }
    }

    @Test
    void aSilentSwitchIsLeftAndSoughtAgain() throws IOException {
        try (ScriptedServer server = switchThat(f -> f.type() == 2 ? List.of() : behaves(f));
                OpenFlowSteering _ =
                        OpenFlowSteering.start("edge", server.address(), ports(), HASTY)) {
            long deadline = System.nanoTime() + DEADLINE_NANOS;
            while (server.connectionCount() < 3) {
                assertTrue(System.nanoTime() < deadline, "no further connection");
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void aPlanIsOneBundleAndThenACommit() throws IOException {
        SteeringReport report = done(apply(PATIENT, this::behaves));
        assertEquals(3, report.addedCount());
        // This switch goes on to say that it has no flows: the steering may have begun again.
        assertEquals(List.of(0, COMMIT_REQUEST), bundleControls().subList(0, 2));
        assertEquals(
                3,
                received.stream()
                        .takeWhile(f -> !isControl(f, COMMIT_REQUEST))
                        .filter(f -> f.type() == Frame.BUNDLE_ADD)
                        .count());
    }

    @Test
    void aBundleWithARefusedMessageIsDiscardedNotCommitted() throws IOException {
        int[] adds = {0};
        String error =
                refused(
                        apply(
                                PATIENT,
                                f ->
                                        f.type() == Frame.BUNDLE_ADD && adds[0]++ == 1
                                                ? List.of(error(f, BAD_OUT_PORT))
                                                : behaves(f)));
        assertTrue(error.contains("BAD_OUT_PORT"), error);
        // The steering may have begun to try again meanwhile.
        assertEquals(List.of(0, DISCARD_REQUEST), bundleControls().subList(0, 2));
    }

    @Test
    void aRefusedCommitIsARefusal() throws IOException {
        String error =
                refused(
                        apply(
                                PATIENT,
                                f ->
                                        isControl(f, COMMIT_REQUEST)
                                                ? List.of(error(f, MSG_FAILED))
                                                : behaves(f)));
        assertTrue(error.contains("BUNDLE_FAILED"), error);
    }

    @Test
    void aCommitWithoutAReplyIsUnanswered() throws IOException {
        unanswered(apply(HASTY, f -> isControl(f, COMMIT_REQUEST) ? List.of() : behaves(f)));
    }

    @Test
    void aBundleThatGotStuckBeforeTheCommitHasChangedNothing() throws IOException {
        unreachable(
                apply(
                        HASTY,
                        f ->
                                f.type() == BARRIER_REQUEST
                                                && received.stream()
                                                        .anyMatch(r -> r.type() == Frame.BUNDLE_ADD)
                                        ? List.of()
                                        : behaves(f)));
        assertFalse(bundleControls().contains(COMMIT_REQUEST));
    }

    private SwitchOutcome<SteeringReport> apply(
            OpenFlowTiming timing, Function<Frame, List<byte[]>> behaviour) throws IOException {
        try (ScriptedServer server = switchThat(behaviour);
                OpenFlowSteering steering =
                        OpenFlowSteering.start("edge", server.address(), ports(), timing)) {
            return steering.apply(Plans.of());
        }
    }

    /// A database with the core's port only: a plan of three flows.
    private static RecordingSwitch ports() {
        RecordingSwitch ports = new RecordingSwitch("edge");
        done(ports.ensureBridge(new BridgeSpec("edge", 1)));
        PortSpec.Owner owner = new PortSpec.Owner.ProviderEdge();
        done(ports.ensurePort("edge", PortSpec.internal("core", owner)));
        return ports;
    }

    private List<Integer> bundleControls() {
        return received.stream()
                .filter(f -> f.type() == Frame.BUNDLE_CONTROL)
                .map(f -> (int) f.body().getShort(12))
                .toList();
    }

    private static boolean isControl(Frame frame, int type) {
        return frame.type() == Frame.BUNDLE_CONTROL && frame.body().getShort(12) == type;
    }

    private ScriptedServer switchThat(Function<Frame, List<byte[]>> behaviour) throws IOException {
        return new ScriptedServer(
                directory.resolve("s"),
                (in, out) -> {
                    out.write(Messages.hello(1));
                    DataInputStream frames = new DataInputStream(in);
                    while (true) {
                        Frame frame = Frame.read(frames);
                        received.add(frame);
                        for (byte[] answer : behaviour.apply(frame)) {
                            out.write(answer);
                        }
                    }
                });
    }

    /// What a switch without flows answers.
    private List<byte[]> behaves(Frame frame) {
        return switch (frame.type()) {
            case Frame.ECHO_REQUEST -> List.of(Messages.echoReply(frame));
            case FEATURES_REQUEST ->
                    List.of(
                            Messages.encode(
                                    Messages.FACTORY
                                            .buildFeaturesReply()
                                            .setXid(frame.xid())
                                            .setDatapathId(DatapathId.of(1))
                                            .build()));
            case MULTIPART_REQUEST ->
                    List.of(
                            Messages.encode(
                                    Messages.FACTORY
                                            .buildFlowStatsReply()
                                            .setXid(frame.xid())
                                            .setEntries(List.of())
                                            .build()));
            case BARRIER_REQUEST ->
                    List.of(
                            Messages.encode(
                                    Messages.FACTORY
                                            .buildBarrierReply()
                                            .setXid(frame.xid())
                                            .build()));
            case Frame.BUNDLE_CONTROL -> {
                byte[] reply = frame.bytes().clone();
                reply[13]++;
                yield List.of(reply);
            }
            default -> List.of();
        };
    }

    private static byte[] error(Frame request, int... typeAndCode) {
        ByteBuffer error = ByteBuffer.allocate(12 + Frame.HEADER_BYTES);
        error.put((byte) 5).put((byte) Frame.ERROR).putShort((short) error.capacity());
        error.putInt(request.xid());
        error.putShort((short) typeAndCode[0]).putShort((short) typeAndCode[1]);
        error.put(request.bytes(), 0, Frame.HEADER_BYTES);
        return error.array();
    }
}
