package org.edgeplex.dataplane.io.linux;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/// Runs code on the calling thread as if folders were empty; nobody else sees them so.
///
/// The thread gets a mount namespace of its own for the time, in which an empty file system lies
/// over each folder. Threads that the code starts stay in it, which does them no harm: what is
/// mounted elsewhere later arrives there too. Needs root.
public final class HiddenFolders {
    private static final String EMPTY = "tmpfs";

    private HiddenFolders() {}

    /// The result of the code, which runs without all this where the kernel does not let us.
    public static <T> T hide(List<Path> folders, Supplier<T> code) {
        if (folders.isEmpty()) {
            return code.get();
        }
        int before = Libc.open("/proc/thread-self/ns/mnt", Libc.O_CLOEXEC);
        try {
            if (!enter(folders)) {
                return code.get();
            }
            try {
                return code.get();
            } finally {
                // Root and working directory are shared with the threads that were started, and
                // who shares them may not change its namespace.
                Libc.unshare("leaving a mount namespace", Libc.CLONE_FS);
                Libc.setns("leaving a mount namespace", before, Libc.CLONE_NEWNS);
            }
        } finally {
            Libc.close(before);
        }
    }

    private static boolean enter(List<Path> folders) {
        try {
            Libc.unshare("a mount namespace", Libc.CLONE_NEWNS);
        } catch (Libc.SystemCallException e) {
            return false;
        }
        Libc.mount("", "/", "", Libc.MS_REC | Libc.MS_SLAVE);
        for (Path folder : folders) {
            Libc.mount(EMPTY, folder.toString(), EMPTY, Libc.MS_RDONLY);
        }
        return true;
    }
}
