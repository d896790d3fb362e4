package org.edgeplex.state.dump;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// Reads a dump, and believes it only at its end.
public final class DumpReader {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final int GZIP_MAGIC = 0x1f8b;

    private final InputStream in;
    private final Consumer<DumpLine.Item> consumer;
    private final MessageDigest digest = StateHash.sha256();
    private final StateHash hash = new StateHash();
    private final SequencedMap<Integer, Long> counts = new TreeMap<>();
    private byte[] line = new byte[BUFFER_BYTES];
    private int length;
    private long number;

    private DumpReader(InputStream in, Consumer<DumpLine.Item> consumer) {
        this.in = in;
        this.consumer = consumer;
    }

    /// Reads to the end and returns the hash of what it held. Fails with [DamagedDumpException]
    /// when that is not what was written: the objects before were passed on all the same, so a
    /// first reading goes through [#check].
    static StateHash read(InputStream in, Consumer<DumpLine.Item> consumer) throws IOException {
        try {
            return new DumpReader(unpacked(in), consumer).read();
        } catch (EOFException | ZipException e) {
            throw new DamagedDumpException("cut short or damaged: " + e.getMessage(), e);
        }
    }

    /// Reads all of it for its correctness alone.
    public static StateHash check(InputStream in) throws IOException {
        return read(in, _ -> {});
    }

    private static InputStream unpacked(InputStream in) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(in, BUFFER_BYTES);
        buffered.mark(2);
        int magic = buffered.read() << 8 | buffered.read();
        buffered.reset();
        return magic == GZIP_MAGIC
                ? new BufferedInputStream(new GZIPInputStream(buffered, BUFFER_BYTES), BUFFER_BYTES)
                : buffered;
    }

    private StateHash read() throws IOException {
        if (!(next() instanceof DumpLine.Head)) {
            throw at("not a dump of the state");
        }
        digest.update(line, 0, length);
        while (true) {
            switch (next()) {
                case DumpLine.Head _ -> throw at("begins again");
                case DumpLine.Item item -> {
                    digest.update(line, 0, length);
                    hash.add(item.table(), item.key(), item.value());
                    counts.merge(item.table().number(), 1L, Long::sum);
                    consumer.accept(item);
                }
                case DumpLine.End end -> {
                    compare(end);
                    return hash;
                }
            }
        }
    }

    private void compare(DumpLine.End end) throws IOException {
        if (!end.sha256().equals(HexFormat.of().formatHex(digest.digest()))
                || !end.hash().equals(hash.toString())
                || end.records() != hash.count()
                || !end.tables().equals(counts)) {
            throw at("the lines before are not those that were written");
        }
        if (in.read() >= 0) {
            throw at("goes on behind its end");
        }
    }

    private DumpLine next() throws IOException {
        number++;
        readLine();
        try {
            return DumpLine.decode(line, length);
        } catch (DamagedDumpException e) {
            throw new DamagedDumpException("line " + number + ": " + e.getMessage(), e);
        }
    }

    /// With its line end.
    private void readLine() throws IOException {
        length = 0;
        int octet;
        do {
            octet = in.read();
            if (octet < 0) {
                throw at(length == 0 ? "cut short: the end is missing" : "cut short");
            }
            if (length == DumpLine.BYTES_MAX) {
                throw at("longer than any line of a dump");
            }
            if (length == line.length) {
                line = Arrays.copyOf(line, 2 * length);
            }
            line[length++] = (byte) octet;
        } while (octet != '\n');
    }

    private DamagedDumpException at(String what) {
        return new DamagedDumpException("line " + number + ": " + what);
    }
}
