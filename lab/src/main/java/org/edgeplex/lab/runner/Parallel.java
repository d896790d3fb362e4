package org.edgeplex.lab.runner;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.edgeplex.lab.machine.CommandFailedException;

/// The same work for several things at once, one virtual thread each.
public final class Parallel {
    private Parallel() {}

    /// Returns when all are done; the first failure, if any, is thrown then.
    public static <T> void forEach(Collection<T> things, Consumer<T> work) {
        List<Future<?>> running = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            things.forEach(thing -> running.add(threads.submit(() -> work.accept(thing))));
        }
        running.forEach(Parallel::join);
    }

    private static void join(Future<?> done) {
        try {
            done.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException("interrupted");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
