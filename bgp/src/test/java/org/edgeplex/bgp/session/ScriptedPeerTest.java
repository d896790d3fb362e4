package org.edgeplex.bgp.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.edgeplex.bgp.fsm.State;
import org.edgeplex.bgp.session.RecordingListener.Call;
import org.edgeplex.bgp.wire.AddressFamily;
import org.edgeplex.bgp.wire.AsPath;
import org.edgeplex.bgp.wire.Capability;
import org.edgeplex.bgp.wire.DecodeContext;
import org.edgeplex.bgp.wire.Message;
import org.edgeplex.bgp.wire.MessageCodec;
import org.edgeplex.bgp.wire.Nlri;
import org.edgeplex.bgp.wire.NotificationCode;
import org.edgeplex.bgp.wire.PathAttribute;
import org.edgeplex.bgp.wire.PathAttributes;
import org.edgeplex.bgp.wire.Reachable;
import org.edgeplex.bgp.wire.RouteUpdate;
import org.edgeplex.bgp.wire.UpdateEncoder;
import org.edgeplex.net.AsNumber;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.Ipv4Prefix;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A session with a peer that says what the test wants, in a time that the test makes pass.
@Timeout(120)
final class ScriptedPeerTest {
    private static final AsNumber US = new AsNumber(65000);
    private static final AsNumber THEM = new AsNumber(65010);
    private static final Ipv4Address OUR_ADDRESS = Ipv4Address.parse("127.0.0.1");
    private static final Ipv4Address THEIR_ADDRESS = Ipv4Address.parse("127.0.0.3");
    private static final int HOLD_SECONDS = 9;
    private static final Duration KEEPALIVE_TIME = Duration.ofSeconds(HOLD_SECONDS / 3);
    private static final int UPDATES = 3000;

    private final ManualClock clock = new ManualClock();
    private final RecordingListener heard = new RecordingListener();
    private final CountDownLatch mayGoOn = new CountDownLatch(1);
    private BgpSpeaker speaker = openSpeaker();
    private Socket socket = new Socket();

    private BgpSpeaker openSpeaker() {
        try {
            return BgpSpeaker.open(
                    new SpeakerConfig(US, OUR_ADDRESS, OUR_ADDRESS, 0), clock, new Random(1));
        } catch (IOException error) {
            throw new AssertionError(error);
        }
    }

    @BeforeEach
    void bindPeer() throws IOException {
        socket.bind(new InetSocketAddress(Peer.inetAddress(THEIR_ADDRESS), 0));
    }

    @AfterEach
    void close() throws IOException {
        mayGoOn.countDown();
        socket.close();
        speaker.close();
    }

    private PeerSession establish(RouteListener listener) throws Exception {
        PeerSession session =
                speaker.addPeer(
                        PeerConfig.of(THEIR_ADDRESS, THEM, AddressFamily.IPV4_UNICAST)
                                .withPassive(true)
                                .withTimes(HOLD_SECONDS, 1, 1),
                        listener);
        // Idle refuses connections: the first may come a moment before the machine has started.
        while (!session.status().state().equals(State.ACTIVE)) {
            Thread.onSpinWait();
        }
        socket.connect(new InetSocketAddress(Peer.inetAddress(OUR_ADDRESS), speaker.listenPort()));
        assertInstanceOf(Message.Open.class, read());
        write(
                new Message.Open(
                        THEM, 180, THEIR_ADDRESS, List.of(new Capability.FourOctetAs(THEM))));
        assertEquals(new Message.Keepalive(), read());
        write(new Message.Keepalive());
        return session;
    }

    private Message read() throws Exception {
        InputStream in = socket.getInputStream();
        byte[] header = in.readNBytes(Message.HEADER_BYTES);
        int length = MessageCodec.decodeLength(header);
        byte[] whole = Arrays.copyOf(header, length);
        in.readNBytes(whole, header.length, length - header.length);
        return MessageCodec.decode(whole, DecodeContext.BEFORE_OPEN);
    }

    private void write(Message message) throws IOException {
        socket.getOutputStream().write(MessageCodec.encode(message));
    }

    /// The next message that is not a KEEPALIVE.
    private Message readAnswer() throws Exception {
        Message message = read();
        while (message.equals(new Message.Keepalive())) {
            message = read();
        }
        return message;
    }

    @Test
    void aSilentPeerIsGivenUpAfterTheHoldTime() throws Exception {
        establish(heard);
        assertEquals(
                HOLD_SECONDS, heard.await(Call.Established.class).negotiated().holdTimeSeconds());
        clock.advance(Duration.ofSeconds(HOLD_SECONDS));
        Message.Notification expired =
                Message.Notification.of(NotificationCode.HOLD_TIMER_EXPIRED, 0);
        assertEquals(expired, readAnswer());
        assertEquals(-1, socket.getInputStream().read(), "and the connection ends");
        assertEquals(new Call.Down(new DownReason.NotificationSent(expired, "")), heard.next());
    }

    @Test
    void keepalivesLeaveInAThirdOfTheHoldTime() throws Exception {
        establish(heard);
        heard.await(Call.Established.class);
        clock.advance(KEEPALIVE_TIME);
        assertEquals(new Message.Keepalive(), read());
    }

    @Test
    void aBrokenMarkerIsAnsweredAndEndsTheSession() throws Exception {
        establish(heard);
        heard.await(Call.Established.class);
        socket.getOutputStream().write(new byte[Message.HEADER_BYTES]);
        Message.Notification answer =
                Message.Notification.of(NotificationCode.MESSAGE_HEADER_ERROR, 1);
        assertEquals(answer, readAnswer());
        Call.Down down = heard.await(Call.Down.class);
        assertEquals(
                new DownReason.NotificationSent(answer, "marker is not all ones"), down.reason());
    }

    @Test
    void aPeerThatHangsUpIsDown() throws Exception {
        establish(heard);
        heard.await(Call.Established.class);
        socket.close();
        assertInstanceOf(DownReason.ConnectionFailed.class, heard.await(Call.Down.class).reason());
    }

    /// The consumer stands still for ten hold times: KEEPALIVEs leave, the peer's are not missed,
    /// and nothing is lost.
    @Test
    void aConsumerThatBlocksDoesNotCostTheSession() throws Exception {
        PeerSession session = establish(new BlockedListener());
        heard.await(Call.Established.class);
        Thread sender = Thread.ofVirtual().start(this::sendManyUpdates);
        while (session.status().counters().messagesReceived() < Connection.CREDITS) {
            Thread.onSpinWait();
        }
        for (int i = 0; i < 30; i++) {
            clock.advance(KEEPALIVE_TIME);
            assertEquals(new Message.Keepalive(), read());
        }
        mayGoOn.countDown();
        sender.join();
        for (int i = 0; i < UPDATES; i++) {
            Call.Update update = assertInstanceOf(Call.Update.class, heard.next());
            assertEquals(announcement(i), update.change());
        }
        assertTrue(session.status().counters().updatesReceived() >= UPDATES);
        assertEquals(0, session.status().counters().sessionsDropped());
    }

    @Test
    void aListenerThatFailsHasItsSessionReset() throws Exception {
        establish(new FailingListener());
        heard.await(Call.Established.class);
        sendUpdate(0);
        Message.Notification answer = assertInstanceOf(Message.Notification.class, readAnswer());
        assertEquals(NotificationCode.CEASE.code(), answer.code());
        heard.await(Call.Down.class);
    }

    private static RouteUpdate.Announced announcement(int number) {
        Ipv4Address address = new Ipv4Address(0x0b00_0000 + (number << 8));
        return new RouteUpdate.Announced(
                AddressFamily.IPV4_UNICAST,
                Ipv4Address.parse("10.0.0.9"),
                PathAttributes.originated(PathAttribute.Origin.IGP).with(AsPath.sequence(THEM)),
                List.of(new Reachable.Unlabeled(new Nlri.Ipv4(new Ipv4Prefix(address, 24)))));
    }

    private void sendManyUpdates() {
        for (int i = 0; i < UPDATES; i++) {
            sendUpdate(i);
        }
    }

    private void sendUpdate(int number) {
        try {
            for (byte[] message : new UpdateEncoder(true).encode(announcement(number))) {
                socket.getOutputStream().write(message);
            }
        } catch (IOException error) {
            throw new AssertionError(error);
        }
    }

    /// Records all, but takes no routes until it may go on.
    private final class BlockedListener implements RouteListener {
        @Override
        public void established(Negotiated negotiated) {
            heard.established(negotiated);
        }

        @Override
        public void updates(List<RouteUpdate> changes) {
            try {
                mayGoOn.await();
                heard.updates(changes);
            } catch (InterruptedException error) {
                throw new IllegalStateException(error);
            }
        }

        @Override
        public void endOfRib(AddressFamily family) {
            heard.endOfRib(family);
        }

        @Override
        public void routeRefreshRequested(AddressFamily family) {
            heard.routeRefreshRequested(family);
        }

        @Override
        public void down(DownReason reason) {
            heard.down(reason);
        }
    }

    /// Records all, but fails to take routes.
    private final class FailingListener implements RouteListener {
        @Override
        public void established(Negotiated negotiated) {
            heard.established(negotiated);
        }

        @Override
        public void updates(List<RouteUpdate> changes) {
            throw new IllegalStateException("the disk is full, says the test");
        }

        @Override
        public void endOfRib(AddressFamily family) {
            heard.endOfRib(family);
        }

        @Override
        public void routeRefreshRequested(AddressFamily family) {
            heard.routeRefreshRequested(family);
        }

        @Override
        public void down(DownReason reason) {
            heard.down(reason);
        }
    }
}
