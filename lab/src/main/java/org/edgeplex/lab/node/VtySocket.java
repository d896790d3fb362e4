package org.edgeplex.lab.node;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Optional;

/// The socket of an FRR daemon that `vtysh` talks to.
///
/// A command is text and a zero byte; the answer is text, three zero bytes and a status. Asking
/// here costs a millisecond where a fork of vtysh costs fifty, and the lab asks often.
public final class VtySocket {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int ANSWER_BYTES_MAX = 16 << 20;

    private final Path path;

    VtySocket(Path path) {
        this.path = path;
    }

    /// The answer; empty while the daemon is not there.
    Optional<String> ask(String command) {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            exchange(channel, "enable");
            return Optional.of(exchange(channel, command));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /// The answer to a `show ... json`; a missing node while the daemon has none.
    public JsonNode askJson(String command) {
        try {
            return JSON.readTree(ask(command).orElse(""));
        } catch (JsonProcessingException e) {
            return JSON.missingNode();
        }
    }

    private static String exchange(SocketChannel channel, String command) throws IOException {
        channel.write(ByteBuffer.wrap((command + "\0").getBytes(UTF_8)));
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(64 << 10);
        while (!isComplete(answer.toByteArray())) {
            if (answer.size() > ANSWER_BYTES_MAX) {
                throw new IOException("an answer larger than " + ANSWER_BYTES_MAX + " bytes");
            }
            if (channel.read(buffer.clear()) < 0) {
                throw new IOException("the daemon closed the connection");
            }
            answer.write(buffer.array(), 0, buffer.position());
        }
        return new String(answer.toByteArray(), 0, answer.size() - 4, UTF_8);
    }

    private static boolean isComplete(byte[] answer) {
        int end = answer.length - 1;
        return end >= 3 && answer[end - 1] == 0 && answer[end - 2] == 0 && answer[end - 3] == 0;
    }
}
