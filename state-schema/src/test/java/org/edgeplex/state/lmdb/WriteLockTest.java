package org.edgeplex.state.lmdb;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two locks on one file are as two processes.
class WriteLockTest {
    private final Arena arena = Arena.ofShared();
    private final CountDownLatch end = new CountDownLatch(1);
    @TempDir Path directory;

    @AfterEach
    void unmap() {
        arena.close();
    }

    /// Somebody who never lets it go while the test runs.
    private Thread heldBySomebody() throws Exception {
        WriteLock lock = new WriteLock(directory, arena);
        CompletableFuture<Boolean> taken = new CompletableFuture<>();
        Thread holder =
                Thread.ofPlatform()
                        .start(() -> {
                            taken.complete(lock.tryLock());
                            await(end);
                        });
        assertTrue(taken.get());
        return holder;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void onlyOneHasItUntilHeDies() throws Exception {
        WriteLock lock = new WriteLock(directory, arena);
        Thread holder = heldBySomebody();
        assertFalse(lock.tryLock());
        end.countDown();
        holder.join();
        // Java's thread is over a moment before the kernel's.
        lock.lock();
        lock.unlock();
    }

    @Test
    void isFreeAfterAnotherBoot() throws Exception {
        Thread holder = heldBySomebody();
        try (FileChannel channel =
                FileChannel.open(directory.resolve("write.lock"), StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(Long.BYTES), 0);
        }
        isFreeIn(directory);
        end.countDown();
        holder.join();
    }

    @Test
    void isFreeInACopy() throws Exception {
        Thread holder = heldBySomebody();
        Path copy = Files.createDirectory(directory.resolve("copy"));
        Files.copy(directory.resolve("write.lock"), copy.resolve("write.lock"));
        isFreeIn(copy);
        end.countDown();
        holder.join();
    }

    private void isFreeIn(Path place) throws IOException {
        WriteLock lock = new WriteLock(place, arena);
        assertTrue(lock.tryLock());
        lock.unlock();
    }

    @Test
    void isNotForVirtualThreads() throws Exception {
        WriteLock lock = new WriteLock(directory, arena);
        CompletableFuture<Boolean> taken = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> taken.complete(lock.tryLock())).join();
        assertFalse(taken.get());
    }
}
