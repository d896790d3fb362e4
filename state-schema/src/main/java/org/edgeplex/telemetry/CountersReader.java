package org.edgeplex.telemetry;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/// Reads counters files: live ones, those of the dead, and whatever else has their name.
///
/// With reads, not through a mapping: a file that is cut short under a mapping ends the process
/// that touches it. The kernel copies aligned 64-bit words whole.
public final class CountersReader {
    /// So often a block is read again in which keys change meanwhile; such rows are left out then.
    private static final int ATTEMPTS = 3;

    private CountersReader() {}

    /// What became of reading a file.
    public sealed interface Reading {
        record Taken(CountersSnapshot snapshot) implements Reading {}

        /// There are no counters to be had from it.
        ///
        /// @param why a sentence, with the file's name
        record Refused(String why) implements Reading {}
    }

    public static Reading read(Path file) {
        // A pipe of that name would hold us up.
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return new Reading.Refused(
                    file + (Files.exists(file) ? " is not a regular file" : " is not there"));
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return new Reading.Taken(snapshot(channel));
        } catch (CountersFormatException e) {
            return new Reading.Refused(file + " " + e.getMessage());
        } catch (NoSuchFileException _) {
            return new Reading.Refused(file + " is not there");
        } catch (AccessDeniedException _) {
            return new Reading.Refused(file + " may not be read by this user");
        } catch (EOFException _) {
            return new Reading.Refused(file + " is cut short");
        } catch (IOException e) {
            return new Reading.Refused(file + " cannot be read: " + e.getMessage());
        }
    }

    private static CountersSnapshot snapshot(FileChannel channel)
            throws IOException, CountersFormatException {
        FileHeader header = FileHeader.decode(bytes(channel, 0, FileHeader.BYTES));
        ByteBuffer description = bytes(channel, FileHeader.BYTES, header.descriptionBytes());
        String text = StandardCharsets.UTF_8.decode(description).toString();
        List<CountersSnapshot.Block> blocks = new ArrayList<>();
        Description parsed = Description.parse(text, header.fileBytes());
        for (CountersLayout.Place place : parsed.places()) {
            List<CountersSnapshot.Row> rows =
                    switch (place.block()) {
                        case CountersLayout.Block.Named named -> named(channel, place, named);
                        case CountersLayout.Block.Keyed _ -> keyed(channel, place);
                    };
            blocks.add(
                    new CountersSnapshot.Block(
                            place.block().name(), place.block().columns(), rows));
        }
        CountersSource source = header.source();
        return new CountersSnapshot(
                new CountersSource(
                        source.subject(),
                        parsed.name(),
                        source.pid(),
                        source.started(),
                        source.incarnation()),
                header.state() == FileHeader.State.ENDED,
                blocks);
    }

    private static List<CountersSnapshot.Row> named(
            FileChannel channel, CountersLayout.Place place, CountersLayout.Block.Named block)
            throws IOException {
        ByteBuffer values = bytes(channel, place.valuesOffset(), place.valuesBytes());
        List<CountersSnapshot.Row> rows = new ArrayList<>();
        for (int row = 0; row < block.rowCount(); row++) {
            rows.add(
                    new CountersSnapshot.Row(
                            block.rows().get(row), List.of(), values(values, place, row)));
        }
        return rows;
    }

    private static List<CountersSnapshot.Row> keyed(FileChannel channel, CountersLayout.Place place)
            throws IOException {
        List<CountersSnapshot.Row> rows = new ArrayList<>();
        boolean isSteady = false;
        for (int attempt = 0; attempt < ATTEMPTS && !isSteady; attempt++) {
            ByteBuffer before = bytes(channel, place.keysOffset(), place.keysBytes());
            ByteBuffer recent = bytes(channel, place.recentOffset(), place.recentBytes());
            ByteBuffer values = bytes(channel, place.valuesOffset(), place.valuesBytes());
            ByteBuffer after = bytes(channel, place.keysOffset(), place.keysBytes());
            rows.clear();
            isSteady = true;
            for (int row = 0; row < place.block().rowCount(); row++) {
                int at = row * CountersLayout.KEY_BYTES;
                int sequence = before.getInt(at);
                if ((sequence & 1) != 0 || after.getInt(at) != sequence) {
                    isSteady = false;
                    continue;
                }
                List<Integer> key = key(before, at);
                List<Long> found = traffic(values, recent.getLong(row * Long.BYTES), row);
                // What has a value without a key is for everything that has no row of its own.
                if (!key.isEmpty() || found.stream().anyMatch(value -> value != 0)) {
                    rows.add(new CountersSnapshot.Row("", key, found));
                }
            }
        }
        return rows;
    }

    private static List<Integer> key(ByteBuffer keys, int at) {
        List<Integer> key = new ArrayList<>();
        for (int word = at + 4; word < at + CountersLayout.KEY_BYTES; word += Integer.BYTES) {
            if (keys.getInt(word) != 0) {
                key.add(keys.getInt(word) - 1);
            }
        }
        return key;
    }

    private static List<Long> values(ByteBuffer values, CountersLayout.Place place, int row) {
        List<Long> list = new ArrayList<>();
        int from = Math.toIntExact(row * place.rowBytes());
        for (int at = from; at < from + place.rowBytes(); at += Long.BYTES) {
            list.add(values.getLong(at));
        }
        return list;
    }

    private static List<Long> traffic(ByteBuffer totals, long word, int row) {
        int at = row * TrafficRows.ROW_BYTES;
        return List.of(
                totals.getLong(at) + TrafficRows.packets(word),
                totals.getLong(at + Long.BYTES) + TrafficRows.bytes(word));
    }

    /// @throws EOFException if the file ends before
    private static ByteBuffer bytes(FileChannel channel, long offset, long count)
            throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(count));
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, offset + bytes.position()) < 0) {
                throw new EOFException();
            }
        }
        return bytes.flip().order(ByteOrder.LITTLE_ENDIAN);
    }
}
