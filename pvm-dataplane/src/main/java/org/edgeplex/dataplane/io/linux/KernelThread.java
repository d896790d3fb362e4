package org.edgeplex.dataplane.io.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A thread as the kernel shows it: proc(5), `/proc/PID/task/TID/stat`.
public final class KernelThread {
    private static final Path PROC = Path.of("/proc");
    private static final String AFTER_NAME = ") ";
    private static final char SLEEPING = 'S';

    private final Path stat;

    private KernelThread(Path stat) {
        this.stat = stat;
    }

    /// The calling one.
    public static KernelThread current() {
        Path own = PROC.resolve("thread-self");
        try {
            own = PROC.resolve(Files.readSymbolicLink(own));
        } catch (IOException _) {
            // Where the kernel does not say which it is, none is asleep.
        }
        return new KernelThread(own.resolve("stat"));
    }

    /// True if it waits for something, false also where the kernel does not say.
    public boolean isAsleep() {
        try {
            String text = Files.readString(stat);
            int state = text.lastIndexOf(AFTER_NAME) + AFTER_NAME.length();
            return text.charAt(state) == SLEEPING;
        } catch (IOException e) {
            return false;
        }
    }
}
