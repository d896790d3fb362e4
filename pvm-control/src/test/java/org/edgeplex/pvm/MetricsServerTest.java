package org.edgeplex.pvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.edgeplex.telemetry.SampleFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsServerTest {
    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: *([0-9]+)");

    @TempDir private Path directory = Path.of("replaced");

    /// The answer to one request: its head, and as much of its body as that says.
    private String get(String path) throws IOException {
        UnixDomainSocketAddress address =
                UnixDomainSocketAddress.of(directory.resolve("pvm-7.metrics"));
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(address);
            String request = "GET " + path + " HTTP/1.1\r\nHost: pvm\r\n\r\n";
            channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
            InputStream in = Channels.newInputStream(channel);
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int octet = in.read();
                assertTrue(octet >= 0, () -> "the answer ends with " + head);
                head.append((char) octet);
            }
            Matcher length = LENGTH.matcher(head);
            assertTrue(length.find(), head::toString);
            byte[] body = in.readNBytes(Integer.parseInt(length.group(1)));
            return head + new String(body, StandardCharsets.UTF_8);
        }
    }

    @Test
    void whatTheDataPlaneCountsIsServed() throws IOException {
        try (MetricsServer server = MetricsServer.start(directory, "pvm-7")) {
            assertEquals(
                    "rw-rw----",
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(server.socket())));
            assertTrue(get("/metrics").startsWith("HTTP/1.1 503 "), "before the first start");
            SampleFile.create(directory, 7, "red/pe1/a").count(10);
            String answer = get("/metrics");
            assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
            assertTrue(
                    answer.contains(
                            "edgeplex_dataplane_bytes_total{access=\"a\",attachment=\"7\","
                                    + "direction=\"to_core\",vpn=\"red\"} 1040.0"),
                    answer);
            assertTrue(get("/else").startsWith("HTTP/1.1 404 "));
        }
        assertFalse(Files.exists(directory.resolve("pvm-7.metrics")));
    }

    @Test
    void aPredecessorsSocketIsReplaced() throws IOException {
        Files.writeString(directory.resolve("pvm-7.metrics"), "left by one that was killed");
        SampleFile.create(directory, 7, "red/pe1/a");
        try (MetricsServer _ = MetricsServer.start(directory, "pvm-7")) {
            assertTrue(get("/metrics").startsWith("HTTP/1.1 200 "));
        }
    }
}
