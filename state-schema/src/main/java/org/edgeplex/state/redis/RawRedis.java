package org.edgeplex.state.redis;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.Lookup;
import org.edgeplex.state.StoreException;
import org.edgeplex.state.TableId;
import org.edgeplex.state.Write;

/// The same octets over the same kind of socket as [RedisStateStore], in a plain loop: what the
/// protocol itself costs, for comparing. A caller has from it what he has from the store: objects
/// of his own, each with its version. One thread at a time; it knows no failures and no deadlines.
public final class RawRedis implements AutoCloseable {
    private static final byte LINE_FEED = '\n';

    private final Connection connection;
    private final Layout layout;
    private final Wire wire;
    private final RespWriter out = new RespWriter();
    private final byte[] in = new byte[1 << 20];
    private final ByteBuffer numbers = ByteBuffer.wrap(in);
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
    public Lookup get(TableId table, Bytes key) {
        out.clear();
        layout.get(out, table, key);
        send();
        return lookup();
    }

    /// `MGET`.
    public Lookup[] getAll(TableId table, List<Bytes> keys) {
        out.clear();
        layout.getAll(out, table, keys);
        send();
        if (head() != keys.size()) {
            throw new StoreException("not an answer to each key");
        }
        Lookup[] lookups = new Lookup[keys.size()];
        for (int i = 0; i < lookups.length; i++) {
            lookups[i] = lookup();
        }
        return lookups;
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
        send();
        int length = head();
        takeVersions(Bytes.wrap(in, string(length), length), versions);
    }

    private static void takeVersions(Bytes answer, long[] versions) {
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

    /// A value of its own: what was read makes room for the next answer.
    private Lookup lookup() {
        int length = head();
        if (length < 0) {
            return Lookup.ABSENT;
        }
        int from = string(length);
        byte[] value = Arrays.copyOfRange(in, from + Long.BYTES, from + length);
        return new Lookup.Found(Bytes.wrap(value), numbers.getLong(from));
    }

    private void send() {
        try {
            wire.write(out.buffer(), out.size());
            start = 0;
            end = 0;
        } catch (IOException e) {
            throw new StoreException("the raw connection failed: " + e.getMessage(), e);
        }
    }

    /// Where the octets of a string of this length lie until the next request is sent.
    private int string(int length) {
        int from = start;
        start += length + 2;
        fillTo(start);
        return from;
    }

    /// Reads a line; the length or the number that it says, -1 for a null.
    private int head() {
        int line = start;
        int at = line;
        fillTo(at + 1);
        while (in[at] != LINE_FEED) {
            at++;
            fillTo(at + 1);
        }
        start = at + 1;
        return switch (in[line]) {
            case '$', '*' -> count(line + 1, at - 1);
            case '_' -> -1;
            default ->
                    throw new StoreException(
                            "refused: " + new String(in, line, at - line, StandardCharsets.UTF_8));
        };
    }

    private void fillTo(int wanted) {
        if (wanted > in.length) {
            throw new StoreException("an answer larger than " + in.length);
        }
        try {
            while (end < wanted) {
                int read = wire.read(in, end, in.length - end);
                if (read < 0) {
                    throw new RespException("the server closed the connection");
                }
                end += read;
            }
        } catch (IOException e) {
            throw new StoreException("the raw connection failed: " + e.getMessage(), e);
        }
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
