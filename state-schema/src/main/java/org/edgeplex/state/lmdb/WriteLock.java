package org.edgeplex.state.lmdb;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/// The right to write, of one thread of one process of the machine: taken before LMDB's own lock,
/// which can only be waited for.
///
/// A mutex of the C library in a file that all processes map. The kernel gives it on when its
/// holder dies. A thread that holds it must go on with the same thread of the kernel, so virtual
/// threads never take it.
///
/// ```
/// write.lock:  boot (16) | file number (8) | mutex (64)
/// ```
///
/// A mutex that was held when the machine stopped, or whose file is a copy, has nobody who would
/// let it go. So the one who finds another boot or another file there makes it anew.
final class WriteLock {
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
    static final String FILE = "write.lock";
    private static final long BOOT = 0;
    private static final long FILE_NUMBER = 16;
    private static final long MUTEX = 64;
    private static final long BYTES = MUTEX + Mutex.BYTES;

    /// Among the threads of this process; it makes what one has written visible to the next.
    private final ReentrantLock ours = new ReentrantLock();

    private final MemorySegment mutex;

    /// To be called while no other process opens the store.
    WriteLock(Path directory, Arena arena) throws IOException {
        Path file = directory.resolve(FILE);
        try (FileChannel channel = LockFile.open(file)) {
            if (channel.size() < BYTES) {
                LockFile.fill(channel, (int) BYTES);
            }
            MemorySegment map = channel.map(FileChannel.MapMode.READ_WRITE, 0, BYTES, arena);
            mutex = map.asSlice(MUTEX);
            UUID boot = UUID.fromString(Files.readString(BOOT_ID).strip());
            long number = (long) Files.getAttribute(file, "unix:ino");
            if (map.get(JAVA_LONG, BOOT) != boot.getMostSignificantBits()
                    || map.get(JAVA_LONG, BOOT + 8) != boot.getLeastSignificantBits()
                    || map.get(JAVA_LONG, FILE_NUMBER) != number) {
                Mutex.make(mutex);
                map.set(JAVA_LONG, BOOT, boot.getMostSignificantBits());
                map.set(JAVA_LONG, BOOT + 8, boot.getLeastSignificantBits());
                map.set(JAVA_LONG, FILE_NUMBER, number);
            }
        }
    }

    /// Waits however long another holds it.
    void lock() {
        ours.lock();
        boolean locked = false;
        try {
            Mutex.lock(mutex);
            locked = true;
        } finally {
            if (!locked) {
                ours.unlock();
            }
        }
    }

    /// Takes it if nobody has it.
    boolean tryLock() {
        if (Thread.currentThread().isVirtual() || !ours.tryLock()) {
            return false;
        }
        boolean locked = false;
        try {
            locked = Mutex.tryLock(mutex);
            return locked;
        } finally {
            if (!locked) {
                ours.unlock();
            }
        }
    }

    void unlock() {
        Mutex.unlock(mutex);
        ours.unlock();
    }

    /// Returns whether no thread of this process holds it any more; none takes it again.
    boolean close(long timeoutNanos) throws InterruptedException {
        return ours.tryLock(timeoutNanos, TimeUnit.NANOSECONDS);
    }
}
