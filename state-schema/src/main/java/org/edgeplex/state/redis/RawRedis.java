package org.edgeplex.state.redis;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.StateStore;
import org.edgeplex.state.StoreException;
import org.edgeplex.state.TableId;
import org.edgeplex.state.Write;

/// The same octets over the same kind of socket as [RedisStateStore], in a plain loop: what the
/// protocol itself costs, for comparing. One thread at a time; what was read is thrown away.
public final class RawRedis implements AutoCloseable {
    private static final byte LINE_FEED = '\n';

    private final Connection connection;
    private final Layout layout;
    private final Wire wire;
    private final RespWriter out = new RespWriter();
    private final byte[] in = new byte[1 << 20];
    private final String generation;
    private long number;
    private int start;
    private int end;

    private RawRedis(Wire wire, Connection connection, Layout layout, Session session) {
        this.wire = wire;
        this.connection = connection;
        this.layout = layout;
        this.generation = Long.toString(session.generation());
        this.number = session.lastNumber();
    }

    /// Opens a location as [org.edgeplex.state.client.Stores] has them, at its first server.
    public static RawRedis open(String location) {
        RedisOptions options = RedisOptions.parse(location);
        Layout layout =
                new Layout(
                        options.namespace(), UUID.randomUUID().toString(), options.changesKept());
        try {
            Wire wire = Wire.open(options.endpoints().getFirst(), options.tls(), 3_000);
            Connection connection = new Connection(wire);
            Session session =
                    new Handshake(options, layout, Link.SESSION_SECONDS).perform(connection);
            return new RawRedis(wire, connection, layout, session);
        } catch (IOException | GeneralSecurityException e) {
            throw new StoreException("no raw connection to " + options.name() + ": " + e, e);
        }
    }

    /// `GET`.
    public void get(TableId table, Bytes key) {
        out.clear();
        layout.get(out, table, key);
        exchange();
    }

    /// `MGET`.
    public void getAll(TableId table, List<Bytes> keys) {
        out.clear();
        layout.getAll(out, table, keys);
        exchange();
    }

    /// `EVALSHA` of the script that writes, at most 128 writes; fails unless all are done.
    ///
    /// @param versions takes what they are at then, in their order
    public void write(List<Write> writes, long[] versions) {
        if (writes.size() > Batches.WRITES_MAX) {
            throw new IllegalArgumentException("too many for one call: " + writes.size());
        }
        WriteCall call = new WriteCall(0, 0, writes, false, new CompletableFuture<>());
        out.clear();
        layout.write(
                out,
                false,
                generation,
                ++number,
                List.of(new Sent.Segment(call, 0, writes.size())),
                writes.size());
        exchange();
        takeVersions(versions);
    }

    private void takeVersions(long[] versions) {
        int from = 0;
        while (in[from] != LINE_FEED) {
            from++;
        }
        // Looked at before the next answer takes its place.
        Bytes answer = Bytes.wrap(in, from + 1, Math.max(0, start - 2 - from - 1));
        if (!Outcomes.areIn(answer, versions.length)) {
            throw new StoreException("not the answer to %d writes".formatted(versions.length));
        }
        Outcomes outcomes = new Outcomes(answer);
        for (int i = 0; i < versions.length; i++) {
            if (outcomes.kind(i) != Outcomes.WRITTEN) {
                throw new StoreException("a write was refused: " + outcomes.kind(i));
            }
            versions[i] = outcomes.number(i);
        }
    }

    private void exchange() {
        try {
            wire.write(out.buffer(), out.size());
            start = 0;
            end = 0;
            skip();
        } catch (IOException e) {
            throw new StoreException("the raw connection failed: " + e.getMessage(), e);
        }
    }

    /// Reads past one reply: strings, arrays, nulls and errors.
    private void skip() throws IOException {
        int line = start;
        int at = line;
        while (true) {
            while (at == end) {
                fill(1);
            }
            if (in[at] == LINE_FEED) {
                break;
            }
            at++;
        }
        start = at + 1;
        switch (in[line]) {
            case '$' -> {
                int length = count(line + 1, at - 1);
                if (length >= 0) {
                    int behind = start + length + 2;
                    while (end < behind) {
                        fill(behind - end);
                    }
                    start = behind;
                }
            }
            case '*' -> {
                int items = count(line + 1, at - 1);
                for (int i = 0; i < items; i++) {
                    skip();
                }
            }
            case '-' ->
                    throw new StoreException(
                            "refused: " + new String(in, line, at - line, StandardCharsets.UTF_8));
            default -> {
                // A null, or a number: a line.
            }
        }
    }

    private void fill(int wanted) throws IOException {
        if (end + wanted > in.length) {
            throw new RespException("a reply larger than " + StateStore.VALUE_BYTES_MAX);
        }
        int read = wire.read(in, end, in.length - end);
        if (read < 0) {
            throw new RespException("the server closed the connection");
        }
        end += read;
    }

    private int count(int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            if (in[i] == '-') {
                return -1;
            }
            value = 10 * value + in[i] - '0';
        }
        return value;
    }

    @Override
    public void close() {
        Connector.closeQuietly(connection);
    }
}
