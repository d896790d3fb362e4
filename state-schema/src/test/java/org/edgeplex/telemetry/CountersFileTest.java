package org.edgeplex.telemetry;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CountersFileTest {
    static final CountersLayout LAYOUT =
            new CountersLayout(
                    new CountersLayout.Block.Named(
                            "counters", List.of("value"), List.of("packets_in", "packets_out")),
                    new CountersLayout.Block.Keyed("labels", 8));

    @TempDir private Path directory = Path.of("replaced");

    private Path file() {
        return CountersFile.of(directory, "pvm-7");
    }

    private CountersFile create() {
        return CountersFile.create(file(), CountersSource.ofThisProcess(7, "red/pe1/a", 3), LAYOUT);
    }

    private CountersSnapshot read() {
        return taken(CountersReader.read(file()));
    }

    private static CountersSnapshot taken(CountersReader.Reading reading) {
        return switch (reading) {
            case CountersReader.Reading.Taken(CountersSnapshot snapshot) -> snapshot;
            case CountersReader.Reading.Refused(String why) -> throw new AssertionError(why);
        };
    }

    private void assertRefused(String why) {
        assertEquals(
                new CountersReader.Reading.Refused(file() + " " + why),
                CountersReader.read(file()));
    }

    private static void putLong(long address, long value) {
        memory(address).set(JAVA_LONG, 0, value);
    }

    @SuppressWarnings("restricted")
    private static MemorySegment memory(long address) {
        return MemorySegment.ofAddress(address).reinterpret(Long.BYTES);
    }

    @Test
    void aReaderSeesWhatIsCounted() {
        try (CountersFile file = create()) {
            assertTrue(read().isLive());
            assertEquals(List.of(0L), read().block("counters").rows().getFirst().values());

            putLong(file.area().values("counters") + Long.BYTES, 42);
            TrafficRows labels = file.area().rows("labels");
            labels.set(5, 300, 2002, TrafficRows.NONE);
            putLong(labels.recent() + 5 * 8, TrafficRows.packets(7, 700));

            CountersSnapshot now = read();
            assertEquals(CountersSource.ofThisProcess(7, "red/pe1/a", 3), now.source());
            assertEquals(
                    new CountersSnapshot.Row("packets_out", List.of(), List.of(42L)),
                    now.block("counters").rows().get(1));
            CountersSnapshot.Block block = now.block("labels");
            CountersSnapshot.Row row =
                    new CountersSnapshot.Row("", List.of(300, 2002), List.of(7L, 700L));
            assertEquals(List.of(row), block.rows());
            assertEquals(700, block.value(row, "bytes"));
            assertEquals(0, block.value(row, "of_a_later_release"));
            assertEquals(List.of(), now.block("of_a_later_release").rows());
        }
    }

    @Test
    void aRowOfSomebodyElseBeginsAtZero() {
        try (CountersFile file = create()) {
            TrafficRows labels = file.area().rows("labels");
            labels.set(0, 0, TrafficRows.NONE, TrafficRows.NONE);
            putLong(labels.recent(), TrafficRows.packets(7, 0));
            labels.set(0, 0, TrafficRows.NONE, TrafficRows.NONE);
            assertEquals(
                    List.of(new CountersSnapshot.Row("", List.of(0), List.of(7L, 0L))),
                    read().block("labels").rows());
            labels.set(0, 16, TrafficRows.NONE, TrafficRows.NONE);
            assertEquals(
                    List.of(new CountersSnapshot.Row("", List.of(16), List.of(0L, 0L))),
                    read().block("labels").rows());
            labels.clear(0);
            assertEquals(List.of(), read().block("labels").rows());
        }
    }

    @Test
    void whatHasNoRowOfItsOwnIsSeen() {
        try (CountersFile file = create()) {
            putLong(file.area().rows("labels").recent(), TrafficRows.packets(9, 0));
            assertEquals(
                    List.of(new CountersSnapshot.Row("", List.of(), List.of(9L, 0L))),
                    read().block("labels").rows());
        }
    }

    @Test
    void whatIsSettledIsCountedOnce() {
        try (CountersFile file = create()) {
            TrafficRows labels = file.area().rows("labels");
            labels.set(3, 16, TrafficRows.NONE, TrafficRows.NONE);
            long most = TrafficRows.packets(1 << 23, (1L << 23) * 0xffff);
            assertTrue(most < 0);
            for (int i = 1; i <= 3; i++) {
                putLong(labels.recent() + 3 * 8, most);
                labels.settle(3);
                assertEquals(i * (1L << 23), labels.packets(3));
                assertEquals(
                        List.of(i * (1L << 23), i * (1L << 23) * 0xffff),
                        read().block("labels").rows().getFirst().values());
            }
        }
    }

    /// A row's values are what its key says, or not yet, whenever it is read: while it changes
    /// hands and while it is settled.
    @Test
    void valuesBelongToTheirKeys() throws InterruptedException {
        try (CountersFile file = create()) {
            TrafficRows labels = file.area().rows("labels");
            long word = labels.recent();
            AtomicBoolean isOver = new AtomicBoolean();
            Thread writer =
                    Thread.ofPlatform()
                            .start(() -> {
                                for (int key = 1; !isOver.get(); key++) {
                                    labels.set(0, key, TrafficRows.NONE, TrafficRows.NONE);
                                    putLong(word, TrafficRows.packets(key & 0xff, key));
                                    labels.settle(0);
                                }
                            });
            for (int i = 0; i < 2_000; i++) {
                for (CountersSnapshot.Row row : read().block("labels").rows()) {
                    int key = row.key().getFirst();
                    List<Long> all = List.of(key & 0xffL, (long) key);
                    assertTrue(
                            row.values().equals(all) || row.values().equals(List.of(0L, 0L)),
                            row.toString());
                }
            }
            isOver.set(true);
            writer.join();
        }
    }

    @Test
    void onlyOwnerAndGroupRead() throws IOException {
        try (CountersFile _ = create()) {
            assertEquals(
                    "rw-r-----",
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
        }
    }

    @Test
    void anEndedOneStaysAndSaysSo() {
        create().close();
        assertTrue(read().hasEnded());
        assertFalse(read().isLive());
    }

    @Test
    void aSuccessorTakesTheName() throws IOException {
        CountersFile predecessor = create();
        // What one that was killed while it made the file left.
        Files.writeString(directory.resolve(".pvm-7.counters.new"), "half");
        try (CountersFile successor = create()) {
            putLong(predecessor.area().values("counters"), 1);
            putLong(successor.area().values("counters"), 2);
            predecessor.close();
            assertEquals(List.of(2L), read().block("counters").rows().getFirst().values());
            assertTrue(read().isLive());
        }
        try (Stream<Path> files = Files.list(directory)) {
            assertEquals(List.of(file()), files.toList());
        }
    }

    @Test
    void oneThatWasKilledIsNotLive() {
        CountersSource ours = CountersSource.ofThisProcess(7, "red/pe1/a", 3);
        assertTrue(ours.isRunning());
        // The same number, but of another process.
        assertFalse(new CountersSource(7, "", ours.pid(), Instant.EPOCH, 3).isRunning());
        assertFalse(new CountersSource(7, "", Integer.MAX_VALUE, ours.started(), 3).isRunning());
        assertFalse(new CountersSource(7, "", -1, ours.started(), 3).isRunning());
    }

    @Test
    void whatIsNoCountersFileIsRefused() throws IOException {
        assertRefused("is not there");
        Files.createDirectory(file());
        assertRefused("is not a regular file");
        Files.delete(file());
        Files.writeString(file(), "");
        assertRefused("is cut short");
        Files.writeString(file(), "x".repeat(200));
        assertRefused("is not a counters file");
    }

    @Test
    void aFileThatIsCutShortIsRefused() throws IOException {
        try (CountersFile _ = create()) {
            long bytes = Files.size(file());
            for (long keep = bytes - CountersLayout.CACHE_LINE_BYTES; keep > 0; keep -= 32) {
                truncate(keep);
                assertRefused("is cut short");
            }
        }
    }

    private void truncate(long bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file(), StandardOpenOption.WRITE)) {
            channel.truncate(bytes);
        }
    }

    @Test
    void anotherVersionIsRefusedWithWhatToDo() throws IOException {
        create().close();
        try (FileChannel channel = FileChannel.open(file(), StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {2}), 8);
        }
        assertRefused(
                "has version 2 of the format, this program reads 1: use the programs of one"
                        + " release");
    }

    @Test
    void aDirectoryThatCannotBeIsAnError() throws IOException {
        Path plain = Files.writeString(directory.resolve("plain"), "");
        Path within = CountersFile.of(plain, "pvm-7");
        CountersSource source = CountersSource.ofThisProcess(7, "red/pe1/a", 3);
        UncheckedIOException e =
                assertThrows(
                        UncheckedIOException.class,
                        () -> CountersFile.create(within, source, LAYOUT));
        assertEquals("cannot make the counters file " + within, e.getMessage());
    }

    @Test
    void aLayoutWithOneNameTwiceIsRefused() {
        CountersLayout.Block.Keyed block = new CountersLayout.Block.Keyed("labels", 1);
        assertThrows(IllegalArgumentException.class, () -> new CountersLayout(block, block));
        List<String> twice = List.of("packets", "packets");
        assertThrows(
                IllegalArgumentException.class,
                () -> new CountersLayout.Block.Named("ports", twice, List.of("trunk")));
    }
}
