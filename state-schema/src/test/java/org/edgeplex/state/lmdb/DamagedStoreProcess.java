package org.edgeplex.state.lmdb;

import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionException;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.ChangeCursor;
import org.edgeplex.state.Expect;
import org.edgeplex.state.Incarnation;
import org.edgeplex.state.ScanPage;
import org.edgeplex.state.StoreException;
import org.edgeplex.state.TableId;
import org.edgeplex.state.Write;

/// A process of its own that damages copies of a store, one after the other, and uses each as
/// programs do. It says on its standard output what became of them.
final class DamagedStoreProcess {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final int PAGE_BYTES = 4_096;

    private DamagedStoreProcess() {}

    /// What happens to files, by the kind of the accident.
    private enum Damage {
        BIT {
            @Override
            void to(FileChannel file, long pages, SplittableRandom random) throws Exception {
                flip(file, random.nextLong(pages * PAGE_BYTES), random);
            }
        },
        HEADER {
            @Override
            void to(FileChannel file, long pages, SplittableRandom random) throws Exception {
                long offset = random.nextLong(pages) * PAGE_BYTES + random.nextInt(40);
                write(file, offset, octets(random, 1 + random.nextInt(4)));
            }
        },
        META {
            @Override
            void to(FileChannel file, long pages, SplittableRandom random) throws Exception {
                long offset = random.nextLong(2) * PAGE_BYTES + random.nextInt(Meta.BYTES);
                if (random.nextBoolean()) {
                    flip(file, offset, random);
                } else {
                    write(file, offset, octets(random, 8));
                }
            }
        },
        SECTOR {
            @Override
            void to(FileChannel file, long pages, SplittableRandom random) throws Exception {
                write(file, random.nextLong(pages * 8) * 512, octets(random, 512));
            }
        },
        PAGE {
            @Override
            void to(FileChannel file, long pages, SplittableRandom random) throws Exception {
                write(file, random.nextLong(pages) * PAGE_BYTES, octets(random, PAGE_BYTES));
            }
        },
        ZEROS {
            @Override
            void to(FileChannel file, long pages, SplittableRandom random) throws Exception {
                write(file, random.nextLong(pages) * PAGE_BYTES, new byte[PAGE_BYTES]);
            }
        },
        /// A write that went to the wrong place.
        MISPLACED {
            @Override
            void to(FileChannel file, long pages, SplittableRandom random) throws Exception {
                ByteBuffer page = ByteBuffer.allocate(PAGE_BYTES);
                file.read(page, random.nextLong(pages) * PAGE_BYTES);
                write(file, random.nextLong(pages) * PAGE_BYTES, page.array());
            }
        },
        CUT {
            @Override
            void to(FileChannel file, long pages, SplittableRandom random) throws Exception {
                file.truncate(random.nextLong(pages * PAGE_BYTES));
            }
        };

        abstract void to(FileChannel file, long pages, SplittableRandom random) throws Exception;

        private static void flip(FileChannel file, long offset, SplittableRandom random)
                throws Exception {
            ByteBuffer octet = ByteBuffer.allocate(1);
            file.read(octet, offset);
            write(file, offset, new byte[] {(byte) (octet.get(0) ^ 1 << random.nextInt(8))});
        }

        private static void write(FileChannel file, long offset, byte[] octets) throws Exception {
            file.write(ByteBuffer.wrap(octets), offset);
        }

        private static byte[] octets(SplittableRandom random, int count) {
            byte[] octets = new byte[count];
            random.nextBytes(octets);
            return octets;
        }
    }

    /// Arguments: the store, a directory for the copies, the pages in use, the first seed, and how
    /// many.
    public static void main(String[] arguments) throws Exception {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Path store = Path.of(arguments[0]);
        Path work = Path.of(arguments[1]);
        long pages = Long.parseLong(arguments[2]);
        long first = Long.parseLong(arguments[3]);
        for (long seed = first; seed < first + Long.parseLong(arguments[4]); seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Damage damage = Damage.values()[random.nextInt(Damage.values().length)];
            out.print(seed + " " + damage + " ");
            Path copy = Files.createDirectories(work.resolve("store"));
            Path file = copy.resolve("data.mdb");
            Files.copy(store.resolve("data.mdb"), file, StandardCopyOption.REPLACE_EXISTING);
            try (FileChannel channel =
                    FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                damage.to(channel, pages, random);
            }
            out.println(use(copy));
        }
    }

    private static String use(Path copy) {
        LmdbStateStore store;
        try {
            store = LmdbStateStore.open(copy);
        } catch (StoreException e) {
            return "refused: " + e.getMessage();
        }
        try (store) {
            useAll(store);
            return "used";
        } catch (StoreException e) {
            return "told: " + e.getMessage();
        } catch (CompletionException e) {
            return (e.getCause() instanceof StoreException ? "told: " : "FAILED ") + e.getCause();
        } catch (RuntimeException e) {
            return "FAILED " + e;
        }
    }

    /// Reads all, replaces all, removes all.
    private static void useAll(LmdbStateStore store) {
        ChangeCursor cursor = store.changes();
        for (TableId table : store.tables(TIMEOUT).join()) {
            Bytes resume = Bytes.EMPTY;
            do {
                ScanPage page = store.scan(table, Bytes.EMPTY, resume, 100, TIMEOUT).join();
                List<Bytes> keys = page.entries().stream().map(ScanPage.Entry::key).toList();
                store.getAll(table, keys, TIMEOUT).join();
                for (Bytes key : keys) {
                    write(store, put(table, key, 2_500));
                    write(store, put(table, key, 30));
                }
                for (Bytes key : keys) {
                    write(store, remove(table, key));
                }
                cursor.poll(1_000);
                resume = page.resume();
            } while (!resume.isEmpty());
        }
    }

    private static void write(LmdbStateStore store, Write write) {
        store.write(List.of(write), TIMEOUT).join();
    }

    private static Write put(TableId table, Bytes key, int bytes) {
        return new Write.Put(
                table, key, Bytes.wrap(new byte[bytes]), Expect.ANY, Incarnation.UNFENCED);
    }

    private static Write remove(TableId table, Bytes key) {
        return new Write.Remove(table, key, Expect.ANY, Incarnation.UNFENCED);
    }
}
