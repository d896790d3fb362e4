package org.edgeplex.dataplane.io.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("machine")
class HiddenFoldersTest {
    @TempDir private Path folder = Path.of("replaced");

    private static long count(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Even if the code has started a thread that stays.
    @Test
    void areEmptyForTheThreadAndTheTime() throws Exception {
        Files.createFile(folder.resolve("driver"));
        CountDownLatch end = new CountDownLatch(1);
        FutureTask<List<Long>> task =
                new FutureTask<>(() -> {
                    long hidden =
                            HiddenFolders.hide(
                                    List.of(folder),
                                    () -> {
                                        Thread.ofPlatform().start(() -> await(end));
                                        return count(folder);
                                    });
                    return List.of(hidden, count(folder));
                });
        Thread.ofPlatform().start(task);
        assertEquals(List.of(0L, 1L), task.get());
        assertEquals(1, count(folder), "for another thread");
        end.countDown();
    }

    private static void await(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
